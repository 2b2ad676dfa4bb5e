"""A stranger's first questions, end to end through the door that every channel uses."""

from tests.hotlines import Citizen, types_of


async def test_a_fee_comes_from_the_record_with_source_and_date(citizen: Citizen) -> None:
    (answer,) = await citizen.say("Was kostet ein Personalausweis?")
    assert answer["custom"]["service"] == "personalausweis"
    assert answer["custom"]["section"] == "fees"
    assert "46 Euro" in answer["text"]
    assert "27,60 Euro" in answer["text"]
    assert "Quelle:" in answer["text"]


async def test_the_first_message_says_that_it_is_a_machine(citizen: Citizen) -> None:
    first, second = await citizen.say("Hallo"), await citizen.say("Was kostet ein Reisepass?")
    assert "automatische Assistent" in first[0]["text"]
    assert "automatische Assistent" not in second[0]["text"]


async def test_a_follow_up_leans_on_the_last_service(citizen: Citizen) -> None:
    (answer,) = await citizen.chat("Was kostet ein Führungszeugnis?", "und wie lange dauert das?")
    assert (answer["custom"]["service"], answer["custom"]["section"]) == ("fuehrungszeugnis", "duration")


async def test_a_question_outside_the_town_hall_is_declined_with_a_way_on(citizen: Citizen) -> None:
    (answer,) = await citizen.say("Wie wird morgen das Wetter?")
    assert answer["custom"]["type"] == "refusal"
    assert answer["buttons"]


async def test_a_call_back_is_taken_and_stored(citizen: Citizen) -> None:
    answers = await citizen.chat(
        "Bitte rufen Sie mich zurück", "Anna Müller", "0341 1234567", "vormittags", "Es geht um meinen Bauantrag"
    )
    assert answers[-1]["custom"]["asks"] == "confirmed"
    filed = await citizen.say("ja")
    assert filed[0]["custom"]["type"] == "handover"
    assert filed[0]["custom"]["state"] == "callback"
    assert filed[0]["custom"]["number"]


async def test_two_wishes_get_two_messages(citizen: Citizen) -> None:
    answers = await citizen.say("Was kostet ein Reisepass und wann habt ihr am Samstag offen?")
    assert types_of(answers) == ["answer", "answer"]
    assert answers[0]["custom"]["service"] == "reisepass"
    assert answers[1]["custom"]["section"] == "hours"


async def test_the_last_answer_is_repeated_with_its_buttons(citizen: Citizen) -> None:
    (answer,) = await citizen.chat("Hallo", "Was kostet ein Reisepass?")
    (again,) = await citizen.say("nochmal bitte")
    assert again["text"] == answer["text"]
    assert [button["title"] for button in again["buttons"]] == [button["title"] for button in answer["buttons"]]


async def test_a_typed_button_title_does_what_the_button_does(citizen: Citizen) -> None:
    (answer,) = await citizen.chat("Was kostet ein Reisepass?", "Unterlagen")
    assert (answer["custom"]["service"], answer["custom"]["section"]) == ("reisepass", "documents")


async def test_what_was_offered_is_chosen_by_place_by_name_or_not_at_all(citizen: Citizen) -> None:
    (asked,) = await citizen.say("Ausweis beantragen")
    assert asked["custom"]["type"] == "candidates"
    (answer,) = await citizen.say("der zweite")
    assert answer["custom"]["service"] == asked["custom"]["services"][1]


async def test_none_of_what_was_offered_is_a_refusal_with_a_way_on(citizen: Citizen) -> None:
    (declined,) = await citizen.chat("Ausweis beantragen", "keins davon")
    assert declined["custom"]["type"] == "refusal"
    assert declined["buttons"]


async def test_an_offer_is_closed_after_two_turns(citizen: Citizen) -> None:
    (answer,) = await citizen.chat("Ausweis beantragen", "Hallo", "Danke", "Hallo", "das erste")
    assert answer["custom"].get("service") is None


async def test_the_third_miss_in_a_row_offers_a_person(citizen: Citizen) -> None:
    (answer,) = await citizen.chat("Wie wird das Wetter?", "asdf jklö qwrtz", "Wie koche ich Nudeln?")
    assert answer["custom"]["reason"] == "person_offered"
    opened = await citizen.say("ja")
    assert opened[-1]["custom"]["asks"] == "callback_name"


async def test_the_language_switches_with_the_question(citizen: Citizen) -> None:
    (answer,) = await citizen.say("How much does a new passport cost for an adult?")
    assert answer["custom"]["language"] == "en"
    assert "euros" in answer["text"]


async def test_another_language_gets_the_german_answer_in_an_english_frame(citizen: Citizen) -> None:
    (answer,) = await citizen.say("Сколько стоит загранпаспорт для взрослого?")
    assert answer["custom"]["service"] == "reisepass"
    assert "Here is the German answer" in answer["text"]


async def test_plain_german_is_given_on_request_with_every_number(citizen: Citizen) -> None:
    answers = await citizen.chat("Was kostet ein Personalausweis?", "Bitte in einfachen Worten")
    assert answers[-1]["custom"]["plain"] is True
    assert "46 Euro" in answers[-1]["text"]


async def test_three_wishes_in_one_message_lean_on_the_service_named_first(citizen: Citizen) -> None:
    answers = await citizen.say("Was kostet ein Perso, wie lange dauert das und wo muss ich hin?")
    assert [answer["custom"]["section"] for answer in answers] == ["fees", "duration", "where"]
    assert {answer["custom"]["service"] for answer in answers} == {"personalausweis"}


async def test_needing_an_appointment_is_a_wish_when_said_and_a_question_when_asked(citizen: Citizen) -> None:
    (asked,) = await citizen.chat("Was kostet ein Reisepass?", "Brauche ich einen Termin?")
    assert (asked["custom"]["service"], asked["custom"]["section"]) == ("reisepass", "procedure")
    wish = await citizen.say("ich brauch nen termin")
    assert types_of(wish)[0] == "booking"
