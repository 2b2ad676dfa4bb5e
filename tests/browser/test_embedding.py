"""A town's own page shows the chat: on another origin, under a strict policy, in a frame and inline."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from playwright.async_api import async_playwright

from assistant.hotline import Hotline
from assistant.towns.served import ServedTowns
from tests.browser.conftest import QUESTION, SHOTS, Citizen, chromium_path
from tests.connectors.rest.conftest import served

POLICIES = {
    "frame": "default-src 'none'; script-src {home}; frame-src {home}",
    "inline": "default-src 'none'; script-src {home}; connect-src {home} {socket}",
}


@asynccontextmanager
async def town_page(listener: socket.socket, script: str, policy: str) -> AsyncIterator[None]:
    """Serve a page of the town's own on another port, which is another origin."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        body = f'<!doctype html><html lang="de"><title>Stadt</title><h1>Rathaus</h1><body>{script}</body></html>'.encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Security-Policy: {policy}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, sock=listener):
        yield


def with_origin(hotline: Hotline, origin: str) -> Hotline:
    """The hotline whose town lets another page show the chat."""
    town = hotline.towns["brandis"]
    profile = replace(town.profile, web_origins=(origin,))
    return replace(hotline, towns=ServedTowns({"brandis": replace(town, profile=profile)}, "brandis"))


@pytest.mark.parametrize("mode", ["frame", "inline"])
async def test_the_chat_answers_on_a_page_of_the_town_under_a_strict_policy(hotline: Hotline, mode: str) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    origin = f"http://127.0.0.1:{listener.getsockname()[1]}"
    async with served(with_origin(hotline, origin)) as client:
        home = client.base_url
        policy = POLICIES[mode].format(home=home, socket=home.replace("http", "ws"))
        script = f'<script src="{home}/widget.js" data-town="brandis" data-mode="{mode}" async></script>'
        async with town_page(listener, script, policy), async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
            page = await Citizen(browser, origin).open("/")
            await page.get_by_role("button", name="Chat mit der Stadt öffnen").click()
            inside = page.frame_locator("iframe") if mode == "frame" else page
            await inside.get_by_label("Ihre Frage").fill(QUESTION)
            await inside.get_by_label("Ihre Frage").press("Enter")
            answer = inside.locator("article.bot")
            await answer.wait_for()
            await page.screenshot(path=SHOTS / f"embedded-{mode}.png")
            assert "46 Euro" in await answer.inner_text()
            await browser.close()
