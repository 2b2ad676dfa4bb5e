"""What Rasa's tracker leaves in the database: one row per event, only ever added to."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assistant.database.base import ROW_NUMBER, Base


class TrackerEvent(Base):
    """One event of a conversation as Rasa writes it down."""

    __tablename__ = "tracker_events"
    __table_args__ = (
        UniqueConstraint("conversation_id", "session", "position"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(ROW_NUMBER, primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    session: Mapped[int]
    """Number of the dialogue session within the conversation; Rasa is handed the last one only."""
    position: Mapped[int]
    """Place of the event within its session."""
    event: Mapped[dict[str, Any]]
    """`Event.as_dict()`. Personal data."""
    delete_after: Mapped[datetime] = mapped_column(index=True)
    """The same moment as that of the message which caused the event."""
