"""Wakes the followers of other copies through Redis: only a call to look, never what was said."""

import asyncio
import contextlib

from redis.asyncio import Redis
from redis.exceptions import RedisError

from assistant.conversations.live import LiveConversations
from assistant.journal import get_journal

_journal = get_journal("live")
CHANNEL = "hotline:wake"
PAUSE_SECONDS = 2.0
"""After a failure; meanwhile followers look by themselves every few seconds."""


class WakeCalls:
    """Passes the calls of one copy on to the others."""

    def __init__(self, live: LiveConversations, url: str) -> None:
        self._live = live
        self._redis = Redis.from_url(url, socket_connect_timeout=2, decode_responses=True)
        self._listening: asyncio.Task[None] | None = None
        self._sending: set[asyncio.Task[None]] = set()
        self.is_listening = asyncio.Event()

    def start(self) -> None:
        """Begin to listen, and to pass on what happens here."""
        self._live.pass_on = self._call
        self._listening = asyncio.create_task(self._listen())

    async def stop(self) -> None:
        """End; calls under way are finished."""
        self._live.pass_on = None
        if self._listening:
            self._listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._listening
        await asyncio.gather(*self._sending, return_exceptions=True)
        await self._redis.aclose()

    def _call(self, key: str) -> None:
        task = asyncio.create_task(self._publish(key))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _publish(self, key: str) -> None:
        with contextlib.suppress(RedisError, OSError):  # the others look by themselves before long
            await self._redis.publish(CHANNEL, key)

    async def _listen(self) -> None:
        while True:
            try:
                await self._hear()
            except (RedisError, OSError) as error:
                self.is_listening.clear()
                _journal.warning("wake_calls_interrupted", error=type(error).__name__)
            await asyncio.sleep(PAUSE_SECONDS)

    async def _hear(self) -> None:
        async with self._redis.pubsub(ignore_subscribe_messages=True) as calls:
            await calls.subscribe(CHANNEL)
            self.is_listening.set()
            async for call in calls.listen():
                self._live.wake_here(str(call["data"]))
