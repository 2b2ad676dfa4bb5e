"""Translates the frames of the web chat; pure. The contract is docs/chat-api.md and `connectors/web/schema.json`."""

import json
import re
from dataclasses import dataclass
from typing import Any

from assistant.conversations.transcript import Entry
from assistant.errors import AssistantError

LONGEST_FRAME_BYTES = 32_768
LONGEST_REASON = 500
WORDINGS = ("de", "plain", "en")
"""Deutsch, Einfach, English: what the language switch offers."""
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class BadFrame(AssistantError):
    """A frame that does not keep to the contract; the text tells its sender what to do."""


@dataclass(frozen=True)
class Hello:
    """The client is there and has shown everything up to ``last``."""

    last: int


@dataclass(frozen=True)
class Said:
    """The citizen said or pressed something."""

    id: str
    """Made by the client; a second delivery has no second effect."""
    text: str


@dataclass(frozen=True)
class Switched:
    """The citizen wants to be spoken to in another way."""

    id: str
    wording: str
    """One of :data:`WORDINGS`."""


@dataclass(frozen=True)
class Judged:
    """The citizen says whether an answer helped."""

    sequence: int
    helpful: bool
    reason: str


@dataclass(frozen=True)
class Typing:
    """The citizen is writing."""


@dataclass(frozen=True)
class Ended:
    """The citizen wants the conversation to be deleted."""


Frame = Hello | Said | Switched | Judged | Typing | Ended


def parse_frame(raw: str | bytes) -> Frame:
    """Read one frame of a client.

    Raises:
        BadFrame: it is none.
    """
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        raise BadFrame("A frame is a JSON object in UTF-8; see docs/chat-api.md.") from None
    kind = data.get("t") if isinstance(data, dict) else None
    if kind == "hello":
        return Hello(_whole(data, "last"))
    if kind == "msg":
        return Said(_id(data), _text(data, "text"))
    if kind == "lang":
        return Switched(_id(data), _one_of(data, "lang", WORDINGS))
    if kind == "feedback":
        return Judged(_whole(data, "seq"), _yes_no(data, "helpful"), _text(data, "reason", "")[:LONGEST_REASON])
    if kind == "typing":
        return Typing()
    if kind == "end":
        return Ended()
    raise BadFrame("t is one of hello, msg, lang, feedback, typing, end; see docs/chat-api.md.")


def message_frame(entry: Entry) -> dict[str, Any]:
    """Return one message of either side."""
    frame: dict[str, Any] = {"t": "msg", "seq": entry.sequence, "from": entry.speaker, "text": entry.text}
    if entry.at is not None:
        frame["at"] = entry.at.isoformat(timespec="seconds")
    if entry.client_id:
        frame["id"] = entry.client_id
    if entry.speaker != "citizen":
        frame["custom"] = entry.custom
        frame["buttons"] = list(entry.buttons)
    return frame


def error_frame(code: str, client_id: str | None = None) -> dict[str, Any]:
    """Return a refusal; the client says what ``code`` means in the citizen's language."""
    return {"t": "error", "code": code} | ({"id": client_id} if client_id else {})


def as_text(frame: dict[str, Any]) -> str:
    """Return a frame as it goes over the wire."""
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":"))


def _id(data: dict[str, Any]) -> str:
    value = data.get("id")
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise BadFrame("id is 1 to 64 letters, digits, '-' or '_', made anew for each message.")
    return value


def _text(data: dict[str, Any], name: str, default: str | None = None) -> str:
    value = data.get(name, default)
    if not isinstance(value, str):
        raise BadFrame(f"{name} is a text.")
    return value.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")


def _whole(data: dict[str, Any], name: str) -> int:
    value = data.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise BadFrame(f"{name} is a whole number from 0 on.")
    return value


def _yes_no(data: dict[str, Any], name: str) -> bool:
    value = data.get(name)
    if not isinstance(value, bool):
        raise BadFrame(f"{name} is true or false.")
    return value


def _one_of(data: dict[str, Any], name: str, allowed: tuple[str, ...]) -> str:
    value = data.get(name)
    if value not in allowed:
        raise BadFrame(f"{name} is one of {', '.join(allowed)}.")
    return str(value)
