"""Fixtures of the database room's tests."""

import pytest

from assistant.conversations.models import Conversation
from assistant.database.session import Database
from tests.database.records import conversation


@pytest.fixture
async def stored(database: Database) -> Database:
    """The open database with conversation `a` in it."""
    async with database.writing() as session:
        session.add(Conversation(**conversation("a")))
    return database
