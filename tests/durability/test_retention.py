"""Everything personal disappears when its time is over, and not before; from memory too."""

import gc
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.background import BackgroundWork
from assistant.callbacks.models import Callback
from assistant.conversations.models import Choice, Conversation, Message
from assistant.conversations.reception import Reception
from assistant.database.session import Database
from assistant.dialogue.event_log import TrackerEvent
from assistant.hotline import Hotline
from tests.durability.stored import TO_THE_CARD, Copies, in_both, rows, transcript
from tests.hotlines import Citizen, TestClock

PERSONAL = (Conversation, Message, TrackerEvent, Choice, Callback)


def with_settings(hotline: Hotline, clock: TestClock, **changed: Any) -> Hotline:
    """The same copy with other settings."""
    settings = replace(hotline.settings, **changed)
    reception = Reception(hotline.database, hotline.dialogue, hotline.towns, settings, clock)
    return replace(hotline, settings=settings, reception=reception)


async def counts(database: Database, models: Sequence[type[Any]] = PERSONAL) -> dict[str, int]:
    """How many rows each table has."""
    return {model.__tablename__: len(await rows(database, model)) for model in models}


async def delete_what_is_over(hotline: Hotline, clock: TestClock) -> None:
    """One round of the background work."""
    await BackgroundWork(hotline).run_once(clock.now)


def trackers_in_memory(conversation_id: str) -> int:
    """How many trackers of the conversation this process holds, wherever."""
    gc.collect()
    found = [thing for thing in gc.get_objects() if isinstance(thing, DialogueStateTracker)]
    return sum(tracker.sender_id == conversation_id for tracker in found)


async def test_a_conversation_and_all_that_hangs_on_it_disappear_after_their_period_and_not_before(
    any_hotline: Hotline, clock: TestClock
) -> None:
    await Citizen(any_hotline.reception).chat(*TO_THE_CARD, "ja")
    stored = await counts(any_hotline.database)
    assert 0 not in stored.values()

    clock.advance(days=30, seconds=-1)
    await delete_what_is_over(any_hotline, clock)
    assert await counts(any_hotline.database) == stored

    clock.advance(seconds=1)
    await delete_what_is_over(any_hotline, clock)
    assert set((await counts(any_hotline.database)).values()) == {0}


async def test_a_conversation_that_goes_on_lives_on_without_its_oldest_messages(any_hotline: Hotline, clock: TestClock) -> None:
    citizen = Citizen(any_hotline.reception)
    await citizen.say("Was kostet ein Personalausweis?")
    (conversation,) = await rows(any_hotline.database, Conversation)
    clock.advance(days=20)
    await citizen.say("Was kostet ein Reisepass?")

    clock.advance(days=10)
    await delete_what_is_over(any_hotline, clock)
    assert (await transcript(any_hotline.database))[0].text == "Was kostet ein Reisepass?"
    (answer,) = await citizen.say("Was kostet ein Führungszeugnis?")
    assert answer["custom"]["service"] == "fuehrungszeugnis"
    assert [row.id for row in await rows(any_hotline.database, Conversation)] == [conversation.id]

    clock.advance(days=30)
    await delete_what_is_over(any_hotline, clock)
    assert set((await counts(any_hotline.database)).values()) == {0}


async def test_a_dialogue_goes_on_at_another_copy_when_the_time_of_its_first_words_is_over(
    copies: Copies, clock: TestClock
) -> None:
    """An open form keeps a dialogue session alive for longer than its first events may be kept."""
    first, second = in_both(copies)
    await first.say("Bitte rufen Sie mich zurück")
    clock.advance(days=29, hours=23, minutes=30)
    await first.say("Anna Müller")
    clock.advance(minutes=30)
    await delete_what_is_over(copies[0], clock)
    kept = await rows(copies[0].database, TrackerEvent, TrackerEvent.position)
    assert kept[0].position > 0

    (answer, *_) = await second.say("Was kostet ein Reisepass?")
    assert answer["custom"]["service"] == "reisepass"
    stored = await rows(copies[0].database, TrackerEvent, TrackerEvent.position)
    assert [row.session for row in stored] == [0] * len(stored)
    assert [row.position for row in stored] == list(range(kept[0].position, kept[0].position + len(stored)))


async def test_all_that_a_message_leads_to_is_deleted_with_it_however_late_it_is_answered(
    any_hotline: Hotline, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def die(*_: object) -> list[Any]:
        return []

    with monkeypatch.context() as dying:
        dying.setattr(any_hotline.reception, "answer", die)
        await Citizen(any_hotline.reception).say("Was kostet ein Personalausweis?")
    over = clock.now + timedelta(days=30)
    clock.advance(hours=1)
    assert await any_hotline.reception.answer_unhandled() == 1

    models: tuple[type[Any], ...] = (Conversation, Message, TrackerEvent, Choice)
    moments = {row.delete_after for model in models for row in await rows(any_hotline.database, model)}
    assert moments == {over}
    assert 0 not in (await counts(any_hotline.database, models)).values()


async def test_a_call_back_outlives_its_conversation_when_the_town_says_so(any_hotline: Hotline, clock: TestClock) -> None:
    hotline = with_settings(any_hotline, clock, callback_days=60)
    await Citizen(hotline.reception).chat(*TO_THE_CARD, "ja")
    (before,) = await rows(hotline.database, Callback)

    clock.advance(days=59, hours=23)
    await delete_what_is_over(hotline, clock)
    (after,) = await rows(hotline.database, Callback)
    assert (after.number, after.phone) == (before.number, before.phone)
    assert (before.conversation_id is None, after.conversation_id is None) == (False, True)
    assert await rows(hotline.database, Conversation) == []

    clock.advance(hours=1)
    await delete_what_is_over(hotline, clock)
    assert await rows(hotline.database, Callback) == []


async def test_a_call_back_disappears_before_its_conversation_when_the_town_says_so(
    any_hotline: Hotline, clock: TestClock
) -> None:
    hotline = with_settings(any_hotline, clock, callback_days=10)
    await Citizen(hotline.reception).chat(*TO_THE_CARD, "ja")
    clock.advance(days=10)
    await delete_what_is_over(hotline, clock)
    assert await rows(hotline.database, Callback) == []
    assert len(await rows(hotline.database, Conversation)) == 1


async def test_a_citizen_who_returns_after_the_deletion_is_a_stranger(any_hotline: Hotline, clock: TestClock) -> None:
    citizen = Citizen(any_hotline.reception)
    await citizen.chat("Bitte rufen Sie mich zurück", "Anna Müller")
    clock.advance(days=30)
    await delete_what_is_over(any_hotline, clock)
    (answer,) = await citizen.say("Was kostet ein Reisepass?")
    assert "automatische Assistent" in answer["text"]
    assert answer["custom"]["service"] == "reisepass"


async def test_what_is_deleted_is_in_the_memory_of_no_copy(copies: Copies, clock: TestClock) -> None:
    for citizen in in_both(copies):
        await citizen.say("Bitte rufen Sie mich zurück")
    (conversation,) = await rows(copies[0].database, Conversation)
    assert trackers_in_memory(conversation.id) >= 2

    clock.advance(days=30)
    rounds = [await BackgroundWork(copy).run_once(clock.now) for copy in copies]
    assert rounds == [True, False]
    assert trackers_in_memory(conversation.id) == 0


async def test_a_dialogue_that_is_under_way_stays_in_memory(any_hotline: Hotline, clock: TestClock) -> None:
    await Citizen(any_hotline.reception).say("Bitte rufen Sie mich zurück")
    (conversation,) = await rows(any_hotline.database, Conversation)
    clock.advance(minutes=any_hotline.settings.dialogue_idle_minutes)
    await delete_what_is_over(any_hotline, clock)
    assert trackers_in_memory(conversation.id) >= 1
