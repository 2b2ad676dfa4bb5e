"""Deletes what nobody may keep any longer; every row with personal data carries the moment."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from assistant.callbacks.models import Callback
from assistant.conversations.models import Choice, Conversation, Message
from assistant.dialogue.event_log import TrackerEvent

EXPIRING = (TrackerEvent, Choice, Message, Callback, Conversation)


async def delete_expired(session: AsyncSession, now: datetime) -> tuple[dict[str, int], list[str]]:
    """Delete all rows whose time is over.

    Returns:
        Rows deleted by table, and the ids of the conversations that are gone, whose live copies must be dropped.
    """
    gone = list(await session.scalars(select(Conversation.id).where(Conversation.delete_after <= now)))
    counts = {}
    for model in EXPIRING:
        result = await session.execute(delete(model).where(model.delete_after <= now))
        counts[model.__tablename__] = int(result.rowcount)
    return counts, gone
