"""A real Chromium, a real server, and what the tests ask of every page."""

import json
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from assistant.hotline import Hotline
from tests.connectors.rest.conftest import served

AXE = Path("node_modules/axe-core/axe.min.js")
SHOTS = Path("var/screenshots")
QUESTION = "Was kostet ein Personalausweis?"


@dataclass
class Citizen:
    """Somebody with a browser."""

    browser: Browser
    base_url: str

    async def open(self, path: str = "/chat/brandis", **context: Any) -> Page:
        """Open a page in a browser of its own; every request and error is noted on it."""
        opened = await self.browser.new_context(**{"viewport": {"width": 1000, "height": 800}, "locale": "de-DE", **context})
        page = await opened.new_page()
        await page.goto(self.base_url + path)
        return page

    async def chat(self, **context: Any) -> Page:
        """Open the chat and wait until it can be used."""
        page = await self.open(**context)
        await page.get_by_label("Ihre Frage").wait_for()
        return page


async def ask(page: Page, text: str) -> None:
    """Type a question, send it, and wait for the answer."""
    field = page.get_by_label("Ihre Frage")
    answers = await page.locator("article.bot").count()
    await field.fill(text)
    await field.press("Enter")
    await page.locator("article.bot").nth(answers).wait_for()


async def violations(page: Page) -> list[str]:
    """Return what axe-core finds, each with the element it is about."""
    await page.add_script_tag(path=AXE) if not await page.evaluate("'axe' in window") else None
    found = await page.evaluate("axe.run(document, {resultTypes: ['violations']}).then((result) => result.violations)")
    return [f"{each['id']}: {json.dumps(node['target'])}" for each in found for node in each["nodes"]]


async def shot(page: Page, name: str) -> None:
    """Keep a picture for people to look at."""
    await page.screenshot(path=SHOTS / f"{name}.png")


def chromium_path() -> str:
    """Where Debian's Chromium is; without it the tests are skipped, and CI fails at a skip."""
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("Debian's package chromium is missing: the pages are not tested in a browser.")
    return found


@pytest_asyncio.fixture
async def citizen(hotline: Hotline) -> AsyncIterator[Citizen]:
    """A citizen with Chromium in front of a server on loopback."""
    chromium = chromium_path()
    async with served(hotline) as client, async_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
        browser = await playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield Citizen(browser, client.base_url)
        await browser.close()
