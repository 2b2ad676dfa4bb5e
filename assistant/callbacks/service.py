"""Stores, finds and closes call-backs; never commits."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from assistant.callbacks.models import Callback
from assistant.callbacks.numbers import new_number
from assistant.errors import IllegalTransition, NotFound


@dataclass(frozen=True)
class CallbackRequest:
    """What a citizen gave."""

    town: str
    conversation_id: str
    name: str
    phone: str
    """International form (E.164)."""
    time_window: str
    topic: str


async def store_callback(session: AsyncSession, request: CallbackRequest, now: datetime, days: int) -> Callback:
    """Store a request and give it a number nobody else has; it is deleted after ``days``."""
    callback = Callback(
        number=await _free_number(session),
        town=request.town,
        conversation_id=request.conversation_id,
        name=request.name,
        phone=request.phone,
        time_window=request.time_window,
        topic=request.topic,
        state="open",
        created_at=now.astimezone(UTC),
        delete_after=now.astimezone(UTC) + timedelta(days=days),
    )
    session.add(callback)
    await session.flush()
    return callback


async def find_callback(session: AsyncSession, town: str, number: str) -> Callback | None:
    """Return the call-back of a town by its number."""
    found = await session.scalars(select(Callback).where(Callback.town == town, Callback.number == number))
    return found.first()


async def last_callback(session: AsyncSession, conversation_id: str) -> Callback | None:
    """Return the newest call-back that was asked for in a conversation."""
    query = select(Callback).where(Callback.conversation_id == conversation_id).order_by(Callback.id.desc()).limit(1)
    return (await session.scalars(query)).first()


async def list_callbacks(session: AsyncSession, town: str, *, everything: bool) -> list[Callback]:
    """Return a town's call-backs, the oldest first; only the open ones unless ``everything``."""
    query = select(Callback).where(Callback.town == town).order_by(Callback.created_at)
    return list(await session.scalars(query if everything else query.where(Callback.state == "open")))


async def finish_callback(session: AsyncSession, town: str, number: str, now: datetime) -> None:
    """Mark a call-back as done.

    Raises:
        NotFound: there is none of this number.
        IllegalTransition: it is done already.
    """
    callback = await find_callback(session, town, number)
    if callback is None:
        raise NotFound("there is no call-back of this number")
    changed = await session.execute(
        update(Callback)
        .where(Callback.id == callback.id, Callback.state == "open")
        .values(state="done", done_at=now)
        .returning(Callback.id)
    )
    if changed.scalar_one_or_none() is None:
        raise IllegalTransition("this call-back is done already")


async def _free_number(session: AsyncSession) -> str:
    while True:
        number = new_number()
        if (await session.scalars(select(Callback.id).where(Callback.number == number))).first() is None:
            return number
