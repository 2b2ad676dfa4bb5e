"""SQLite's connections: each one is durable, patient, and checks foreign keys."""

import pytest
from sqlalchemy import text

from assistant.database.session import Database

PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10000}
"""synchronous 2 is FULL: what was committed survives a power cut. busy_timeout in milliseconds."""


@pytest.mark.parametrize("pragma", PRAGMAS)
async def test_every_connection_is_set_up(pragma: str, sqlite_url: str) -> None:
    database = Database.open(sqlite_url)
    async with database.reading() as session:
        assert await session.scalar(text(f"PRAGMA {pragma}")) == PRAGMAS[pragma]
    await database.close()
