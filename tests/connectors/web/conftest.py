"""A real server on a free loopback port, and citizens who chat over sockets, events and posts."""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest_asyncio
import websockets
from websockets.asyncio.client import ClientConnection

from assistant.hotline import Hotline
from tests.connectors.rest.conftest import served

Frame = dict[str, Any]
SECONDS = 10


@dataclass
class Socket:
    """One open socket."""

    connection: ClientConnection

    async def send(self, **frame: Any) -> None:
        """Send one frame."""
        await self.connection.send(json.dumps(frame))

    async def next(self, kind: str | None = None) -> Frame:
        """Return the next frame, or the next of a kind."""
        async with asyncio.timeout(SECONDS):
            while True:
                frame: Frame = json.loads(await self.connection.recv())
                if kind is None or frame["t"] == kind:
                    return frame

    async def next_within(self, seconds: float) -> Frame:
        """Return the next message of either side, however long it takes."""
        async with asyncio.timeout(seconds):
            while True:
                frame: Frame = json.loads(await self.connection.recv())
                if frame["t"] == "msg":
                    return frame

    async def answer(self) -> Frame:
        """Return the next message that is not the citizen's own."""
        while (frame := await self.next("msg"))["from"] == "citizen":
            pass
        return frame

    async def ask(self, text: str, message_id: str | None = None) -> Frame:
        """Say something and return the first message of the answer."""
        await self.send(t="msg", id=message_id or secrets.token_hex(8), text=text)
        return await self.answer()


@dataclass(frozen=True)
class WebClient:
    """A browser's view of the server."""

    http: httpx.AsyncClient
    base_url: str

    @property
    def origin(self) -> dict[str, str]:
        """The header that our own pages send."""
        return {"Origin": self.base_url}

    async def session(self, **body: Any) -> str:
        """Open a session and return its token."""
        response = await self.http.post("/webhooks/web/session", json=body, headers=self.origin)
        assert response.status_code == 200, response.text
        return str(response.json()["token"])

    def socket(self, token: str, last: int = 0, origin: str | None = None) -> AbstractAsyncContextManager[Socket]:
        """Open a socket and say hello."""
        return self._socket(token, last, origin or self.base_url)

    @asynccontextmanager
    async def _socket(self, token: str, last: int, origin: str) -> AsyncIterator[Socket]:
        address = self.base_url.replace("http", "ws") + "/webhooks/web/socket"
        protocols = [websockets.Subprotocol("chat.v1"), websockets.Subprotocol(f"t.{token}")]
        async with websockets.connect(
            address, subprotocols=protocols, origin=websockets.Origin(origin), proxy=None
        ) as connection:
            socket = Socket(connection)
            await socket.send(t="hello", last=last)
            assert (await socket.next())["t"] == "welcome"
            yield socket

    async def post(self, token: str, **frame: Any) -> httpx.Response:
        """Send one frame by POST."""
        headers = {**self.origin, "Authorization": f"Bearer {token}"}
        return await self.http.post("/webhooks/web/frames", json=frame, headers=headers)


@pytest_asyncio.fixture
async def web(hotline: Hotline) -> AsyncIterator[WebClient]:
    """A client of a server on loopback."""
    async with served(hotline) as client:
        yield WebClient(client.http, client.base_url)
