"""Who speaks in these tests, and what they read from the database behind the hotline's back."""

from typing import Any, TypeVar

from sqlalchemy import select

from assistant.conversations.models import Message
from assistant.database.session import Database
from assistant.hotline import Hotline
from tests.hotlines import Citizen

Model = TypeVar("Model")
Copies = tuple[Hotline, Hotline]
TO_THE_CARD = ("Bitte rufen Sie mich zurück", "Anna Müller", "0341 1234567", "am Vormittag", "Mein Bauantrag für die Garage")
"""Opens the call-back form and fills it; what follows is the card, which asks for a yes."""


def in_both(copies: Copies) -> list[Citizen]:
    """Return one citizen, whose messages reach either copy."""
    return [Citizen(copy.reception, address="anna") for copy in copies]


async def rows(database: Database, model: type[Model], *order: Any) -> list[Model]:
    """Return all rows of a table."""
    async with database.reading() as session:
        return list(await session.scalars(select(model).order_by(*order)))


async def transcript(database: Database) -> list[Message]:
    """Return every message of both sides in order."""
    return await rows(database, Message, Message.conversation_id, Message.sequence)
