"""Wakes whoever shows a conversation live when something new is stored; what is new is read from the messages table."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

LONGEST_FAREWELL_SECONDS = 3.0
Read = TypeVar("Read")


@dataclass(eq=False)
class Follower:
    """Somebody who follows a conversation: an open socket, a stream of events, a clerk's page."""

    is_gone: bool = False
    _woken: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self) -> None:
        """Tell that something may be new."""
        self._woken.set()

    def leave(self) -> None:
        """End following; whoever waits goes on at once and sees that it is over."""
        self.is_gone = True
        self._woken.set()

    async def wait(self, seconds: float) -> None:
        """Wait until something may be new, at most so long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        self._woken.clear()


class LiveConversations:
    """The conversations that somebody of this copy follows."""

    def __init__(self) -> None:
        self._followers: dict[str, set[Follower]] = defaultdict(set)
        self._visitors: set[Follower] = set()
        self._reads: set[asyncio.Task[Any]] = set()
        self.pass_on: Callable[[str], None] | None = None
        """Tells other copies; None: there are none, or they look by themselves."""

    async def read(self, reading: Coroutine[Any, Any, Read]) -> Read:
        """Let a read come to its end although whoever waits for it is gone: cut off, it would leave a connection open."""
        task = asyncio.create_task(reading)
        self._reads.add(task)
        task.add_done_callback(self._reads.discard)
        return await asyncio.shield(task)

    @contextmanager
    def visiting(self, follower: Follower) -> Iterator[None]:
        """Know of a follower for as long as it may read."""
        self._visitors.add(follower)
        try:
            yield
        finally:
            self._visitors.discard(follower)

    async def finish(self) -> None:
        """Send every follower away and wait for the reads that are under way, so that the database can be closed."""
        for follower in set(self._visitors):
            follower.leave()
        deadline = asyncio.get_running_loop().time() + LONGEST_FAREWELL_SECONDS
        while (self._visitors or self._reads) and asyncio.get_running_loop().time() < deadline:  # noqa: ASYNC110 - bounded
            await asyncio.sleep(0.01)

    @contextmanager
    def following(self, key: str, follower: Follower) -> Iterator[None]:
        """Wake a follower whenever the conversation (or what stands for it before it exists) has something new."""
        self._followers[key].add(follower)
        try:
            yield
        finally:
            self._followers[key].discard(follower)
            if not self._followers[key]:
                del self._followers[key]

    def wake(self, key: str) -> None:
        """Tell every follower, of other copies too, that something new is stored."""
        self.wake_here(key)
        if self.pass_on is not None:
            self.pass_on(key)

    def wake_here(self, key: str) -> None:
        """Tell the followers of this copy."""
        for follower in self._followers.get(key, ()):
            follower.wake()
