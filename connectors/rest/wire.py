"""Translates REST requests into typed objects; pure. The contract is docs/rest.md and ``GET /api/openapi.json``."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.errors import AssistantError, NotAllowed
from assistant.settings import RestKey, Settings

LONGEST_SENDER = 120
LONGEST_ID = 120
FORWARDING_HEADERS = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")
OPEN_ACCESS = "open"
"""Stands for the key where none is needed: on loopback only."""


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
        raise BadRequest('The body must be JSON, for example {"sender": "anna", "message": "Hallo"}.') from None
    if not isinstance(data, dict):
        raise BadRequest("The body must be a JSON object with sender and message.")
    metadata = data.get("metadata") if isinstance(data.get("metadata"), dict) else {}
    return RestMessage(
        sender=_sender(data.get("sender")),
        text=_message(data.get("message")),
        town=_optional(data.get("town") or metadata.get("town"), "town"),
        message_id=_optional(data.get("message_id"), "message_id"),
    )


def _sender(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_SENDER or not _storable(value):
        raise BadRequest(f"sender must be a text of 1 to {LONGEST_SENDER} characters that names the citizen's session.")
    return value


def _message(value: Any) -> str:
    if not isinstance(value, str):
        raise BadRequest("message must be a text: what the citizen wrote, or the payload of a button.")
    return value.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")


def _optional(value: Any, name: str) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_ID or not _storable(value):
        raise BadRequest(f"{name} must be a text of at most {LONGEST_ID} characters, or be left out.")
    return value


def _storable(value: str) -> bool:
    """PostgreSQL stores neither NUL nor half of a surrogate pair."""
    return "\x00" not in value and value.encode("utf-8", "ignore").decode("utf-8") == value


def key_of(headers: Mapping[str, str], settings: Settings) -> str:
    """Return the name of the key that a request shows; without keys only this machine may ask.

    Raises:
        NotAllowed: the key is missing or wrong, or the server can be reached from outside and has no keys.
    """
    shown = headers.get("authorization", "")
    for key in settings.rest_keys:
        if hmac.compare_digest(shown.encode("utf-8", "replace"), f"Bearer {key.secret.value}".encode()):
            return key.name
    if shown or not is_open(headers, settings):
        raise NotAllowed("Send a valid key: Authorization: Bearer <secret>. Keys are set with HOTLINE_REST_KEYS.")
    return OPEN_ACCESS


def is_open(headers: Mapping[str, str], settings: Settings) -> bool:
    """Tell whether a request may do without a key: loopback only, nothing forwarded, no keys set."""
    forwarded = any(name in headers for name in FORWARDING_HEADERS)
    return not settings.is_public and not settings.rest_keys and not forwarded


def address_of(key: str, sender: str) -> str:
    """Return the conversation's address: two keys never share one."""
    return f"{key}/{sender}"


def key_names(keys: tuple[RestKey, ...]) -> list[str]:
    """Return the names of the keys, for the start-up lines."""
    return [key.name for key in keys]
