"""Wakes whoever shows a conversation live when something new is stored; what is new is read from the messages table."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager


class LiveConversations:
    """The conversations that somebody of this copy is watching."""

    def __init__(self) -> None:
        self._watchers: dict[str, set[asyncio.Event]] = defaultdict(set)

    @contextmanager
    def watching(self, conversation_id: str) -> Iterator[asyncio.Event]:
        """Return an event that is set whenever the conversation has something new; clear it before reading."""
        event = asyncio.Event()
        self._watchers[conversation_id].add(event)
        try:
            yield event
        finally:
            self._watchers[conversation_id].discard(event)
            if not self._watchers[conversation_id]:
                del self._watchers[conversation_id]

    def wake(self, conversation_id: str) -> None:
        """Tell every watcher that something new is stored."""
        for event in self._watchers.get(conversation_id, ()):
            event.set()

    @property
    def watched(self) -> int:
        """How many watchers there are."""
        return sum(len(events) for events in self._watchers.values())
