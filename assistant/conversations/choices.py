"""Buttons: what leaves us is an opaque id, what it stands for stays in the database."""

import re
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from assistant.conversations.models import Choice, Message
from assistant.dialogue.short_answers import short_answer
from knowledge_base.folding import fold

PATTERN = re.compile(r"#[A-Z2-7]{10}")
VALID_FOR = timedelta(hours=24)
LONGEST_TITLE = 200
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


async def store_choice(
    session: AsyncSession, conversation_id: str, button: dict[str, Any], now: datetime, until: datetime
) -> str:
    """Store what a button (``title`` and ``act``) stands for and return its id."""
    choice_id = "#" + "".join(secrets.choice(_ALPHABET) for _ in range(10))
    session.add(
        Choice(
            id=choice_id,
            conversation_id=conversation_id,
            title=str(button["title"])[:LONGEST_TITLE],
            act=button["act"],
            expires_at=now + VALID_FOR,
            delete_after=until,
        )
    )
    return choice_id


async def find_choice(session: AsyncSession, conversation_id: str, text: str, now: datetime) -> dict[str, Any] | None:
    """Return the act of a pressed button of this conversation, or ``None`` when it is unknown, foreign or expired."""
    choice = await session.get(Choice, text)
    if choice is None or choice.conversation_id != conversation_id or choice.expires_at <= now:
        return None
    return choice.act


async def title_of(session: AsyncSession, conversation_id: str, text: str) -> str | None:
    """Return what the button said that a text is the id of; ``None`` when it is no button of this conversation."""
    choice = await session.get(Choice, text.strip()) if PATTERN.fullmatch(text.strip()) else None
    return choice.title if choice is not None and choice.conversation_id == conversation_id else None


async def last_turn_messages(session: AsyncSession, conversation_id: str) -> list[Message]:
    """Return what the assistant said last, in order."""
    last = await session.scalar(
        select(Message.reply_to)
        .where(Message.conversation_id == conversation_id, Message.direction == "out")
        .order_by(Message.sequence.desc())
        .limit(1)
    )
    query = select(Message).where(
        Message.conversation_id == conversation_id, Message.direction == "out", Message.reply_to == last
    )
    return list(await session.scalars(query.order_by(Message.sequence)))


async def fresh_buttons(session: AsyncSession, conversation_id: str, messages: list[Message]) -> tuple[dict[str, Any], ...]:
    """Return the buttons of messages with their acts, to be offered once more under new ids."""
    buttons = _buttons_of(messages)
    ids = [button["payload"] for button in buttons]
    found = await session.scalars(select(Choice).where(Choice.conversation_id == conversation_id, Choice.id.in_(ids)))
    acts = {choice.id: choice.act for choice in found}
    return tuple({"title": button["title"], "act": acts[button["payload"]]} for button in buttons if button["payload"] in acts)


def typed_choice(text: str, messages: list[Message]) -> str | None:
    """Return the button id that a typed title means, or a typed digit if the very last message has buttons.

    A yes to an apology takes the way on that it offers: the dialogue was rolled back and knows nothing of the offer.
    """
    buttons = _buttons_of(messages)
    named = [button["payload"] for button in buttons if fold(button["title"]) == fold(text)]
    if named:
        return str(named[-1])
    last = messages[-1].content.get("buttons", ()) if messages else ()
    digits = text.strip().rstrip(".)")
    if digits.isascii() and digits.isdigit() and 1 <= int(digits) <= len(last):
        return str(last[int(digits) - 1]["payload"])
    apologised = messages and messages[-1].content["custom"].get("reason") == "failure"
    return str(last[0]["payload"]) if apologised and last and short_answer(text) == "affirm" else None


def _buttons_of(messages: list[Message]) -> list[dict[str, Any]]:
    return [button for message in messages for button in message.content.get("buttons", ())]
