"""Fixtures of the durability tests: a second copy of the hotline."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from assistant.conversations.reception import Reception
from assistant.database.session import Database
from assistant.dialogue.dialogue import Dialogue
from assistant.dialogue.training import ensure_model
from assistant.encoders import make_encoder
from assistant.hotline import Hotline
from assistant.settings import Secret
from assistant.texts import Texts
from tests.durability.stored import Copies
from tests.hotlines import Prepared, TestClock


@pytest.fixture(scope="session")
def second_dialogue(prepared: Prepared) -> Dialogue:
    """The same model, loaded once more as a second process would."""
    models = prepared.settings.data_folder / "models"
    model = ensure_model(models, make_encoder(prepared.settings), lambda _: None)
    return Dialogue.load(model, prepared.emergencies, prepared.settings)


@pytest_asyncio.fixture
async def copies(prepared: Prepared, second_dialogue: Dialogue, postgresql_url: str, clock: TestClock) -> AsyncIterator[Copies]:
    """Two copies of the hotline on one PostgreSQL, which share nothing that a turn changes."""
    settings = replace(prepared.settings, database_url=Secret(postgresql_url))
    opened: list[Hotline] = []
    for dialogue in (prepared.dialogue, second_dialogue):
        database = Database.open(postgresql_url)
        reception = Reception(database, dialogue, prepared.towns, settings, clock)
        opened.append(Hotline(settings, database, prepared.towns, dialogue, reception, Texts(), str(len(opened))))
    yield opened[0], opened[1]
    for hotline in opened:
        await hotline.close()
