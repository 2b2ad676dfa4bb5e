"""Units of work: a session that only reads, and a session that is one writing transaction."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self

from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from assistant.database.engine import READ_ONLY, create_engine

WRITER_WAIT_SECONDS = 30
"""How long a task waits for its turn to write, the same as for a connection from the pool."""

PING_TIMEOUT_SECONDS = 5


class Database:
    """The open database of one process; belongs to one event loop."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self._read_sessions = async_sessionmaker(engine.execution_options(**READ_ONLY), expire_on_commit=False)
        self._write_sessions = async_sessionmaker(engine, expire_on_commit=False)
        self._writing_turn = asyncio.Lock()
        self._writers: set[asyncio.Task[Any] | None] = set()

    @classmethod
    def open(cls, url: str) -> Self:
        """Raises: ConfigurationError when the URL is not one of ours."""
        return cls(create_engine(url))

    async def close(self) -> None:
        """Closes every connection."""
        await self.engine.dispose()

    @property
    def is_postgresql(self) -> bool:
        """False: it is SQLite."""
        return self.engine.dialect.name == "postgresql"

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """Never waits for a writer; a write in it is refused by the database; rolled back at the end."""
        async with self._read_sessions() as session:
            yield session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """Commits at a clean exit, rolls back on an error; await nothing but the database inside.

        On SQLite one writer follows the other, so a value that was read stays true until the commit. On PostgreSQL
        that holds only under `lock_conversation`, with `with_for_update()`, or in one conditional statement.
        Raises: RuntimeError inside another `writing()` of the same task; TimeoutError when its turn does not come.
        """
        task = asyncio.current_task()
        if task in self._writers:
            raise RuntimeError("writing() inside writing(): hand on the session instead; SQLite would wait for itself.")
        async with self._turn_to_write():
            self._writers.add(task)
            try:
                async with self._write_sessions.begin() as session:
                    yield session
            finally:
                self._writers.discard(task)

    async def lock_conversation(self, session: AsyncSession, conversation_id: str) -> None:
        """Until the transaction ends no other copy of the hotline works on this conversation.

        SQLite needs nothing here: BEGIN IMMEDIATE keeps every other writer out.
        """
        if self.is_postgresql:
            await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(conversation_id, 0))))

    async def answers(self) -> bool:
        """Tell whether the database answers in time."""
        try:
            async with asyncio.timeout(PING_TIMEOUT_SECONDS), self.reading() as session:
                await session.execute(text("SELECT 1"))
        except (SQLAlchemyError, OSError, TimeoutError):
            return False
        return True

    @asynccontextmanager
    async def _turn_to_write(self) -> AsyncIterator[None]:
        """First come, first served on SQLite, whose own waiting is a poll that may starve a writer."""
        if self.is_postgresql:
            yield
            return
        async with asyncio.timeout(WRITER_WAIT_SECONDS):
            await self._writing_turn.acquire()
        try:
            yield
        finally:
            self._writing_turn.release()
