"""What runs beside the answers: what a dead copy left behind, and deletion. One copy at a time does it, under a lease."""

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta

from assistant.conversations import metrics
from assistant.conversations.retention import delete_expired
from assistant.database.leases import acquire, release
from assistant.hotline import Hotline
from assistant.journal import get_journal, log_failure
from knowledge_base.ordinary_words import forget_words

_journal = get_journal("background")
LEASE = "background"
LEASE_SECONDS = 22
WORDS_REMEMBERED = timedelta(minutes=10)
PAUSE_SECONDS = 5
"""Another copy asks for the lease this often; both together stay below the 30 s within which it must take over."""


class BackgroundWork:
    """The worker of one copy."""

    def __init__(self, hotline: Hotline) -> None:
        self._hotline = hotline
        self._task: asyncio.Task[None] | None = None
        self._forgot_words_at = datetime.now(UTC)

    def start(self) -> None:
        """Begin; the first round comes at once, so that a restart answers what was left."""
        self._task = asyncio.create_task(self._work())

    async def stop(self) -> None:
        """End and hand the lease on."""
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        async with self._hotline.database.writing() as session:
            await release(session, LEASE, self._hotline.name)

    async def run_once(self, now: datetime) -> bool:
        """Do one round if this copy holds the lease; tell whether it did. What is in memory every copy drops itself."""
        self._hotline.dialogue.forget_idle(now)
        self._forget_words(now)
        async with self._hotline.database.writing() as session:
            if not await acquire(session, LEASE, self._hotline.name, now, LEASE_SECONDS):
                return False
        answered = await self._hotline.reception.answer_unhandled()
        if answered:
            _journal.info("unhandled_answered", messages=answered)
        await self._delete(now)
        return True

    def _forget_words(self, now: datetime) -> None:
        """Empty the memories of single words now and then, so that no citizen's word outlives its deletion there."""
        if now - self._forgot_words_at >= WORDS_REMEMBERED:
            self._forgot_words_at = now
            forget_words()
            for town in self._hotline.towns.values():
                town.search.spelling.forget()

    async def _delete(self, now: datetime) -> None:
        async with self._hotline.database.writing() as session:
            counts, gone = await delete_expired(session, now)
        for conversation_id in gone:
            self._hotline.dialogue.forget(conversation_id)
        for table, rows in counts.items():
            metrics.DELETED.labels(table).inc(rows)
        if any(counts.values()):
            _journal.info("expired_deleted", **counts)

    async def _work(self) -> None:
        while True:
            try:
                await self.run_once(datetime.now(UTC))
            except Exception as error:  # noqa: BLE001 - one of the four named places: the worker's loop goes on
                log_failure(_journal, "background_failed", error)
            await asyncio.sleep(PAUSE_SECONDS)
