"""Two towns in one installation: nothing of one shows in the other."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from assistant.conversations.reception import Reception
from assistant.dialogue.training import everyday_sentences
from assistant.hotline import Hotline
from assistant.towns.scaffold import new_town
from assistant.towns.served import serve_towns
from tests.hotlines import Citizen, Prepared, TestClock

QUESTIONS = [
    "Hallo",
    "Wann hat das Bürgerbüro am Dienstag offen?",
    "Wo beantrage ich einen Personalausweis?",
    "Telefonnummer Rathaus",
]


@pytest.fixture
def neighbour(prepared: Prepared, hotline: Hotline, tmp_path: Path, clock: TestClock) -> Citizen:
    """A citizen of Naunhof, in an installation that also serves Brandis."""
    towns = tmp_path / "towns"
    shutil.copytree(prepared.settings.towns_folder, towns)
    new_town(towns, "naunhof", "Naunhof", today=date(2026, 11, 22))
    encoder = prepared.towns["brandis"].search.encoder
    served = serve_towns(towns, "brandis", encoder, everyday_sentences())
    reception = Reception(hotline.database, prepared.dialogue, served, prepared.settings, clock)
    return Citizen(reception, town="naunhof")


@pytest.mark.parametrize("question", QUESTIONS)
async def test_no_answer_in_one_town_names_the_other(neighbour: Citizen, question: str) -> None:
    (answer,) = await neighbour.say(question)
    assert "Brandis" not in answer["text"]


async def test_the_same_address_in_two_towns_is_two_conversations(neighbour: Citizen, citizen: Citizen) -> None:
    citizen.address = neighbour.address
    await neighbour.say("Was kostet ein Reisepass?")
    (answer,) = await citizen.say("und wie lange dauert das?")
    assert answer["custom"].get("service") != "reisepass"
