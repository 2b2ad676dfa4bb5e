"""Pytest plug-in: the whole hotline on a fresh database, with a clock that tests move and citizens who talk to it."""

import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from assistant.conversations.inbound import Inbound
from assistant.conversations.reception import Reception, as_json
from assistant.database.session import Database
from assistant.dialogue.dialogue import Dialogue
from assistant.emergencies.training import ensure_emergency_model
from assistant.encoders import make_encoder
from assistant.hotline import Hotline
from assistant.settings import Secret, Settings, load_settings
from assistant.texts import Texts
from assistant.towns.served import ServedTowns, serve_towns
from knowledge_base.sentence_model import SentenceModel

TUESDAY_MORNING = datetime(2026, 11, 24, 9, 30, tzinfo=ZoneInfo("Europe/Berlin"))
Message = dict[str, Any]


@dataclass
class TestClock:
    """A clock that stands still until it is moved."""

    __test__ = False
    now: datetime = TUESDAY_MORNING

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **delta: float) -> None:
        """Move on, for example ``advance(minutes=5)``."""
        self.now += timedelta(**delta)


@dataclass
class Citizen:
    """Somebody in a conversation."""

    reception: Reception
    town: str = "brandis"
    channel: str = "rest"
    address: str = field(default_factory=lambda: secrets.token_hex(8))

    async def say(self, text: str, message_id: str | None = None) -> list[Message]:
        """Say something and return the answer's messages."""
        inbound = Inbound(self.town, self.channel, self.address, text, message_id)
        return [as_json(reply, "you") for reply in await self.reception.receive(inbound)]

    async def chat(self, *texts: str) -> list[Message]:
        """Say several things one after the other and return the last answer."""
        answers: list[Message] = []
        for text in texts:
            answers = await self.say(text)
        return answers


@dataclass(frozen=True)
class Prepared:
    """What takes long to make and does not change: towns and the trained dialogue."""

    settings: Settings
    towns: ServedTowns
    dialogue: Dialogue
    emergencies: SentenceModel


@pytest.fixture(scope="session")
def prepared() -> Prepared:
    """Embed and train once (cached by content in the data folder)."""
    from assistant.dialogue.training import ensure_model, everyday_sentences

    settings = load_settings({}, Path("/nonexistent"))
    settings.data_folder.mkdir(exist_ok=True)
    encoder = make_encoder(settings)
    towns = serve_towns(settings.towns_folder, settings.town, encoder, everyday_sentences())
    models = settings.data_folder / "models"
    model = ensure_model(models, encoder, lambda _: None)
    emergencies = ensure_emergency_model(models, encoder, lambda _: None)
    return Prepared(settings, towns, Dialogue.load(model, emergencies, settings), emergencies)


@pytest.fixture
def clock() -> TestClock:
    """Tuesday, 24 November 2026, 9:30 in Brandis: the town hall is open."""
    return TestClock()


@pytest_asyncio.fixture
async def hotline(prepared: Prepared, sqlite_url: str, clock: TestClock) -> AsyncIterator[Hotline]:
    """The hotline on a fresh SQLite database."""
    async for opened in _opened(prepared, sqlite_url, clock):
        yield opened


@pytest_asyncio.fixture
async def any_hotline(prepared: Prepared, database_url: str, clock: TestClock) -> AsyncIterator[Hotline]:
    """The hotline on SQLite and on PostgreSQL."""
    async for opened in _opened(prepared, database_url, clock):
        yield opened


@pytest.fixture
def citizen(hotline: Hotline) -> Citizen:
    """A citizen of Brandis in a new conversation."""
    return Citizen(hotline.reception)


async def _opened(prepared: Prepared, url: str, clock: TestClock) -> AsyncIterator[Hotline]:
    settings = replace(prepared.settings, database_url=Secret(url))
    database = Database.open(url)
    texts = Texts()
    reception = Reception(database, prepared.dialogue, prepared.towns, settings, clock)
    opened = Hotline(settings, database, prepared.towns, prepared.dialogue, reception, texts, "test")
    yield opened
    await opened.close()


def types_of(messages: list[Message]) -> list[str]:
    """Return the ``custom.type`` of each message."""
    return [message["custom"]["type"] for message in messages]
