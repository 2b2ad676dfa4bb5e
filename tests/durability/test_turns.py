"""One turn at a time per conversation: whatever comes at once is answered once, in order, with nothing lost."""

import asyncio
from collections import Counter
from itertools import groupby
from typing import Any

import pytest
from sqlalchemy import event

from actions.session import ChangeLanguage
from assistant.callbacks.models import Callback
from assistant.conversations.models import Conversation
from assistant.database.session import Database
from assistant.dialogue.event_log import TrackerEvent
from assistant.hotline import Hotline
from tests.durability.stored import TO_THE_CARD, Copies, in_both, rows, transcript
from tests.hotlines import Citizen, Message, TestClock, types_of

QUESTIONS = [f"Was kostet ein {thing}?" for thing in ("Personalausweis", "Reisepass", "Führungszeugnis")] * 10


async def assert_nothing_lost(database: Database, answers: list[list[Message]]) -> None:
    """Every message is answered once and in one piece, and both records of the conversation are without gaps."""
    said = await transcript(database)
    inbound = [message.id for message in said if message.direction == "in"]
    replies = [message.reply_to for message in said if message.direction == "out"]
    assert [message.sequence for message in said] == list(range(1, len(said) + 1))
    assert all(message.handled_at for message in said)
    assert len(inbound) == len(answers)
    assert len(replies) == sum(map(len, answers))
    assert sorted(key or 0 for key, _ in groupby(replies)) == inbound

    events = await rows(database, TrackerEvent, TrackerEvent.session, TrackerEvent.position)
    lengths = Counter(row.session for row in events)
    assert [(row.session, row.position) for row in events] == [
        (session, position) for session in sorted(lengths) for position in range(lengths[session])
    ]
    assert sorted(int(row.event["message_id"]) for row in events if row.event["event"] == "user") == inbound


async def test_thirty_messages_at_once_are_answered_in_order_and_none_is_lost(any_hotline: Hotline) -> None:
    citizen = Citizen(any_hotline.reception)
    answers = await asyncio.gather(*(citizen.say(question) for question in QUESTIONS))
    assert [types_of(answer) for answer in answers] == [["answer"]] * 30
    await assert_nothing_lost(any_hotline.database, answers)
    replies = [message.reply_to or 0 for message in await transcript(any_hotline.database) if message.direction == "out"]
    assert replies == sorted(replies)


async def test_thirty_messages_at_once_to_two_copies_are_all_answered_and_none_is_lost(copies: Copies) -> None:
    citizens = in_both(copies) * 15
    answers = await asyncio.gather(*(citizen.say(text) for citizen, text in zip(citizens, QUESTIONS, strict=True)))
    assert [types_of(answer) for answer in answers] == [["answer"]] * 30
    await assert_nothing_lost(copies[0].database, answers)
    assert len(await rows(copies[0].database, Conversation)) == 1


async def test_two_copies_write_one_dialogue_turn_by_turn(copies: Copies) -> None:
    first, second = in_both(copies)
    await first.say("Bitte rufen Sie mich zurück")
    (*_, asks_phone) = await second.say("Anna Müller")
    (*_, asks_window) = await first.say("0341 1234567")
    (*_, asks_topic) = await second.say("am Vormittag")
    (*_, card) = await first.say("Mein Bauantrag für die Garage")
    (*_, filed) = await second.say("ja")
    asked = [message["custom"]["asks"] for message in (asks_phone, asks_window, asks_topic, card)]
    assert asked == ["callback_phone", "callback_window", "callback_topic", "confirmed"]
    assert filed["custom"]["state"] == "callback"
    (callback,) = await rows(copies[0].database, Callback)
    assert (callback.name, callback.phone) == ("Anna Müller", "+493411234567")


async def test_a_copy_goes_on_in_the_language_that_was_chosen_at_the_other(copies: Copies) -> None:
    first, second = in_both(copies)
    await first.say("Was kostet ein Personalausweis?")
    await second.say("English please")
    (answer,) = await first.say("Reisepass?")
    assert answer["custom"]["language"] == "en"


async def test_a_message_stored_at_one_copy_does_not_block_the_turn_at_the_other(
    copies: Copies, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both write the conversation's row: the one when it was last active, the other its new language."""
    first, second = in_both(copies)
    await first.say("Was kostet ein Personalausweis?")
    acting, stored = asyncio.Event(), asyncio.Event()
    change_language = ChangeLanguage.act

    async def change_slowly(*arguments: Any) -> Any:
        acting.set()
        await stored.wait()
        return await change_language(*arguments)

    def note_lock(_c: object, _u: object, statement: str, *_: object) -> None:
        if "pg_advisory" in statement:
            stored.set()

    monkeypatch.setattr(ChangeLanguage, "act", change_slowly)
    event.listen(copies[1].database.engine.sync_engine, "before_cursor_execute", note_lock)
    changing = asyncio.create_task(first.say("English please"))
    await acting.wait()
    clock.advance(seconds=1)
    (answer,) = await second.say("Reisepass?")
    assert types_of(await changing)[0] == "info"
    assert answer["custom"]["language"] == "en"


async def test_the_same_message_twice_at_once_is_answered_once(any_hotline: Hotline) -> None:
    citizen = Citizen(any_hotline.reception)
    await citizen.chat(*TO_THE_CARD)
    first, second = await asyncio.gather(citizen.say("ja", "the-yes"), citizen.say("ja", "the-yes"))
    assert first == second
    assert len(await rows(any_hotline.database, Callback)) == 1
    assert [message.text for message in await transcript(any_hotline.database) if message.direction == "in"] == [
        *TO_THE_CARD,
        "ja",
    ]


async def test_the_same_first_message_at_two_copies_at_once_is_answered_once(copies: Copies) -> None:
    answers = await asyncio.gather(*(citizen.say(TO_THE_CARD[0], "the-wish") for citizen in in_both(copies)))
    assert answers[0] == answers[1]
    assert [message.direction for message in await transcript(copies[0].database)] == ["in", "out", "out"]


async def test_a_turn_that_is_cut_off_leaves_nothing_and_is_made_up_for(
    any_hotline: Hotline, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client that hangs up cancels the task of its request."""
    citizen = Citizen(any_hotline.reception)
    await citizen.chat(*TO_THE_CARD)
    acting = asyncio.Event()

    async def never_end(*_: object) -> None:
        acting.set()
        await asyncio.Event().wait()

    with monkeypatch.context() as slow:
        slow.setattr("actions.callbacks.store_callback", never_end)
        hanging = asyncio.create_task(citizen.say("ja", "the-yes"))
        await acting.wait()
        hanging.cancel()
        await asyncio.gather(hanging, return_exceptions=True)
    assert await rows(any_hotline.database, Callback) == []

    clock.advance(seconds=10)
    assert await any_hotline.reception.answer_unhandled() == 1
    assert len(await rows(any_hotline.database, Callback)) == 1
    (*_, filed) = await citizen.say("ja", "the-yes")
    assert filed["custom"]["state"] == "callback"
