"""Deletes what nobody may keep any longer; every row with personal data carries the moment."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete
from sqlalchemy.ext.asyncio import AsyncSession

from assistant.callbacks.models import Callback
from assistant.conversations.models import Choice, Conversation, Message
from assistant.dialogue.event_log import TrackerEvent

EXPIRING = (TrackerEvent, Choice, Message, Callback)


async def delete_expired(session: AsyncSession, now: datetime) -> tuple[dict[str, int], list[str]]:
    """Delete all rows whose time is over.

    Returns:
        Rows deleted by table, and the ids of the conversations that are gone, whose live copies must be dropped.
    """
    counts = {}
    for model in EXPIRING:
        result = await session.execute(delete(model).where(model.delete_after <= now))
        counts[model.__tablename__] = cast(CursorResult[Any], result).rowcount
    gone = list(await session.scalars(delete(Conversation).where(Conversation.delete_after <= now).returning(Conversation.id)))
    return counts | {Conversation.__tablename__: len(gone)}, gone
