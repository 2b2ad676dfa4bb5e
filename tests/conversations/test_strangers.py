"""Conversations that went wrong once; each is a line here so that it does not go wrong again."""

from sqlalchemy import select

from assistant.callbacks.models import Callback
from assistant.dialogue.wishes import clauses_of
from assistant.hotline import Hotline
from tests.conversations.test_form_matrix import finish, open_form_at
from tests.hotlines import Citizen, types_of


async def stored_callback(hotline: Hotline) -> Callback:
    async with hotline.database.reading() as session:
        return (await session.scalars(select(Callback))).one()


async def test_a_topic_of_several_sentences_is_kept_whole(citizen: Citizen, hotline: Hotline) -> None:
    await open_form_at(citizen, "callback_topic")
    await citizen.say("Mein Nachbar hat eine Mauer gebaut. Die Mauer steht auf meinem Grundstück. Bitte schicken Sie jemanden.")
    await citizen.say("ja, stimmt")
    topic = (await stored_callback(hotline)).topic
    assert "Nachbar" in topic
    assert "Grundstück" in topic


async def test_a_day_and_a_time_stay_together(citizen: Citizen, hotline: Hotline) -> None:
    await open_form_at(citizen, "callback_window")
    await citizen.say("Rufen Sie mich am 24.12. um 10 Uhr an")
    await finish(citizen, "callback_topic")
    window = (await stored_callback(hotline)).time_window
    assert "24.12." in window
    assert "10 Uhr" in window


def test_a_date_and_an_abbreviation_end_no_sentence() -> None:
    assert clauses_of("Ich komme am 24.12. um 10 Uhr zu Frau Dr. Meier") == ["Ich komme am 24.12. um 10 Uhr zu Frau Dr. Meier"]


async def test_the_issues_questions_about_hours_are_questions_about_hours(citizen: Citizen) -> None:
    for question in ("hat das Bürgerbüro jetzt offen?", "wann habt ihr am Samstag auf?", "ist am Buß- und Bettag zu?"):
        answers = await citizen.say(question)
        assert types_of(answers) == ["answer"], question
        assert answers[0]["custom"]["section"] == "hours", question


async def test_two_offices_are_two_answers(citizen: Citizen) -> None:
    answers = await citizen.say("Wann hat das Standesamt offen und wann hat das Bürgerbüro offen?")
    assert [answer["custom"]["office"] for answer in answers] == ["standesamt", "buergerbuero"]


async def test_an_emergency_beside_a_question_gets_its_card(citizen: Citizen) -> None:
    for text in ("mein Mann atmet nicht und was kostet ein Reisepass", "es brennt. wann hat das Bürgerbüro offen?"):
        assert types_of(await citizen.say(text))[0] == "emergency", text


async def test_an_emergency_at_the_end_of_many_questions_gets_its_card(citizen: Citizen) -> None:
    questions = "Was kostet ein Pass? Wie lange dauert das? Wo muss ich hin? Brauche ich einen Termin? "
    assert types_of(await citizen.say(questions + "Hier brennt die Küche."))[0] == "emergency"


async def test_a_time_or_a_name_in_a_form_is_no_emergency(citizen: Citizen, hotline: Hotline) -> None:
    await open_form_at(citizen, "callback_name")
    for answer in ("Petra Brenner", "0341 1234567", "um 10"):
        await citizen.say(answer)
    await citizen.say("Es geht um den Rauchmelder in der Kita")
    await citizen.say("ja, stimmt")
    assert (await stored_callback(hotline)).name == "Petra Brenner"


async def test_the_card_speaks_the_language_of_the_cry(citizen: Citizen) -> None:
    await citizen.say("Was kostet ein Reisepass?")
    (card,) = await citizen.say("help my house is on fire, please come quickly")
    assert "call 112" in card["text"].lower() or "dial 112" in card["text"].lower()


async def test_an_answer_that_leans_names_its_service(citizen: Citizen) -> None:
    await citizen.say("Was kostet ein Reisepass?")
    (answer,) = await citizen.say("und wie lange dauert das?")
    assert "Reisepass" in answer["text"]


async def test_the_state_of_the_call_back_just_asked_for_is_told_without_its_number(citizen: Citizen) -> None:
    await open_form_at(citizen, "callback_name")
    await finish(citizen, "callback_name")
    (answer,) = await citizen.say("Was ist aus meinem Rückruf geworden?")
    assert answer["custom"]["number"]


async def test_a_question_mark_alone_is_no_question(citizen: Citizen) -> None:
    await citizen.say("Was kostet ein Reisepass?")
    (answer,) = await citizen.say("????")
    assert answer["custom"]["type"] == "refusal"


async def test_markup_that_does_something_is_declined(citizen: Citizen) -> None:
    (answer,) = await citizen.say("<script>alert(1)</script>Was kostet ein Pass?")
    assert answer["custom"]["type"] == "refusal"
