"""Of many copies one does the background work; when it dies, another takes over within 30 s."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio

from assistant.background import PAUSE_SECONDS, BackgroundWork
from assistant.database.leases import Lease
from assistant.hotline import Hotline
from tests.durability.stored import rows
from tests.hotlines import TestClock

TAKEN_OVER_WITHIN_SECONDS = 30
Works = tuple[BackgroundWork, BackgroundWork]


@pytest_asyncio.fixture
async def works(any_hotline: Hotline) -> AsyncIterator[Works]:
    """The workers of two copies on one database."""
    yield BackgroundWork(any_hotline), BackgroundWork(replace(any_hotline, name="second"))


async def rounds(work: BackgroundWork, clock: TestClock, *seconds: float) -> list[bool]:
    """Try a round at each of these moments, and tell which of them this copy did."""
    return [await work.run_once(clock.now + timedelta(seconds=moment)) for moment in seconds]


async def test_while_the_first_copy_lives_the_second_never_works(works: Works, clock: TestClock) -> None:
    first, second = works
    done = []
    for _ in range(12):
        done += [await first.run_once(clock.now), await second.run_once(clock.now)]
        clock.advance(seconds=PAUSE_SECONDS)
    assert done == [True, False] * 12


@pytest.mark.parametrize("phase", [0.01, 2.5, 4.99])
async def test_a_second_copy_takes_over_within_thirty_seconds_after_the_first_died(
    works: Works, clock: TestClock, phase: float
) -> None:
    """Whenever between two rounds of the second the first dies."""
    first, second = works
    await first.run_once(clock.now)
    moments = [phase + number * PAUSE_SECONDS for number in range(TAKEN_OVER_WITHIN_SECONDS // PAUSE_SECONDS + 1)]
    done = dict(zip(moments, await rounds(second, clock, *moments), strict=True))
    assert min(moment for moment, worked in done.items() if worked) <= TAKEN_OVER_WITHIN_SECONDS


async def test_a_copy_that_wakes_up_after_it_was_replaced_does_not_work(works: Works, clock: TestClock) -> None:
    first, second = works
    await first.run_once(clock.now)
    assert await rounds(second, clock, 25) == [True]
    assert await rounds(first, clock, 26) == [False]


async def test_a_copy_that_stops_hands_the_work_on_at_once(works: Works, clock: TestClock) -> None:
    first, second = works
    await first.run_once(clock.now)
    await first.stop()
    assert await second.run_once(clock.now)


async def test_a_failed_round_does_not_end_the_worker(any_hotline: Hotline, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    ended = asyncio.Event()

    async def answer_unhandled() -> int:
        tried.append("round")
        if len(tried) == 1:
            raise RuntimeError
        ended.set()
        return 0

    async def go_on(_seconds: float) -> None:
        await asyncio.Event().wait() if ended.is_set() else None

    monkeypatch.setattr(any_hotline.reception, "answer_unhandled", answer_unhandled)
    monkeypatch.setattr("assistant.background.asyncio.sleep", go_on)
    work = BackgroundWork(any_hotline)
    work.start()
    await ended.wait()
    await work.stop()
    assert tried == ["round", "round"]
    assert await rows(any_hotline.database, Lease) == []
