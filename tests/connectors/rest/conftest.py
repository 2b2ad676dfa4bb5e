"""A real server on a free loopback port, and clients who talk to it over HTTP."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import httpx
import pytest
import pytest_asyncio
from sanic import Sanic

from assistant.hotline import Hotline
from assistant.server import make_app
from tests.hotlines import Message

WEBHOOK = "/webhooks/rest/webhook"
Serve = Callable[..., AbstractAsyncContextManager["RestClient"]]


@dataclass(frozen=True)
class RestClient:
    """Somebody who builds on the REST way in."""

    http: httpx.AsyncClient
    base_url: str

    async def say(self, message: str, sender: str = "anna", **more: Any) -> list[Message]:
        """Say something and return the answer's messages."""
        response = await self.post({"sender": sender, "message": message, **more})
        assert response.status_code == 200, response.text
        messages: list[Message] = response.json()
        return messages

    async def post(self, body: object, **headers: str) -> httpx.Response:
        """Post any JSON to the webhook."""
        return await self.http.post(WEBHOOK, json=body, headers=headers)

    async def post_bytes(self, body: bytes) -> httpx.Response:
        """Post any bytes to the webhook."""
        return await self.http.post(WEBHOOK, content=body)

    async def send_raw(self, request: bytes) -> bytes:
        """Write bytes to the socket as no HTTP library would, and return all that comes back."""
        host, port = self.base_url.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(request)
        async with asyncio.timeout(10):
            answer = await reader.read()
        writer.close()
        await writer.wait_closed()
        return answer


@asynccontextmanager
async def served(hotline: Hotline, **settings: Any) -> AsyncIterator[RestClient]:
    """Serve a hotline under other settings; without the background work, which follows the real clock."""
    app = make_app(replace(hotline, settings=replace(hotline.settings, **settings)))
    app.config.TOUCHUP = False  # Sanic rewrites its own methods at the start, which works once per process
    listener = socket.create_server(("127.0.0.1", 0))
    base_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    server = await app.create_server(sock=listener, return_asyncio_server=True)
    assert server is not None
    try:
        await server.startup()
        async with httpx.AsyncClient(base_url=base_url, trust_env=False, timeout=30) as http:
            yield RestClient(http, base_url)
    finally:
        server.close()
        await server.wait_closed()
        Sanic.unregister_app(app)


@pytest.fixture
def serve(hotline: Hotline) -> Serve:
    """Serves the hotline under other settings: ``async with serve(host="0.0.0.0") as client``."""
    return lambda **settings: served(hotline, **settings)


@pytest_asyncio.fixture
async def rest_client(hotline: Hotline) -> AsyncIterator[RestClient]:
    """A client of a server without keys on loopback."""
    async with served(hotline) as client:
        yield client
