"""Signed tokens: whoever holds one speaks in one conversation of one town, and in no other."""

import base64
import binascii
import hmac
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import NotAllowed

_KEY_BYTES = 32
_ADDRESS_BYTES = 16


@dataclass(frozen=True)
class Ticket:
    """What a token says."""

    town: str
    address: str
    """The conversation's address in the web channel: 128 random bits, made here."""


class Tokens:
    """Makes tokens and reads them back."""

    def __init__(self, key: bytes, days: int) -> None:
        """``days``: so long a token is valid, which is as long as a silent conversation is kept."""
        self._key = key
        self._seconds = days * 86_400

    def new(self, town: str) -> tuple[Ticket, str]:
        """Return a ticket for a new conversation, and its token."""
        ticket = Ticket(town, secrets.token_hex(_ADDRESS_BYTES))
        return ticket, self.token(ticket, int(time.time()))

    def token(self, ticket: Ticket, issued_at: int) -> str:
        """Return the token of a ticket; letters that may stand in a header and in a sub-protocol."""
        content = f"{ticket.town}.{ticket.address}.{issued_at}"
        return f"{_encoded(content.encode())}.{_encoded(self._signature(content))}"

    def read(self, token: str) -> Ticket:
        """Return what a token says.

        Raises:
            NotAllowed: it is forged, torn or too old.
        """
        try:
            content, signature = (_decoded(part) for part in token.split("."))
            text = content.decode("ascii")
            genuine = hmac.compare_digest(signature, self._signature(text))
            town, address, issued_at = text.split(".")
        except (ValueError, binascii.Error):
            raise NotAllowed("This conversation cannot be opened. Please start a new one.") from None
        if not genuine or time.time() - int(issued_at) > self._seconds:
            raise NotAllowed("This conversation cannot be opened. Please start a new one.")
        return Ticket(town, address)

    def _signature(self, content: str) -> bytes:
        return hmac.digest(self._key, content.encode(), "sha256")


def signing_key(given: str | None, folder: Path) -> bytes:
    """Return the key that tokens are signed with: the one that is set, else one that is made once and kept."""
    if given:
        return given.encode()
    file = folder / "web.key"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = folder / f"web.key.{secrets.token_hex(4)}"
        draft.touch(mode=0o600)
        draft.write_bytes(secrets.token_bytes(_KEY_BYTES))
        draft.replace(file)
    return file.read_bytes()


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
