"""A town's profile is read whole, or every fault of it is named."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.errors import ConfigurationError
from assistant.towns.load import load_town_profile, read_town_profile
from assistant.towns.model import Town
from knowledge_base.errors import Fault, KnowledgeError
from tests.knowledge_base.sample_town import change, fault

PROFILE = """\
name: Musterstadt
official_name: Stadt Musterstadt
holidays: SN
time_zone: Europe/Berlin
parts: [Mitte]
default_office: schalter
"""


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    path = tmp_path / "musterstadt" / "town.yml"
    path.parent.mkdir()
    path.write_text(PROFILE, encoding="utf-8")
    return path


def test_a_profile_is_read_whole(profile: Path) -> None:
    town = Town("musterstadt", "Musterstadt", "Stadt Musterstadt", "SN", ZoneInfo("Europe/Berlin"), ("Mitte",), "schalter")
    assert read_town_profile(profile.parents[1], "musterstadt") == town


def test_every_fault_of_a_profile_is_named(profile: Path) -> None:
    change(profile, "name: Musterstadt\nofficial_name: Stadt Musterstadt\n", "name: 5\nofficial_name: Stadt\n")
    change(profile, "Europe/Berlin", "Europe/Brandis")
    with pytest.raises(KnowledgeError) as refusal:
        read_town_profile(profile.parents[1], "musterstadt")
    assert refusal.value.faults == [
        fault(profile, "name", "name must be text; put it in quotes"),
        fault(profile, "time_zone", "time_zone is a name like Europe/Berlin"),
    ]


def test_a_town_without_a_profile_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError) as refusal:
        read_town_profile(tmp_path, "musterstadt")
    assert refusal.value.faults == [Fault(tmp_path / "musterstadt" / "town.yml", 1, "cannot be read (FileNotFoundError)")]


def test_a_faulty_profile_stops_the_start_with_file_and_line(profile: Path) -> None:
    change(profile, "Europe/Berlin", "Europe/Brandis")
    with pytest.raises(ConfigurationError) as refusal:
        load_town_profile(profile.parents[1], "musterstadt")
    assert str(refusal.value) == f"{profile}:4: time_zone is a name like Europe/Berlin"
