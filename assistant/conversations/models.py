"""What a conversation leaves in the database: who it is with, what was said, and which choices are on offer."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.database.base import ROW_NUMBER, Base

UNHANDLED = text("direction = 'in' AND handled_at IS NULL")


class Conversation(Base):
    """One citizen's exchange with one town over one channel."""

    __tablename__ = "conversations"
    __table_args__ = (UniqueConstraint("town", "channel", "address"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    """Random, since it may stand in a URL; the sender id that Rasa knows."""
    town: Mapped[str] = mapped_column(String(64))
    """Key of the folder in `towns/`."""
    channel: Mapped[str] = mapped_column(String(32))
    """Name of the connector."""
    address: Mapped[str] = mapped_column(String(200))
    """What the channel calls the citizen: a chat id, a session id, key id and sender. Personal data."""
    state: Mapped[str] = mapped_column(String(16), default="bot")
    """bot, queued, person, waiting or closed."""
    owner: Mapped[str | None] = mapped_column(String(64))
    """The member of staff who writes; None: the bot, or nobody yet."""
    deadline: Mapped[datetime | None]
    """When the state ends by itself; None: never."""
    language: Mapped[str | None] = mapped_column(String(8))
    """ISO 639-1; None until it is known."""
    created_at: Mapped[datetime]
    last_active_at: Mapped[datetime]
    """When either side last said something."""
    delete_after: Mapped[datetime] = mapped_column(index=True)
    """From then on the retention work deletes the row, and with it all that hangs on it."""


class Message(Base):
    """One utterance of either side."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("conversation_id", "sequence"),
        UniqueConstraint("conversation_id", "provider_id"),
        Index("ix_messages_unhandled", "created_at", sqlite_where=UNHANDLED, postgresql_where=UNHANDLED),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(ROW_NUMBER, primary_key=True)
    """Never given twice, so that `reply_to` cannot come to mean another message."""
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    sequence: Mapped[int]
    """Place in the conversation, both directions counted together."""
    direction: Mapped[str] = mapped_column(String(3))
    """in: from the citizen; out: to the citizen."""
    provider_id: Mapped[str | None] = mapped_column(String(120))
    """What the channel calls the message, so that a second delivery is known; None: it has no name for it."""
    reply_to: Mapped[int | None] = mapped_column(ROW_NUMBER)
    """Id of the inbound message that this one answers, which may be deleted by now; None: it answers none."""
    text: Mapped[str | None] = mapped_column(Text)
    """What was said; None: the content says it all. Personal data."""
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What goes beyond text, buttons and `custom` for example; changed as a whole, never in place."""
    created_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
    """When the turn of an inbound message was committed; None: it is still to be handled."""
    delete_after: Mapped[datetime] = mapped_column(index=True)


class Choice(Base):
    """What a button stands for, since the client only ever gets the opaque id."""

    __tablename__ = "choices"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    """`#` and 10 random characters."""
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    """The only conversation in which the choice is valid."""
    title: Mapped[str | None] = mapped_column(String(200))
    """What the button says, so that a transcript can show what was pressed; None: stored before titles were."""
    act: Mapped[dict[str, Any]]
    """Intent and entities that pressing the button says."""
    expires_at: Mapped[datetime]
    """From then on the answer is that the choice has expired."""
    delete_after: Mapped[datetime] = mapped_column(index=True)
