"""Units of work: nothing is lost among writers, readers never wait, errors leave nothing behind."""

import asyncio

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from assistant.conversations.models import Conversation, Message
from assistant.database.session import Database
from tests.database.records import message


async def add_next_message(database: Database) -> None:
    """Reads the highest number so far, then writes the next one: a lost update would use a number twice."""
    async with database.writing() as session:
        await database.lock_conversation(session, "a")
        highest = await session.scalar(select(func.max(Message.sequence)))
        session.add(Message(**message((highest or 0) + 1)))


async def sequences(database: Database) -> list[int]:
    async with database.reading() as session:
        return list(await session.scalars(select(Message.sequence).order_by(Message.sequence)))


async def test_hundred_concurrent_increments_end_at_hundred(stored: Database) -> None:
    await asyncio.gather(*(add_next_message(stored) for _ in range(100)))
    assert await sequences(stored) == list(range(1, 101))


async def test_two_copies_of_the_hotline_lose_no_increment_either(stored: Database, database_url: str) -> None:
    other = Database.open(database_url)
    await asyncio.gather(*(add_next_message(copy) for copy in (stored, other) for _ in range(25)))
    await other.close()
    assert await sequences(stored) == list(range(1, 51))


async def test_a_row_read_for_update_loses_no_increment(stored: Database) -> None:
    async def lengthen_owner() -> None:
        async with stored.writing() as session:
            row = (await session.scalars(select(Conversation).with_for_update())).one()
            row.owner = (row.owner or "") + "x"

    await asyncio.gather(*(lengthen_owner() for _ in range(20)))
    async with stored.reading() as session:
        assert await session.scalar(select(Conversation.owner)) == "x" * 20


async def test_a_reader_does_not_wait_for_an_open_writer(stored: Database) -> None:
    async with stored.writing() as session:
        session.add(Message(**message(1)))
        await session.flush()
        async with asyncio.timeout(2):
            assert await sequences(stored) == []
    assert await sequences(stored) == [1]


async def test_a_writer_does_not_wait_for_an_open_reader(stored: Database) -> None:
    async with stored.reading() as session:
        await session.scalar(select(func.count()).select_from(Message))
        async with asyncio.timeout(2):
            await add_next_message(stored)
    assert await sequences(stored) == [1]


async def test_a_reading_session_cannot_write(stored: Database) -> None:
    with pytest.raises(DBAPIError):
        async with stored.reading() as session:
            session.add(Message(**message(1)))
            await session.flush()
    await add_next_message(stored)
    assert await sequences(stored) == [1]


async def test_an_error_rolls_everything_back(stored: Database) -> None:
    with pytest.raises(LookupError):
        async with stored.writing() as session:
            session.add(Message(**message(1)))
            await session.flush()
            raise LookupError
    assert await sequences(stored) == []


async def test_a_savepoint_is_rolled_back_alone(stored: Database) -> None:
    async with stored.writing() as session:
        session.add(Message(**message(1)))
        with pytest.raises(LookupError):
            async with session.begin_nested():
                session.add(Message(**message(2)))
                await session.flush()
                raise LookupError
    assert await sequences(stored) == [1]


async def test_a_cancelled_writer_leaves_the_way_free(stored: Database) -> None:
    started = asyncio.Event()

    async def write_for_ever() -> None:
        async with stored.writing() as session:
            session.add(Message(**message(1)))
            await session.flush()
            started.set()
            await asyncio.Event().wait()

    writer = asyncio.create_task(write_for_ever())
    await started.wait()
    writer.cancel()
    await asyncio.gather(writer, return_exceptions=True)
    await add_next_message(stored)
    assert await sequences(stored) == [1]


async def test_writing_inside_writing_is_refused_instead_of_waiting_for_itself(database: Database) -> None:
    async with database.writing():
        with pytest.raises(RuntimeError):
            async with database.writing():
                pass


async def test_a_database_that_answers_says_so(database: Database, database_url: str) -> None:
    assert await database.answers()
    assert database.is_postgresql == database_url.startswith("postgresql")
