"""Every step of the call-back form x all that people do meanwhile: the form goes on with the same slots and asks once."""

import pytest
from sqlalchemy import select

from assistant.callbacks.models import Callback
from assistant.hotline import Hotline
from tests.hotlines import Citizen, Message, types_of

ANSWERS = ["Anna Müller", "0341 1234567", "vormittags", "Es geht um meinen Bauantrag"]
STEPS = ["callback_name", "callback_phone", "callback_window", "callback_topic", "confirmed"]
INTERRUPTIONS = {
    "question": ("Was kostet ein Reisepass?", ["answer"]),
    "two questions": ("Was kostet ein Reisepass? Und wann hat das Bürgerbüro am Dienstag offen?", ["answer", "answer"]),
    "second wish": ("In der Gartenstraße liegt ein Haufen alter Reifen am Straßenrand", ["report"]),
    "person": ("Ich möchte mit einem Menschen sprechen", ["handover"]),
    "emergency": ("Hilfe, es brennt bei uns im Keller!", ["emergency"]),
    "language switch": ("English please", ["info"]),
    "nonsense": ("asdf jklö qwrtz", ["refusal"]),
    "silence": ("   ", ["refusal"]),
    "old button": ("#ABCDEFGHIJ", ["info"]),
    "plain": ("Bitte in einfachen Worten", ["info"]),
    "help": ("Was kannst du eigentlich alles?", ["smalltalk"]),
}
TOPIC_IS_FREE = {"second wish"}
"""A statement is a fine topic, so it answers the question there."""


async def open_form_at(citizen: Citizen, step: str) -> list[Message]:
    """Bring the form to the step at which it asks for a slot."""
    answers = await citizen.say("Bitte rufen Sie mich zurück")
    for answer in ANSWERS[: STEPS.index(step)]:
        answers = await citizen.say(answer)
    assert answers[-1]["custom"]["asks"] == step
    return answers


async def finish(citizen: Citizen, step: str) -> list[Message]:
    """Answer what is left and confirm."""
    for answer in ANSWERS[STEPS.index(step) :]:
        await citizen.say(answer)
    return await citizen.say("ja, stimmt")


async def stored(hotline: Hotline) -> tuple[str, str, str, str]:
    """Return the one call-back that was stored."""
    async with hotline.database.reading() as session:
        kept = (await session.scalars(select(Callback))).one()
    return kept.name, kept.phone, kept.time_window, kept.topic


async def test_a_button_from_before_the_form_still_answers(citizen: Citizen) -> None:
    (answer,) = await citizen.say("Was kostet ein Reisepass?")
    await open_form_at(citizen, "callback_phone")
    answers = await citizen.say(answer["buttons"][0]["payload"])
    assert answers[0]["custom"]["service"] == "reisepass"
    assert answers[-1]["custom"]["asks"] == "callback_phone"


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("name", INTERRUPTIONS)
async def test_an_interruption_is_answered_and_the_form_asks_the_same_once(
    hotline: Hotline, citizen: Citizen, step: str, name: str
) -> None:
    await open_form_at(citizen, step)
    text, kinds = INTERRUPTIONS[name]
    answers = await citizen.say(text)
    if name in TOPIC_IS_FREE and step == "callback_topic":
        assert answers[-1]["custom"]["asks"] == "confirmed"
        return
    said = [message for message in answers if "asks" not in message["custom"]]
    questions = [message["custom"]["asks"] for message in answers if "asks" in message["custom"]]
    assert types_of(said) == kinds
    assert questions == [step]
    filed = await finish(citizen, step)
    assert filed[0]["custom"]["state"] == "callback"
    assert await stored(hotline) == ("Anna Müller", "+493411234567", "vormittags", "Es geht um meinen Bauantrag")


@pytest.mark.parametrize("step", STEPS)
async def test_abort_leaves_the_form_at_every_step(citizen: Citizen, step: str) -> None:
    await open_form_at(citizen, step)
    (answer,) = await citizen.say("abbrechen")
    assert (answer["custom"]["type"], answer["custom"]["state"]) == ("handover", "closed")
    (after,) = await citizen.say("Was kostet ein Reisepass?")
    assert after["custom"]["service"] == "reisepass"


@pytest.mark.parametrize("step", STEPS[2:])
async def test_a_correction_changes_that_slot_only(citizen: Citizen, step: str) -> None:
    await open_form_at(citizen, step)
    answers = await citizen.say("Nein, die Nummer ist 0341 7654321")
    assert answers[-1]["custom"]["asks"] == step
    answers = await citizen.chat(*ANSWERS[STEPS.index(step) :]) if step != "confirmed" else answers
    card = answers[-1]["text"]
    assert "0341 7654321" in card
    assert "Anna Müller" in card
    assert "1234567" not in card


async def test_a_bare_no_on_the_card_asks_what_to_change(citizen: Citizen) -> None:
    await open_form_at(citizen, "confirmed")
    (answer,) = await citizen.say("nein")
    assert "ändern" in answer["text"]
    (card,) = await citizen.say("Der Name ist Anna Meier")
    assert "Anna Meier" in card["text"]


async def test_a_wish_on_the_agenda_comes_after_the_form_with_the_same_contact(citizen: Citizen) -> None:
    await open_form_at(citizen, "callback_window")
    noted = await citizen.say("In der Gartenstraße liegt ein Haufen alter Reifen am Straßenrand")
    assert "danach" in noted[0]["text"]
    await citizen.chat("vormittags", "Es geht um meinen Bauantrag")
    answers = await citizen.say("ja")
    assert answers[0]["custom"]["state"] == "callback"
    card = answers[-1]
    assert card["custom"]["asks"] == "confirmed"
    assert "Reifen" in card["text"]
    assert "Anna Müller" in card["text"]


async def test_abort_goes_on_with_the_agenda_too(citizen: Citizen) -> None:
    await open_form_at(citizen, "callback_window")
    await citizen.say("In der Gartenstraße liegt ein Haufen alter Reifen am Straßenrand")
    answers = await citizen.say("abbrechen")
    assert answers[0]["custom"]["state"] == "closed"
    assert answers[-1]["custom"]["asks"] == "callback_name"


@pytest.mark.parametrize("step", STEPS)
async def test_a_restarted_server_goes_on_where_the_form_was(hotline: Hotline, citizen: Citizen, step: str) -> None:
    await open_form_at(citizen, step)
    for conversation in list(hotline.dialogue._store._live):
        hotline.dialogue.forget(conversation)
    filed = await finish(citizen, step)
    assert filed[0]["custom"]["state"] == "callback"


async def test_one_sentence_fills_what_it_says(citizen: Citizen) -> None:
    answers = await citizen.say("Bitte rufen Sie mich zurück, mein Name ist Jonas Weber, 0172 1234567, am besten nachmittags")
    assert answers[-1]["custom"]["asks"] == "callback_topic"


async def test_an_impossible_number_is_asked_again(citizen: Citizen) -> None:
    await open_form_at(citizen, "callback_phone")
    answers = await citizen.say("12 34")
    assert answers[-1]["custom"]["asks"] == "callback_phone"
    assert "Vorwahl" in answers[0]["text"]


async def test_the_number_is_read_back(citizen: Citizen) -> None:
    await open_form_at(citizen, "callback_phone")
    answers = await citizen.say("null drei vier eins eins zwei drei vier fünf sechs sieben")
    assert "0341 1234567" in answers[0]["text"]


async def test_the_same_conversation_twice_gives_the_same_words(hotline: Hotline) -> None:
    script = ["Bitte rufen Sie mich zurück", "Anna Müller", "Was kostet ein Reisepass?", "0341 1234567", "egal", "abbrechen"]
    runs = []
    for _ in range(2):
        citizen = Citizen(hotline.reception)
        runs.append([[message.get("text") for message in await citizen.say(text)] for text in script])
    assert runs[0] == runs[1]
