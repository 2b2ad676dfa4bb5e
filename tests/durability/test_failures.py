"""Whatever fails ends in a sentence and a way to a person, leaves nothing half-written, and the next message works."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from actions.session import RepeatAnswer
from assistant.callbacks.models import Callback
from assistant.callbacks.service import store_callback
from assistant.conversations.models import Choice
from assistant.dialogue.event_log import TrackerEvent
from assistant.hotline import Hotline
from tests.durability.stored import TO_THE_CARD, rows, transcript
from tests.hotlines import Citizen, Message, TestClock


def fail_after_storing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the action that stores a call-back fail when the row is written, with a citizen's words in the exception."""

    async def store_and_fail(*arguments: Any) -> None:
        await store_callback(*arguments)
        raise RuntimeError("no room for Anna Müller, 0341 1234567")

    monkeypatch.setattr("actions.callbacks.store_callback", store_and_fail)


@asynccontextmanager
async def failing(hotline: Hotline, *statements: str) -> AsyncIterator[list[str]]:
    """Let the database refuse statements that begin so; yields those that were refused."""
    refused: list[str] = []

    def refuse(_c: object, _u: object, statement: str, parameters: Any, *_: object) -> None:
        if statement.startswith(statements):
            refused.append(statement)
            raise OperationalError(statement, parameters, Exception("the database is gone"))

    engine = hotline.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", refuse)
    try:
        yield refused
    finally:
        event.remove(engine, "before_cursor_execute", refuse)


def assert_apologises(answer: list[Message]) -> None:
    (apology,) = answer
    assert apology["custom"] == {"type": "refusal", "reason": "failure"}
    assert [button["title"] for button in apology["buttons"]] == ["Rückruf"]


async def test_a_failing_action_is_answered_with_an_apology(any_hotline: Hotline, monkeypatch: pytest.MonkeyPatch) -> None:
    citizen = Citizen(any_hotline.reception)
    await citizen.chat(*TO_THE_CARD)
    fail_after_storing(monkeypatch)
    assert_apologises(await citizen.say("ja"))


async def test_a_failing_action_leaves_nothing_and_the_next_message_works(
    any_hotline: Hotline, monkeypatch: pytest.MonkeyPatch
) -> None:
    citizen = Citizen(any_hotline.reception)
    await citizen.chat(*TO_THE_CARD)
    with monkeypatch.context() as broken:
        fail_after_storing(broken)
        (apology,) = await citizen.say("ja")
    assert await rows(any_hotline.database, Callback) == []
    (answer,) = await citizen.say("Was kostet ein Reisepass?")
    assert answer["custom"]["service"] == "reisepass"
    wanted = await citizen.say(apology["buttons"][0]["payload"])
    assert wanted[0]["custom"]["type"] == "handover"


@pytest.mark.parametrize("statement", ["INSERT INTO tracker_events", "SELECT tracker_events", "INSERT INTO callbacks"])
async def test_a_database_that_fails_during_the_turn_is_answered_with_an_apology(any_hotline: Hotline, statement: str) -> None:
    citizen = Citizen(any_hotline.reception)
    await citizen.chat(*TO_THE_CARD)
    async with failing(any_hotline, statement) as refused:
        answer = await citizen.say("ja")
    assert refused
    assert_apologises(answer)
    assert await rows(any_hotline.database, Callback) == []


async def test_after_a_failed_turn_the_dialogue_stands_where_it_stood_before(any_hotline: Hotline) -> None:
    citizen = Citizen(any_hotline.reception)
    await citizen.say("Bitte rufen Sie mich zurück")
    events = await rows(any_hotline.database, TrackerEvent)
    async with failing(any_hotline, "INSERT INTO tracker_events"):
        assert_apologises(await citizen.say("Anna Müller"))
    assert len(await rows(any_hotline.database, TrackerEvent)) == len(events)
    (*_, asks_phone) = await citizen.say("Berta Schulz")
    assert asks_phone["custom"]["asks"] == "callback_phone"
    slots = [event.event for event in await rows(any_hotline.database, TrackerEvent) if event.event["event"] == "slot"]
    assert [slot["value"] for slot in slots if slot["name"] == "callback_name"][-1] == "Berta Schulz"


async def test_a_yes_to_the_apology_leads_to_a_person(any_hotline: Hotline) -> None:
    citizen = Citizen(any_hotline.reception)
    async with failing(any_hotline, "INSERT INTO tracker_events"):
        assert_apologises(await citizen.say("Was kostet ein Reisepass?"))
    answers = await citizen.say("ja")
    assert answers[-1]["custom"]["asks"] == "callback_name"


async def test_a_database_that_cannot_even_store_the_apology_is_apologised_for(any_hotline: Hotline, clock: TestClock) -> None:
    citizen = Citizen(any_hotline.reception)
    async with failing(any_hotline, "INSERT INTO tracker_events", "UPDATE messages"):
        (apology,) = await citizen.say("Was kostet ein Reisepass?", "the-question")
    assert apology["custom"]["reason"] == "failure"

    clock.advance(seconds=10)
    assert await any_hotline.reception.answer_unhandled() == 1
    (answer,) = await citizen.say("Was kostet ein Reisepass?", "the-question")
    assert answer["custom"]["service"] == "reisepass"


async def test_an_error_after_the_commit_does_not_add_an_apology_to_the_answer(
    hotline: Hotline, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    citizen = Citizen(hotline.reception)
    monkeypatch.setattr("assistant.conversations.metrics.TURN_SECONDS.observe", fail)
    (answer,) = await citizen.say("Was kostet ein Reisepass?")
    assert answer["custom"]["service"] == "reisepass"
    assert [message.direction for message in await transcript(hotline.database)] == ["in", "out"]


async def test_a_turn_that_says_nothing_is_answered_with_an_apology(hotline: Hotline, monkeypatch: pytest.MonkeyPatch) -> None:
    async def say_nothing(*_: object) -> list[Any]:
        return []

    citizen = Citizen(hotline.reception)
    await citizen.say("Was kostet ein Reisepass?")
    monkeypatch.setattr(RepeatAnswer, "act", say_nothing)
    assert_apologises(await citizen.say("Bitte wiederholen"))


async def test_a_message_that_cannot_be_stored_is_not_acknowledged(any_hotline: Hotline) -> None:
    async with failing(any_hotline, "INSERT INTO messages"):
        with pytest.raises(OperationalError):
            await Citizen(any_hotline.reception).say("Was kostet ein Reisepass?")
    assert await transcript(any_hotline.database) == []
    assert await rows(any_hotline.database, Choice) == []


async def test_an_emergency_gets_its_number_even_when_the_turn_fails(
    citizen: Citizen, hotline: Hotline, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the recogniser is broken")

    monkeypatch.setattr(hotline.dialogue, "emergency_in", fail)
    answers = await citizen.say("Hilfe, es brennt in der Küche!")
    assert [answer["custom"]["type"] for answer in answers] == ["emergency", "refusal"]
    assert "112" in answers[0]["text"]


async def test_an_emergency_gets_its_number_although_nothing_can_be_stored(any_hotline: Hotline) -> None:
    citizen = Citizen(any_hotline.reception)
    async with failing(any_hotline, "INSERT INTO", "SELECT") as refused:
        (card,) = await citizen.say("Hilfe, es brennt bei uns im Keller!")
        with pytest.raises(OperationalError):
            await citizen.say("Was kostet ein Reisepass?")
    assert refused
    assert card["custom"]["number"] == "112"
