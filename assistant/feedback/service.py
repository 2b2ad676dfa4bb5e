"""Stores what citizens say about an answer; never commits."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from assistant.conversations.models import Conversation, Message
from assistant.errors import NotFound
from assistant.feedback.models import Feedback


async def store_feedback(
    session: AsyncSession, conversation: Conversation, sequence: int, verdict: tuple[bool, str], now: datetime
) -> None:
    """Keep whether the answer at a place helped, and why; a second verdict replaces the first.

    Raises:
        NotFound: the assistant said nothing there.
    """
    said = select(Message.id).where(
        Message.conversation_id == conversation.id, Message.sequence == sequence, Message.direction == "out"
    )
    if await session.scalar(said) is None:
        raise NotFound("there is no such answer")
    helpful, reason = verdict
    found = await session.scalars(
        select(Feedback).where(Feedback.conversation_id == conversation.id, Feedback.sequence == sequence)
    )
    feedback = found.first() or Feedback(conversation_id=conversation.id, sequence=sequence, created_at=now)
    feedback.helpful, feedback.reason = helpful, reason.strip() or None
    feedback.delete_after = conversation.delete_after
    session.add(feedback)
