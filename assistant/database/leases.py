"""Leases: of many copies of the hotline, one at a time does the background work."""

from datetime import datetime, timedelta

from sqlalchemy import String, bindparam, delete, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from assistant.database.base import Base, UtcDateTime


class Lease(Base):
    """The right of one process to do one kind of work until a moment."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    """The work, for example `background`."""
    holder: Mapped[str] = mapped_column(String(64))
    """A random name that each process gives itself at its start."""
    until: Mapped[datetime]
    """From this moment on anybody may take the lease over."""


TAKE = text(
    "INSERT INTO leases (name, holder, until) VALUES (:name, :holder, :until) "
    "ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until "
    "WHERE leases.holder = excluded.holder OR leases.until <= :now RETURNING name"
).bindparams(bindparam("until", type_=UtcDateTime), bindparam("now", type_=UtcDateTime))


async def acquire(session: AsyncSession, name: str, holder: str, now: datetime, seconds: float) -> bool:
    """True when `holder` has the lease from now on: it was free, expired, or the holder's own and is prolonged."""
    until = now + timedelta(seconds=seconds)
    taken = await session.execute(TAKE, {"name": name, "holder": holder, "until": until, "now": now})
    return taken.first() is not None


async def release(session: AsyncSession, name: str, holder: str) -> None:
    """Frees the lease at once; nothing happens when another holds it."""
    await session.execute(delete(Lease).where(Lease.name == name, Lease.holder == holder))
