"""Rows: moments keep their meaning, children go with their parents, errors do not repeat what was said."""

from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError, StatementError

from assistant.conversations.models import Conversation, Message
from assistant.database.session import Database
from tests.database.records import LATER, NOW, conversation, message


async def test_rows_stay_readable_after_the_commit(database: Database) -> None:
    row = Conversation(**conversation("a"))
    async with database.writing() as session:
        session.add(row)
    assert (row.town, row.state) == ("musterstadt", "bot")


async def test_a_moment_comes_back_aware_and_in_utc(stored: Database) -> None:
    async with stored.reading() as session:
        moment = await session.scalar(select(Conversation.delete_after))
    assert moment is not None
    assert moment.isoformat() == LATER.isoformat()


async def test_a_moment_in_another_time_zone_is_compared_as_the_same_moment(stored: Database) -> None:
    berlin = LATER.astimezone(ZoneInfo("Europe/Berlin"))
    async with stored.reading() as session:
        assert await session.scalar(select(Conversation.id).where(Conversation.delete_after == berlin)) == "a"


async def test_a_naive_moment_is_refused(database: Database) -> None:
    row = Conversation(**(conversation("a") | {"created_at": NOW.replace(tzinfo=None)}))
    with pytest.raises(StatementError, match="naive"):
        async with database.writing() as session:
            session.add(row)


async def test_deleting_a_conversation_deletes_its_messages(stored: Database) -> None:
    async with stored.writing() as session:
        session.add(Message(**message(1)))
    async with stored.writing() as session:
        await session.delete(await session.get_one(Conversation, "a"))
    async with stored.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Message)) == 0


async def test_an_error_repeats_nothing_of_the_row(stored: Database) -> None:
    with pytest.raises(DBAPIError) as failure:
        async with stored.writing() as session:
            session.add_all([Message(**message(sequence, provider_id="+49 30 115")) for sequence in (1, 2)])
    assert "115" not in f"{failure.value} {failure.value!r} {failure.value.orig} {failure.value.orig!r}"
