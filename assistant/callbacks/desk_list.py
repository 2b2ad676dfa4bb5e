"""The list of call-backs for staff at the terminal, until the desk has a page for it."""

from datetime import datetime

from assistant.callbacks.numbers import spaced
from assistant.callbacks.service import finish_callback, list_callbacks
from assistant.database.session import Database
from assistant.settings import Settings


async def listed(settings: Settings, town: str, *, everything: bool) -> list[str]:
    """Return one line per call-back, the oldest first."""
    database = Database.open(settings.database_url.value)
    try:
        async with database.reading() as session:
            found = await list_callbacks(session, town, everything=everything)
    finally:
        await database.close()
    return [
        f"{spaced(row.number)}  {row.created_at:%Y-%m-%d %H:%M} UTC  {row.state}  {row.name}  {row.phone}  "
        f"{row.time_window}  {row.topic}"
        for row in found
    ]


async def finish(settings: Settings, town: str, number: str, now: datetime) -> None:
    """Mark a call-back as done."""
    database = Database.open(settings.database_url.value)
    try:
        async with database.writing() as session:
            await finish_callback(session, town, "".join(char for char in number if char.isdigit()), now)
    finally:
        await database.close()
