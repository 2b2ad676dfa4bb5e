"""What comes in: a message as every channel hands it over, and how its text is made safe to read; pure."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from assistant.errors import InvalidInput

LONGEST_TEXT = 2000
"""Characters; longer messages are refused with a sentence."""
_TAG = re.compile(r"<(script|style)\b.*?(</\1>|$)|<[/!]?[a-zA-Z][^>]{0,500}>", re.IGNORECASE | re.DOTALL)
_ACTIVE = re.compile(r"<\s*/?\s*(script|style|iframe|object|embed|svg|img|form)\b", re.IGNORECASE)
"""Markup that does something where it is shown; nobody who asks the town hall writes it."""
_COMMAND = re.compile(r"^/\s*[A-Za-z_]")


@dataclass(frozen=True)
class Inbound:
    """One message from a citizen."""

    town: str
    channel: str
    address: str
    """What the channel calls the citizen; unique within town and channel."""
    text: str
    provider_id: str | None = None
    """What the channel calls the message; a second delivery is answered with the same words and no second effect."""
    act: dict[str, Any] | None = None
    """What the message does, where the channel knows it without reading the text: a switch that was pressed, say."""


@dataclass(frozen=True)
class Accepted:
    """A message that is stored, which is the moment to tell its sender so."""

    message_id: int
    conversation_id: str
    sequence: int
    is_handled: bool
    """True: it was delivered before and is answered already."""


@dataclass(frozen=True)
class NotStored:
    """A message that could not be stored; its sender must keep it and send it again."""

    cards: tuple["Outbound", ...]
    """The number of an emergency that it tells of, if it does."""


@dataclass(frozen=True)
class Outbound:
    """One message to the citizen, as it is stored and sent."""

    text: str | None
    custom: dict[str, object]
    """Says what kind of message it is (docs/rest.md)."""
    buttons: tuple[dict[str, str], ...] = ()
    """Each with ``title`` and ``payload``, an opaque id."""
    image: str | None = None


def storable(text: str) -> str:
    """Return the text without what no database stores: NUL and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def readable(text: str) -> str:
    """Return the text without what people cannot see: control and format characters, tags, stray white space.

    Raises:
        InvalidInput: nothing is left, too much is left, or it is a command.
    """
    if len(text) > LONGEST_TEXT * 4:
        raise InvalidInput("utter_session_too_long")
    normal = unicodedata.normalize("NFC", text)
    visible = "".join(char if char in "\n\t" or unicodedata.category(char) not in _UNSEEN else "" for char in normal)
    tidy = re.sub(r"[ \t\u00a0\u2000-\u200a\u3000]+", " ", _TAG.sub(" ", visible)).strip()
    if not any(char.isalnum() or char in "?!" for char in tidy):
        raise InvalidInput("utter_session_empty")
    if len(tidy) > LONGEST_TEXT:
        raise InvalidInput("utter_session_too_long")
    if _COMMAND.match(tidy) or _ACTIVE.search(visible):
        raise InvalidInput("utter_session_command")
    return tidy


_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
