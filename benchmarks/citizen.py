"""One citizen who talks to the server over the REST channel."""

import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession


@dataclass(frozen=True)
class Turn:
    """One answered message."""

    milliseconds: float
    """From the request to the last byte of the answer, as the client sees it."""
    kind: str
    """Type of the first message of the answer."""


@dataclass
class Citizen:
    """One conversation; remembers the buttons of the last answer."""

    session: ClientSession
    sender: str
    payloads: list[str] = field(default_factory=list)

    async def say(self, text: str) -> Turn:
        """Send a text, or for ``#n`` the nth button; without buttons the digit is typed."""
        body = {"sender": self.sender, "message": self._message(text)}
        started = time.perf_counter()
        async with self.session.post("/webhooks/rest/webhook", json=body) as response:
            response.raise_for_status()
            messages: list[dict[str, Any]] = await response.json()
        took = (time.perf_counter() - started) * 1000
        self.payloads = [button["payload"] for message in messages for button in message.get("buttons", ())]
        return Turn(took, messages[0]["custom"]["type"])

    def _message(self, text: str) -> str:
        if not text.startswith("#"):
            return text
        number = int(text[1:])
        return self.payloads[number - 1] if number <= len(self.payloads) else str(number)
