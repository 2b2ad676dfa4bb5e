"""``python -m benchmarks.chat_load``: many open web chats, some of which speak. Is anything lost, how long do answers take?"""

import asyncio
import json
import secrets
import sys
import tempfile
import time
from pathlib import Path

import websockets
from aiohttp import ClientSession
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.server import Server, running_echo_chat

SOCKETS = 2_000
MESSAGES_PER_SECOND = 50
SECONDS = 20
LONGEST_ANSWER_SECONDS = 10


async def open_socket(home: str, session: ClientSession) -> ClientConnection:
    """Open one chat and say hello."""
    async with session.post(f"{home}/webhooks/web/session", json={}, headers={"Origin": home}) as response:
        token = (await response.json())["token"]
    protocols = [websockets.Subprotocol("chat.v1"), websockets.Subprotocol(f"t.{token}")]
    address = home.replace("http", "ws") + "/webhooks/web/socket"
    socket = await connect(address, subprotocols=protocols, origin=websockets.Origin(home), proxy=None, ping_interval=None)
    await socket.send(json.dumps({"t": "hello", "last": 0}))
    await socket.recv()
    return socket


async def ask(socket: ClientConnection) -> float | None:
    """Say something; return the seconds until it is said back, ``None`` when it is lost."""
    text = secrets.token_hex(8)
    started = time.perf_counter()
    await socket.send(json.dumps({"t": "msg", "id": text, "text": text}))
    try:
        async with asyncio.timeout(LONGEST_ANSWER_SECONDS):
            while True:
                frame = json.loads(await socket.recv())
                if frame["t"] == "msg" and frame["from"] == "bot" and frame["text"] == text:
                    return time.perf_counter() - started
    except TimeoutError:
        return None


async def measure(server: Server, home: str) -> None:
    """Open all sockets, speak for a while, print what came of it."""
    sockets = [await open_socket(home, server.session) for _ in range(SOCKETS)]
    memory, used, began = server.memory_megabytes(), server.cpu_seconds(), time.perf_counter()
    speaking = []
    for number in range(MESSAGES_PER_SECOND * SECONDS):
        await asyncio.sleep(max(0.0, began + number / MESSAGES_PER_SECOND - time.perf_counter()))
        speaking.append(asyncio.create_task(ask(sockets[number % SOCKETS])))
    times = await asyncio.gather(*speaking)
    heard = sorted(seconds * 1000 for seconds in times if seconds is not None)
    share = (server.cpu_seconds() - used) / (time.perf_counter() - began)
    p50, p95, p99 = (heard[int(len(heard) * part)] for part in (0.5, 0.95, 0.99))
    lost = len(times) - len(heard)
    print(f"{SOCKETS} open sockets, {MESSAGES_PER_SECOND} messages/s for {SECONDS} s: lost {lost} of {len(times)}")
    print(f"p50 {p50:.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms; memory {memory:.0f} MB, {share:.0%} of one core")
    for socket in sockets:
        await socket.close()


async def main() -> None:
    """Run once on SQLite in a temporary folder."""
    with tempfile.TemporaryDirectory() as name:
        async with running_echo_chat(Path(name)) as (server, home):
            await measure(server, home)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
