"""The tracker store: it only appends, hands out the current session, carries a named list, and hides no failure."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, cast

import pytest
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from assistant.conversations.models import Conversation
from assistant.database.session import Database
from assistant.dialogue import tracker_store
from assistant.dialogue.event_log import TrackerEvent
from assistant.dialogue.tracker_store import SqlTrackerStore
from assistant.dialogue.turn import Turn, current_turn, handling
from tests.database.records import conversation
from tests.hotlines import Prepared, TestClock

IDLE = timedelta(minutes=60)
MOST_TURNS = 3
FORM_ANSWERS = {
    "callback_name": "Anna",
    "callback_phone": "+493411234567",
    "callback_window": "vormittags",
    "callback_topic": "Baum",
}


@pytest.fixture(scope="module")
def domain() -> Domain:
    """Our domain."""
    return Domain.load("domain")


class Talk:
    """One conversation as one copy of the hotline leads it."""

    def __init__(self, database: Database, domain: Domain, clock: TestClock, conversation_id: str = "a") -> None:
        self.database, self.clock, self.conversation_id = database, clock, conversation_id
        self.store = SqlTrackerStore(domain, MOST_TURNS, IDLE)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[DialogueStateTracker]:
        """One turn: the tracker that Rasa is handed; saved and committed at the end."""
        async with self.database.writing() as session:
            nothing = cast(Any, None)
            until = self.clock.now + timedelta(days=30)
            now = self.clock.now
            with handling(Turn(self.conversation_id, nothing, "rest", now, until, session, nothing, nothing, nothing)):
                tracker = await self.store.get_or_create_tracker(self.conversation_id, append_action_listen=False)
                yield tracker
                await self.store.save(tracker)

    async def say(self, *events: Event) -> list[Event]:
        """Add an utterance and what follows from it; return all events that Rasa was handed before."""
        async with self.turn() as tracker:
            handed = list(tracker.events)
            for event in (UserUttered("Guten Tag"), *events, ActionExecuted("action_listen")):
                tracker.update(event)
        return handed

    async def slots(self) -> dict[str, Any]:
        """Slots that the next turn begins with, those with a value of their own."""
        async with self.turn() as tracker:
            return {name: slot.value for name, slot in tracker.slots.items() if slot.value != slot.initial_value}

    async def rows(self) -> list[TrackerEvent]:
        """What the database holds of the conversation."""
        async with self.database.reading() as session:
            of_ours = select(TrackerEvent).where(TrackerEvent.conversation_id == self.conversation_id)
            return list(await session.scalars(of_ours.order_by(TrackerEvent.id)))


async def cut_off(talk: Talk, event: Event, *, saved: bool) -> None:
    """A turn that ends in the middle, as when its task is cancelled."""
    async with talk.turn() as tracker:
        tracker.update(event)
        if saved:
            await talk.store.save(tracker)
        raise KeyboardInterrupt


@pytest.fixture
async def talk(database: Database, domain: Domain, clock: TestClock) -> Talk:
    """A conversation that nobody has said anything in."""
    async with database.writing() as session:
        session.add(Conversation(**conversation("a")))
    return Talk(database, domain, clock)


@pytest.fixture
def other_copy(talk: Talk, database: Database, domain: Domain, clock: TestClock) -> Talk:
    """The same conversation at another copy of the hotline."""
    return Talk(database, domain, clock)


async def test_events_are_appended_and_never_changed_or_removed(talk: Talk) -> None:
    statements: list[str] = []

    def note(_c: object, _u: object, statement: str, *_: object) -> None:
        statements.append(statement.split("tracker_events")[0])

    sqlalchemy_event.listen(talk.database.engine.sync_engine, "before_cursor_execute", note)
    for number in range(2 * MOST_TURNS):
        await talk.say(SlotSet("misses", number))
    assert [statement for statement in statements if statement.startswith(("UPDATE", "DELETE"))] == []
    assert sum(statement == "INSERT INTO " for statement in statements) == 2 * MOST_TURNS
    rows = await talk.rows()
    assert [row.position for row in rows if row.session == 0] == list(range(3 * MOST_TURNS))
    assert [row.event["value"] for row in rows if row.event["event"] == "slot" and row.event["name"] == "misses"][-1] == 5


async def test_what_is_read_back_is_what_was_written(talk: Talk, other_copy: Talk) -> None:
    await talk.say(BotUttered("Guten Tag", {"custom": {"type": "smalltalk"}}), SlotSet("last_service", {"slug": "reisepass"}))
    async with talk.turn() as tracker:
        written = list(tracker.events)
    async with other_copy.turn() as read:
        assert list(read.events) == written
        assert read.get_slot("last_service") == {"slug": "reisepass"}


async def test_a_copy_sees_what_another_has_added_meanwhile(talk: Talk, other_copy: Talk) -> None:
    await talk.say(SlotSet("language", "en"))
    assert await other_copy.slots() == {"language": "en"}
    await other_copy.say(SlotSet("plain", True))
    assert await talk.slots() == {"language": "en", "plain": True}


async def test_the_cap_of_turns_starts_a_session_and_rasa_is_handed_that_one_only(talk: Talk) -> None:
    handed = [len(await talk.say()) for _ in range(2 * MOST_TURNS + 1)]
    assert handed == [0, 2, 4, 3, 5, 7, 3]
    assert [row.session for row in await talk.rows() if row.event["event"] == "user"] == [0, 0, 0, 1, 1, 1, 2]


async def test_a_session_begins_as_rasa_expects_it(talk: Talk) -> None:
    for _ in range(MOST_TURNS):
        await talk.say(SlotSet("language", "en"))
    handed = await talk.say()
    start = [
        ActionExecuted("action_session_start"),
        SessionStarted(),
        SlotSet("language", "en"),
        ActionExecuted("action_listen"),
    ]
    assert handed == start


async def test_a_new_session_carries_the_named_slots_only(talk: Talk) -> None:
    carried = {"language": "en", "plain": True, "last_service": {"slug": "reisepass", "section": "fees"}}
    dropped = {**FORM_ANSWERS, "requested_slot": "confirmed", "confirmed": True}
    await talk.say(*(SlotSet(name, value) for name, value in (carried | dropped).items()))
    for _ in range(MOST_TURNS - 1):
        await talk.say()
    assert await talk.slots() == carried


async def test_the_last_service_is_carried_for_half_an_hour_only(talk: Talk) -> None:
    await talk.say(SlotSet("language", "en"), SlotSet("last_service", {"slug": "reisepass", "section": "fees"}))
    for _ in range(MOST_TURNS - 1):
        await talk.say()
    talk.clock.advance(minutes=30)
    assert await talk.slots() == {"language": "en"}


async def test_idle_time_ends_a_session_and_nothing_sooner(talk: Talk) -> None:
    await talk.say(*(SlotSet(name, value) for name, value in FORM_ANSWERS.items()))
    talk.clock.advance(minutes=60)
    assert await talk.slots() == FORM_ANSWERS
    talk.clock.advance(seconds=1)
    assert await talk.slots() == {}


async def test_no_session_ends_while_a_form_is_open(talk: Talk) -> None:
    await talk.say(ActiveLoop("callback_form"), SlotSet("callback_name", "Anna"))
    for _ in range(2 * MOST_TURNS):
        await talk.say()
    talk.clock.advance(days=1)
    assert await talk.slots() == {"callback_name": "Anna"}
    await talk.say(ActiveLoop(None))
    assert {row.session for row in await talk.rows()} == {0}
    assert await talk.slots() == {}


async def test_events_carry_the_time_of_the_turn(talk: Talk) -> None:
    await talk.say()
    talk.clock.advance(minutes=5)
    await talk.say()
    times = {row.event["timestamp"] for row in await talk.rows()}
    assert times == {talk.clock.now.timestamp(), (talk.clock.now - timedelta(minutes=5)).timestamp()}


async def test_events_are_deleted_with_the_message_that_caused_them(talk: Talk) -> None:
    await talk.say()
    assert {row.delete_after for row in await talk.rows()} == {talk.clock.now + timedelta(days=30)}


async def test_what_a_turn_added_but_never_saved_did_not_happen(talk: Talk) -> None:
    await talk.say()
    with pytest.raises(KeyboardInterrupt):
        await cut_off(talk, SlotSet("callback_name", "Anna"), saved=False)
    assert await talk.slots() == {}


async def test_what_a_turn_saved_but_never_committed_did_not_happen(talk: Talk) -> None:
    await talk.say()
    with pytest.raises(KeyboardInterrupt):
        await cut_off(talk, SlotSet("callback_name", "Anna"), saved=True)
    assert await talk.slots() == {}


async def test_a_conversation_without_events_is_new(talk: Talk) -> None:
    assert await talk.say() == []


@pytest.mark.parametrize("known", [False, True])
async def test_a_database_that_cannot_be_read_is_not_hidden(talk: Talk, known: bool) -> None:
    await talk.say(*([SlotSet("language", "en")] if known else []))
    async with talk.database.writing() as session:
        await session.execute(text("ALTER TABLE tracker_events RENAME TO gone"))
    with pytest.raises(SQLAlchemyError):
        await talk.say()


async def test_a_database_that_cannot_be_written_is_not_hidden(talk: Talk) -> None:
    async def lose_the_table() -> None:
        async with talk.turn() as tracker:
            tracker.update(UserUttered("Guten Tag"))
            await current_turn().session.execute(text("ALTER TABLE tracker_events RENAME TO gone"))

    await talk.say()
    with pytest.raises(SQLAlchemyError):
        await lose_the_table()
    assert len(await talk.rows()) == 2


async def test_a_bounded_number_of_trackers_is_kept_alive(
    database: Database, domain: Domain, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracker_store, "LIVE_TRACKERS", 2)
    talks = [Talk(database, domain, clock, name) for name in "abcd"]
    async with database.writing() as session:
        session.add_all(Conversation(**conversation(name)) for name in "abcd")
    for talk in talks:
        talk.store = talks[0].store
        await talk.say(SlotSet("language", "en"))
        assert await talk.slots() == {"language": "en"}
    assert list(talks[0].store._live) == ["c", "d"]


async def test_rasa_works_on_our_store_and_not_on_one_that_answers_from_memory(prepared: Prepared) -> None:
    store = prepared.dialogue._processor.tracker_store
    assert isinstance(store, SqlTrackerStore)
    assert not isinstance(store, FailSafeTrackerStore)
