"""Copies wake each other through a real Redis, and go on without it."""

import asyncio
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.conversations.live import Follower, LiveConversations
from assistant.conversations.wake_calls import WakeCalls

SECONDS = 10


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    """A Redis of the test's own on a free loopback port."""
    server = shutil.which("redis-server")
    if server is None:
        pytest.skip("Debian's package redis-server is missing: nothing shows how copies wake each other.")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)], stdout=subprocess.DEVNULL
    )
    yield f"redis://127.0.0.1:{port}/0"
    process.terminate()
    process.wait(SECONDS)


async def test_an_answer_of_one_copy_wakes_the_followers_of_another(redis_url: str) -> None:
    here, there, follower = LiveConversations(), LiveConversations(), Follower()
    calls = [WakeCalls(live, redis_url) for live in (here, there)]
    for each in calls:
        each.start()
    async with asyncio.timeout(SECONDS):
        await asyncio.gather(*(each.is_listening.wait() for each in calls))
        with there.following("a", follower):
            here.wake("a")
            await follower.wait(SECONDS)
    for each in calls:
        await each.stop()


async def test_without_redis_the_own_followers_are_woken(tmp_path: Path) -> None:
    live, follower = LiveConversations(), Follower()
    calls = WakeCalls(live, "redis://127.0.0.1:1/0")
    calls.start()
    async with asyncio.timeout(SECONDS):
        with live.following("a", follower):
            live.wake("a")
            await follower.wait(SECONDS)
    await calls.stop()


async def test_who_leaves_waits_no_longer() -> None:
    follower = Follower()
    follower.leave()
    async with asyncio.timeout(1):
        await follower.wait(SECONDS)
    assert follower.is_gone
