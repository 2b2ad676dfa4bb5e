"""Translates REST requests into typed objects; pure. The contract is docs/rest.md and ``GET /api/openapi.json``."""

import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.conversations.inbound import LONGEST_TEXT
from assistant.errors import AssistantError, NotAllowed
from assistant.settings import RestKey, Settings

LONGEST_SENDER = 120
LONGEST_ID = 120
LONGEST_TOWN = 64
LONGEST_END = 2 * LONGEST_TEXT
"""Characters kept from either end of a text that is far too long to be answered; the middle is dropped unread."""
FORWARDING_HEADERS = frozenset(
    {
        "forwarded",
        "forwarded-for",
        "via",
        "x-real-ip",
        "x-client-ip",
        "x-cluster-client-ip",
        "x-original-forwarded-for",
        "x-original-host",
        "true-client-ip",
        "cf-connecting-ip",
        "fastly-client-ip",
    }
)
OPEN_ACCESS = ""
"""Stands for the key where none is needed; no key can have this name."""


class BadRequest(AssistantError):
    """A request that does not keep to the contract; the text tells the sender what to do."""


@dataclass(frozen=True)
class RestMessage:
    """One request of ``POST /webhooks/rest/webhook``."""

    sender: str
    """What the client calls the citizen."""
    text: str
    town: str | None
    message_id: str | None
    """Makes a second delivery harmless."""


def parse_message(body: bytes) -> RestMessage:
    """Read a request body.

    Raises:
        BadRequest: it is no JSON object with ``sender`` and ``message``.
    """
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequest('The body must be JSON in UTF-8, for example {"sender": "anna", "message": "Hallo"}.') from None
    if not isinstance(data, dict):
        raise BadRequest("The body must be a JSON object with sender and message.")
    metadata = _metadata(data.get("metadata"))
    return RestMessage(
        sender=_sender(data.get("sender")),
        text=_message(data.get("message")),
        town=_optional(data, "town", LONGEST_TOWN) or _optional(metadata, "town", LONGEST_TOWN),
        message_id=_optional(data, "message_id", LONGEST_ID),
    )


def _metadata(value: Any) -> dict[str, Any]:
    """Rasa's clients send it; only ``town`` is read, so that nobody sets slots from outside."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise BadRequest("metadata must be a JSON object, or be left out.")
    return value


def _sender(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_SENDER or not _storable(value):
        raise BadRequest(f"sender must be a text of 1 to {LONGEST_SENDER} characters that names the citizen's session.")
    return value


def _message(value: Any) -> str:
    if not isinstance(value, str):
        raise BadRequest("message must be a text: what the citizen wrote, or the payload of a button.")
    ends = value if len(value) <= 2 * LONGEST_END else f"{value[:LONGEST_END]}\n{value[-LONGEST_END:]}"
    return ends.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")


def _optional(data: Mapping[str, Any], name: str, longest: int) -> str | None:
    value = data.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or not 0 < len(value) <= longest or not _storable(value):
        raise BadRequest(f"{name} must be a text of 1 to {longest} characters, or be left out.")
    return value


def _storable(value: str) -> bool:
    """PostgreSQL stores neither NUL nor half of a surrogate pair."""
    return "\x00" not in value and value.encode("utf-8", "ignore").decode("utf-8") == value


def key_of(headers: Mapping[str, str], settings: Settings) -> str:
    """Return the name of the key that a request shows; without keys only this machine may ask.

    Raises:
        NotAllowed: the key is missing or wrong, or the server can be reached from outside and has no keys.
    """
    shown = headers.get("authorization")
    if shown is None and is_open(settings) and not is_forwarded(headers):
        return OPEN_ACCESS
    for key in settings.rest_keys:
        if hmac.compare_digest(_token(shown or ""), key.secret.value.encode()):
            return key.name
    raise NotAllowed("Send a valid key: Authorization: Bearer <secret>. Keys are set with HOTLINE_REST_KEYS.")


def _token(shown: str) -> bytes:
    """Return what follows the word Bearer, which is written in any case (RFC 9110, section 11.1)."""
    scheme, _, token = shown.partition(" ")
    return token.strip().encode("utf-8", "surrogatepass") if scheme.lower() == "bearer" else b""


def is_open(settings: Settings) -> bool:
    """Tell whether a request from this machine may do without a key."""
    return not settings.is_public and not settings.rest_keys


def is_forwarded(names: Iterable[str]) -> bool:
    """Tell from the names of its headers whether a proxy, so perhaps a stranger, stands behind a request."""
    lowered = [name.lower() for name in names]
    return any(name in FORWARDING_HEADERS or name.startswith("x-forwarded") for name in lowered)


def address_of(key: str, sender: str) -> str:
    """Return the conversation's address: two keys never share one, since the name of a key has no slash."""
    return f"{key}/{sender}"


def key_names(keys: tuple[RestKey, ...]) -> list[str]:
    """Return the names of the keys, for the start-up lines."""
    return [key.name for key in keys]
