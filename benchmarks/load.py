"""Some clients at once, each with one conversation after the other; each waits for the answer before it speaks again."""

import asyncio
import math
import secrets
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from aiohttp import ClientSession

from benchmarks.citizen import Citizen, Turn
from benchmarks.script import Talk

PreparedTalk = tuple[Citizen, tuple[str, ...]]
"""A citizen and what they still have to say."""


@dataclass(frozen=True)
class Figures:
    """What one measurement found."""

    clients: int
    conversations: int
    seconds: float
    milliseconds: tuple[float, ...]
    """Of every request, sorted."""
    kinds: Counter[str]
    cpu_seconds: float = 0.0
    """That the server's process used meanwhile, on all cores together."""

    @property
    def per_second(self) -> float:
        """Requests answered in a second by all clients together."""
        return len(self.milliseconds) / self.seconds

    @property
    def cpu_milliseconds(self) -> float:
        """Processor time of the server per request; other programs on the machine hardly change it."""
        return 1000 * self.cpu_seconds / len(self.milliseconds)

    def percentile(self, share: float) -> float:
        """Return the time that this share of the requests did not exceed (nearest rank)."""
        return self.milliseconds[max(math.ceil(share * len(self.milliseconds)) - 1, 0)]


async def prepared(session: ClientSession, talks: Iterable[Talk]) -> list[PreparedTalk]:
    """Say the openings, which are not measured."""
    return [(await _opened(session, talk), talk.turns) for talk in talks]


async def play(talks: Iterator[PreparedTalk], clients: int, seconds: float) -> Figures:
    """Let the clients share the conversations until those or the time run out."""
    turns: list[Turn] = []
    done: list[Citizen] = []
    started = time.perf_counter()

    async def client() -> None:
        for citizen, texts in talks:
            done.append(citizen)
            for text in texts:
                if time.perf_counter() - started > seconds:
                    return
                turns.append(await citizen.say(text))

    await asyncio.gather(*(client() for _ in range(clients)))
    took = time.perf_counter() - started
    kinds = Counter(turn.kind for turn in turns)
    return Figures(clients, len(done), took, tuple(sorted(turn.milliseconds for turn in turns)), kinds)


def fresh(session: ClientSession, talks: Iterable[Talk]) -> Iterator[PreparedTalk]:
    """Yield conversations that begin with the first measured turn."""
    return ((Citizen(session, secrets.token_hex(8)), talk.turns) for talk in talks)


async def send_back(session: ClientSession, path: str, clients: int, seconds: float) -> Figures:
    """Let the clients post a message again and again: what server, client and loopback do without a dialogue."""
    milliseconds: list[float] = []
    started = time.perf_counter()

    async def client() -> None:
        message = {"sender": secrets.token_hex(8), "message": "Was kostet ein Personalausweis?"}
        while (begun := time.perf_counter()) - started < seconds:
            async with session.post(path, json=message) as response:
                await response.json()
            milliseconds.append((time.perf_counter() - begun) * 1000)

    await asyncio.gather(*(client() for _ in range(clients)))
    return Figures(clients, 0, time.perf_counter() - started, tuple(sorted(milliseconds)), Counter())


async def _opened(session: ClientSession, talk: Talk) -> Citizen:
    citizen = Citizen(session, secrets.token_hex(8))
    for text in talk.opening:
        await citizen.say(text)
    return citizen
