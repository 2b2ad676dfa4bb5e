"""Wakes whoever shows a conversation live when something new is stored; what is new is read from the messages table."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


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
        self.pass_on: Callable[[str], None] | None = None
        """Tells other copies; None: there are none, or they look by themselves."""

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
