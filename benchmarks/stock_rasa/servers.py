"""``rasa run`` and ``rasa run actions`` as two processes on free loopback ports."""

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

from benchmarks.server import STOP_TIMEOUT_SECONDS, TURN_TIMEOUT_SECONDS, Server, free_port
from benchmarks.stock_rasa.project import HERE, RASA, ROOT

START_TIMEOUT_SECONDS = 180
SETTINGS = ("--endpoints", str(HERE / "endpoints.yml"), "--credentials", str(HERE / "credentials.yml"))
ACTIONS = "benchmarks.stock_rasa.actions"


@dataclass(frozen=True)
class StockServers:
    """Both processes, ready."""

    rasa: Server
    """``rasa run``, which takes the messages."""
    actions: Server
    """``rasa run actions``, which only the other one asks."""

    def cpu_seconds(self) -> float:
        """Return the processor time that both have used so far."""
        return self.rasa.cpu_seconds() + self.actions.cpu_seconds()


@asynccontextmanager
async def running_stock(model: Path, database_url: str, folder: Path) -> AsyncIterator[StockServers]:
    """Start both at once, wait until both are ready, stop them at the end; logs and call-backs go into the folder."""
    rasa_port, actions_port = free_port(), free_port()
    rasa_address, actions_address = (f"http://127.0.0.1:{port}" for port in (rasa_port, actions_port))
    database = (f"STOCK_DATABASE_URL={database_url}", f"STOCK_ACTIONS_PORT={actions_port}")
    rasa_run = (*database, *RASA, "run", "--model", str(model), *SETTINGS, "--interface", "127.0.0.1", "--port", str(rasa_port))
    own_code = (f"PYTHONPATH={ROOT}", "SANIC_HOST=127.0.0.1")
    actions_run = (*own_code, *RASA, "run", "actions", "--actions", ACTIONS, "--port", str(actions_port))
    started = time.perf_counter()
    with _running(actions_run, folder / "actions.log") as actions, _running(rasa_run, folder / "rasa.log") as rasa:
        timeout, connector = ClientTimeout(total=TURN_TIMEOUT_SECONDS), TCPConnector(limit=0)
        async with ClientSession(rasa_address, timeout=timeout, connector=connector) as session:
            await _wait_until_ready(f"{actions_address}/health", actions, folder / "actions.log")
            await _wait_until_ready(f"{rasa_address}/webhooks/rest/", rasa, folder / "rasa.log")
            seconds = time.perf_counter() - started
            yield StockServers(Server(rasa, session, seconds), Server(actions, session, seconds))


@contextmanager
def _running(command: tuple[str, ...], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as out:
        process = subprocess.Popen(["env", *command], cwd=log.parent, stdout=out, stderr=out)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_TIMEOUT_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


async def _wait_until_ready(page: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Rasa opens its port only when the model is loaded."""
    deadline = time.perf_counter() + START_TIMEOUT_SECONDS
    async with ClientSession() as session:
        while process.poll() is None and time.perf_counter() < deadline:
            with suppress(ClientError):
                async with session.get(page) as response:
                    if response.status == 200:
                        return
            await asyncio.sleep(0.02)
    sys.exit(f"Stock Rasa did not get ready:\n{_last_words(log)}")


def _last_words(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")[-2000:]
