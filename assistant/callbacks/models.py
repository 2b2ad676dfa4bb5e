"""What a callback leaves in the database."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.database.base import ROW_NUMBER, Base


class Callback(Base):
    """A citizen's wish to be rung back by a person of the town."""

    __tablename__ = "callbacks"
    __table_args__ = (Index(None, "town", "state"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(ROW_NUMBER, primary_key=True)
    number: Mapped[str] = mapped_column(String(12), unique=True)
    """What the citizen quotes: digits, the last one a check digit."""
    town: Mapped[str] = mapped_column(String(64))
    """Key of the folder in `towns/`."""
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id", ondelete="SET NULL"), index=True)
    """Where the wish was spoken; None: that conversation is deleted."""
    name: Mapped[str] = mapped_column(Text)
    """Personal data."""
    phone: Mapped[str] = mapped_column(String(40))
    """Personal data."""
    time_window: Mapped[str] = mapped_column(Text)
    """When the citizen can be reached, in the citizen's words."""
    topic: Mapped[str] = mapped_column(Text)
    """What it is about, in the citizen's words. Personal data."""
    state: Mapped[str] = mapped_column(String(16), default="open")
    """open or done."""
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    """When a person had rung back; None: still open."""
    delete_after: Mapped[datetime] = mapped_column(index=True)
    """From then on the retention work deletes the row."""
