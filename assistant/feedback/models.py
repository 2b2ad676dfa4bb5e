"""What citizens say about an answer."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assistant.database.base import ROW_NUMBER, Base


class Feedback(Base):
    """One citizen's verdict on one answer."""

    __tablename__ = "feedback"
    __table_args__ = (UniqueConstraint("conversation_id", "sequence"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(ROW_NUMBER, primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    sequence: Mapped[int]
    """Place of the answer in the conversation."""
    helpful: Mapped[bool]
    reason: Mapped[str | None] = mapped_column(String(500))
    """In the citizen's words; None: none was given. Personal data."""
    created_at: Mapped[datetime]
    delete_after: Mapped[datetime] = mapped_column(index=True)
    """The same as the conversation's, which takes it along anyway."""
