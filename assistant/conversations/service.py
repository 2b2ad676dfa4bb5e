"""Stores conversations and their messages; never commits."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from assistant.conversations.choices import store_choice, title_of
from assistant.conversations.inbound import Inbound, Outbound, storable
from assistant.conversations.models import Conversation, Message
from assistant.dialogue.reply import Reply


async def open_conversation(session: AsyncSession, inbound: Inbound, now: datetime, days: int) -> Conversation:
    """Return the conversation of this address, made if it is the first message."""
    found = await find_conversation(session, inbound.town, inbound.channel, inbound.address)
    if found is not None:
        return found
    made = Conversation(
        id=secrets.token_hex(16),
        town=inbound.town,
        channel=inbound.channel,
        address=inbound.address,
        state="bot",
        created_at=now,
        last_active_at=now,
        delete_after=now + timedelta(days=days),
    )
    try:
        async with session.begin_nested():
            session.add(made)
    except IntegrityError:  # another first message of this address was stored in the same moment
        return await open_conversation(session, inbound, now, days)
    return made


def prolong(conversation: Conversation, now: datetime, days: int) -> None:
    """Move the conversation's deletion on; only under its lock, whose holder may be writing the same row."""
    conversation.last_active_at = now
    conversation.delete_after = now + timedelta(days=days)


async def store_inbound(session: AsyncSession, conversation: Conversation, inbound: Inbound, now: datetime) -> Message:
    """Append what the citizen said, or return the stored message when the channel delivers it a second time."""
    if inbound.provider_id is not None:
        known = await session.scalars(
            select(Message).where(Message.conversation_id == conversation.id, Message.provider_id == inbound.provider_id)
        )
        if (message := known.first()) is not None:
            return message
    message = Message(
        conversation_id=conversation.id,
        sequence=await _next_sequence(session, conversation.id),
        direction="in",
        provider_id=inbound.provider_id,
        text=storable(inbound.text),
        content=await _content(session, conversation, inbound),
        created_at=now,
        delete_after=conversation.delete_after,
    )
    session.add(message)
    await session.flush()
    return message


async def _content(session: AsyncSession, conversation: Conversation, inbound: Inbound) -> dict[str, Any]:
    """Return what is kept beside the text: what the citizen saw themselves say, and an act that the channel made."""
    shown = await title_of(session, conversation.id, inbound.text)
    return ({"shown": shown} if shown else {}) | ({"act": inbound.act} if inbound.act else {})


async def delete_conversation(session: AsyncSession, conversation_id: str) -> None:
    """Delete a conversation with all that hangs on it; what was filed because of it has periods of its own."""
    await session.execute(delete(Conversation).where(Conversation.id == conversation_id))


async def store_replies(
    session: AsyncSession, conversation: Conversation, inbound: Message, replies: list[Reply], now: datetime
) -> list[Outbound]:
    """Append what the assistant says, give each button its id, and mark the inbound message as handled."""
    sequence, until = await _next_sequence(session, conversation.id), inbound.delete_after
    outbound = []
    for place, reply in enumerate(replies):
        buttons = [
            {
                "title": str(button["title"]),
                "payload": await store_choice(session, conversation.id, button, now, until),
            }
            for button in reply.buttons
        ]
        content = {"custom": reply.custom or {}, "buttons": buttons, "image": reply.image}
        session.add(
            Message(
                conversation_id=conversation.id,
                sequence=sequence + place,
                direction="out",
                reply_to=inbound.id,
                text=reply.text,
                content=content,
                created_at=now,
                handled_at=now,
                delete_after=until,
            )
        )
        outbound.append(Outbound(reply.text, reply.custom or {}, tuple(buttons), reply.image))
    inbound.handled_at = now
    return outbound


async def find_replies(session: AsyncSession, inbound_id: int) -> list[Outbound]:
    """Return what was said in answer to a message."""
    rows = await session.scalars(
        select(Message).where(Message.reply_to == inbound_id, Message.direction == "out").order_by(Message.sequence)
    )
    return [Outbound(row.text, row.content["custom"], tuple(row.content["buttons"]), row.content.get("image")) for row in rows]


async def find_conversation(session: AsyncSession, town: str, channel: str, address: str) -> Conversation | None:
    """Return the conversation of an address, or ``None`` before its first message."""
    found = await session.scalars(
        select(Conversation).where(Conversation.town == town, Conversation.channel == channel, Conversation.address == address)
    )
    return found.first()


async def list_messages(session: AsyncSession, conversation_id: str, after: int = 0) -> list[Message]:
    """Return the messages of both sides behind a place in the conversation, in order."""
    rows = await session.scalars(
        select(Message).where(Message.conversation_id == conversation_id, Message.sequence > after).order_by(Message.sequence)
    )
    return list(rows)


async def list_unhandled(session: AsyncSession, before: datetime, most: int) -> list[int]:
    """Return the ids of inbound messages that nobody finished handling, the oldest first."""
    rows = await session.scalars(
        select(Message.id)
        .where(Message.direction == "in", Message.handled_at.is_(None), Message.created_at <= before)
        .order_by(Message.id)
        .limit(most)
    )
    return list(rows)


async def _next_sequence(session: AsyncSession, conversation_id: str) -> int:
    last = await session.scalar(select(func.max(Message.sequence)).where(Message.conversation_id == conversation_id))
    return (last or 0) + 1
