"""Life events: what a birth, a death or a move brings with it."""

import pytest

from knowledge_base.event_records import EVENTS, read_events
from knowledge_base.load import SHARED_SERVICES
from tests.hotlines import Citizen

TOLD = {
    "Wir kriegen ein Kind": ("child", "Glückwunsch"),
    "Mein Mann ist gestorben": ("death", "Beileid"),
    "Ich ziehe nach Brandis": ("moving-in", "Willkommen"),
    "Ich mache mich selbständig": ("business", "Erfolg"),
    "We are having a baby soon, what do we have to do?": ("child", "Congratulations"),
}


@pytest.mark.parametrize("text", TOLD)
async def test_a_life_event_is_answered_with_its_steps(citizen: Citizen, text: str) -> None:
    (answer,) = await citizen.say(text)
    event, opening = TOLD[text]
    assert answer["custom"]["event"] == event
    assert opening in answer["text"]
    assert len(answer["buttons"]) == len(answer["custom"]["steps"])


async def test_a_step_is_a_button_and_a_number(citizen: Citizen) -> None:
    (answer,) = await citizen.say("Wir kriegen ein Kind")
    second = answer["custom"]["steps"][1]
    (by_number,) = await citizen.say("2")
    assert by_number["custom"]["service"] == second
    (by_button,) = await citizen.say(answer["buttons"][1]["payload"])
    assert by_button["custom"]["service"] == second


async def test_a_single_question_about_an_event_gets_its_answer(citizen: Citizen) -> None:
    (answer,) = await citizen.say("Was kostet eine Geburtsurkunde?")
    assert answer["custom"]["service"] == "geburtsurkunde"
    assert "event" not in answer["custom"]


def test_every_step_of_every_event_is_a_service() -> None:
    faults: list[object] = []
    events = read_events(faults, EVENTS, {path.stem for path in SHARED_SERVICES.glob("*.yml")})  # type: ignore[arg-type]
    assert faults == []
    assert len(events) >= 10


async def test_a_life_event_is_answered_inside_the_form_and_the_form_goes_on(citizen: Citizen) -> None:
    await citizen.chat("Bitte rufen Sie mich zurück", "Anna Müller")
    answers = await citizen.say("Wir kriegen ein Kind")
    assert answers[0]["custom"]["event"] == "child"
    assert answers[-1]["custom"]["asks"] == "callback_phone"
