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
