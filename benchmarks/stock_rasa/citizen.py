"""One citizen who talks to stock Rasa over its REST channel."""

import secrets
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from aiohttp import ClientSession

from benchmarks.citizen import Citizen, Turn
from benchmarks.load import PreparedTalk
from benchmarks.script import Talk

PAYLOADS = {"1": "#1", "2": "#2", "3": "#3", "ja": "/affirm", "nein": "/deny"}
"""Stock Rasa sends every text through DIET; what our planner reads without a model is said as a button there."""
WITHOUT_BUTTON = "/deny"


class StockCitizen(Citizen):
    """One conversation; stock Rasa sends ``custom`` as a message of its own, and sometimes nothing at all."""

    async def say(self, text: str) -> Turn:
        """Send a text, or for ``#n`` the payload of the nth button of the last answer."""
        body = {"sender": self.sender, "message": self._message(text)}
        started = time.perf_counter()
        async with self.session.post("/webhooks/rest/webhook", json=body) as response:
            response.raise_for_status()
            messages: list[dict[str, Any]] = await response.json()
        took = (time.perf_counter() - started) * 1000
        self.payloads = [button["payload"] for message in messages for button in message.get("buttons", ())]
        kinds = (message["custom"]["type"] for message in messages if "custom" in message)
        return Turn(took, next(kinds, "text only" if messages else "nothing"))

    def _message(self, text: str) -> str:
        said = super()._message(text)
        return WITHOUT_BUTTON if text.startswith("#") and said.isdigit() else said


def as_payload(text: str) -> str:
    """Return what stands for a digit, a yes or a no; any other text as it is."""
    return PAYLOADS.get(text, text)


def with_payloads(talks: Iterable[Talk]) -> Iterator[Talk]:
    """Yield the talks with every measured text as a button or an intent."""
    return (replace(talk, turns=tuple(map(as_payload, talk.turns))) for talk in talks)


def fresh(session: ClientSession, talks: Iterable[Talk]) -> Iterator[PreparedTalk]:
    """Yield conversations that begin with the first measured turn."""
    return ((StockCitizen(session, secrets.token_hex(8)), talk.turns) for talk in talks)


async def prepared(session: ClientSession, talks: Iterable[Talk]) -> list[PreparedTalk]:
    """Say the openings, which are not measured."""
    opened: list[PreparedTalk] = []
    for talk in talks:
        citizen = StockCitizen(session, secrets.token_hex(8))
        for text in talk.opening:
            await citizen.say(text)
        opened.append((citizen, talk.turns))
    return opened
