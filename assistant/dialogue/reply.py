"""The noun reply: one message to the citizen as the dialogue says it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Reply:
    """One message to the citizen as the dialogue says it."""

    text: str | None
    custom: dict[str, Any] | None = None
    buttons: tuple[dict[str, Any], ...] = ()
    """Each with ``title`` and ``act``; the conversation turns acts into opaque ids."""
    image: str | None = None

    @property
    def asks(self) -> str | None:
        """The slot that this message asks for, if it is the question of a form."""
        return (self.custom or {}).get("asks")
