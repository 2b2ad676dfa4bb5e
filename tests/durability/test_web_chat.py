"""A real server is killed right after it confirmed a message; its next start answers in the same chat."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.connectors.web.conftest import WebClient

START_SECONDS = 60
ANSWER_SECONDS = 60


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def server(port: int, database: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The server as a process of its own; killed at the end if it still lives."""
    own = {"PORT": str(port), "HOTLINE_DATABASE_URL": f"sqlite:///{database}"}
    process = subprocess.Popen([sys.executable, "-m", "assistant", "run"], env={**os.environ, **own}, stdout=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


async def until_ready(http: httpx.AsyncClient) -> None:
    """Wait until the server answers that it is ready."""
    async with asyncio.timeout(START_SECONDS):
        while True:
            try:
                if (await http.get("/ready")).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.2)


async def test_what_was_confirmed_is_answered_although_the_server_was_killed(tmp_path: Path) -> None:
    port, database = free_port(), tmp_path / "chat.db"
    base_url = f"http://127.0.0.1:{port}"
    async with httpx.AsyncClient(base_url=base_url, trust_env=False, timeout=30) as http:
        web = WebClient(http, base_url)
        with server(port, database) as process:
            await until_ready(http)
            token = await web.session()
            confirmed = await web.post(token, t="msg", id="one", text="Was kostet ein Personalausweis?")
            process.kill()
        assert confirmed.json() == {"t": "ack", "id": "one", "seq": 1}
        with server(port, database):
            await until_ready(http)
            async with asyncio.timeout(ANSWER_SECONDS), web.socket(token) as socket_:
                seen = [await socket_.next_within(ANSWER_SECONDS) for _ in range(2)]
    assert [(frame["seq"], frame["from"]) for frame in seen] == [(1, "citizen"), (2, "bot")]
    assert seen[1]["custom"]["service"] == "personalausweis"
