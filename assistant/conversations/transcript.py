"""Reads a conversation back as both sides saw it: for resuming, for the transcript, for the desk."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from assistant.conversations.models import Message


@dataclass(frozen=True)
class Entry:
    """One message as it is shown."""

    sequence: int
    speaker: str
    """citizen or bot."""
    text: str
    custom: dict[str, Any] = field(default_factory=dict)
    buttons: tuple[dict[str, str], ...] = ()
    client_id: str | None = None
    """What the client called its own message."""
    at: datetime | None = None


def entry_of(message: Message) -> Entry:
    """Return a message as it is shown; a pressed button reads like its title."""
    if message.direction == "in":
        shown = message.content.get("shown") or message.text or ""
        return Entry(message.sequence, "citizen", shown, client_id=message.provider_id, at=message.created_at)
    return Entry(
        message.sequence,
        "bot",
        message.text or "",
        message.content.get("custom", {}),
        tuple(message.content.get("buttons", ())),
        at=message.created_at,
    )
