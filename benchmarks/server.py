"""The real server as a process of its own on a free loopback port."""

import asyncio
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

START_TIMEOUT_SECONDS = 60
STOP_TIMEOUT_SECONDS = 20
TURN_TIMEOUT_SECONDS = 30
PLAIN = (
    "HOTLINE_HOST=127.0.0.1",
    "HOTLINE_REST_KEYS=",
    "HOTLINE_PUBLIC_URL=",
    "HOTLINE_LOG_LEVEL=info",
    "HOTLINE_LOG_FORMAT=json",
)
"""Whatever ``.env`` says, the server answers this machine without a key."""


@dataclass(frozen=True)
class Server:
    """A server that is ready."""

    process: subprocess.Popen[bytes]
    session: ClientSession
    start_seconds: float
    """From the start of the process to the first 200 of ``/ready``."""

    def memory_megabytes(self) -> float:
        """Return the resident memory of the process (1 MB = 1,048,576 bytes)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        found = re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)
        assert found
        return int(found[1]) / 1024

    def cpu_seconds(self) -> float:
        """Return the processor time that the process has used so far (proc(5), fields 14 and 15 of stat)."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def running_server(database_url: str, folder: Path) -> AbstractAsyncContextManager[Server]:
    """Start the server, wait until it is ready, stop it at the end; its log goes into the folder."""
    port = free_port()
    own = (f"PORT={port}", f"HOTLINE_DATABASE_URL={database_url}", *PLAIN)
    return _running(port, ["env", *own, sys.executable, "-m", "assistant", "run"], folder, "/ready")


def running_echo(folder: Path) -> AbstractAsyncContextManager[Server]:
    """Start the bare echo in the same way."""
    port = free_port()
    return _running(port, [sys.executable, "-m", "benchmarks.echo", str(port)], folder, "/")


@asynccontextmanager
async def running_echo_chat(folder: Path) -> AsyncIterator[tuple[Server, str]]:
    """Start the web chat with a dialogue that only echoes; also return its address."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.echo_chat", str(port), f"sqlite:///{folder}/chat.db"]
    async with _running(port, command, folder, "/") as server:
        yield server, f"http://127.0.0.1:{port}"


@asynccontextmanager
async def _running(port: int, command: list[str], folder: Path, probe: str) -> AsyncIterator[Server]:
    log = folder / f"server-{port}.log"
    started = time.perf_counter()
    process = _start(command, log)
    timeout, connector = ClientTimeout(total=TURN_TIMEOUT_SECONDS), TCPConnector(limit=0)
    try:
        async with ClientSession(f"http://127.0.0.1:{port}", timeout=timeout, connector=connector) as session:
            await _wait_until_ready(session, process, log, probe)
            yield Server(process, session, time.perf_counter() - started)
    finally:
        _stop(process)


def free_port() -> int:
    """Return a port of the loopback interface that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _start(command: list[str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as out:
        return subprocess.Popen(command, stdout=out, stderr=out)


async def _wait_until_ready(session: ClientSession, process: subprocess.Popen[bytes], log: Path, probe: str) -> None:
    deadline = time.perf_counter() + START_TIMEOUT_SECONDS
    while process.poll() is None and time.perf_counter() < deadline:
        with suppress(ClientError):
            async with session.get(probe) as response:
                if response.status < 500:
                    return
        await asyncio.sleep(0.02)
    sys.exit(f"The server did not get ready within {START_TIMEOUT_SECONDS} s:\n{_last_words(log)}")


def _last_words(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")[-2000:]


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
