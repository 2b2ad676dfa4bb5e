"""The faults of ``town.yml`` stand beside those of the knowledge base, each as it was found."""

from pathlib import Path

import pytest

from assistant.towns.scaffold import new_town
from assistant.towns.validate import validate_towns
from knowledge_base.errors import Fault
from tests.knowledge_base.sample_town import TODAY, SampleTown, change, fault


@pytest.fixture
def sample(tmp_path: Path) -> SampleTown:
    return SampleTown(tmp_path)


def test_a_fault_in_a_folder_named_like_a_line_number_keeps_its_path(sample: SampleTown, tmp_path: Path) -> None:
    towns = tmp_path / "copy:3: of towns"
    profile = new_town(towns, "neustadt", "Neustadt", today=TODAY, shared=sample.shared) / "town.yml"
    change(profile, "Europe/Berlin", "Europe/Brandis")
    message = "time_zone is a name like Europe/Berlin"
    assert validate_towns(towns, sample.shared, today=TODAY) == [fault(profile, "time_zone", message)]


def test_a_town_without_a_profile_is_a_fault(sample: SampleTown) -> None:
    profile = sample.folder / "town.yml"
    assert validate_towns(sample.towns, sample.shared, today=TODAY) == [Fault(profile, 1, "cannot be read (FileNotFoundError)")]


def test_a_day_that_does_not_exist_in_a_profile_is_a_fault(sample: SampleTown, tmp_path: Path) -> None:
    towns = tmp_path / "new"
    profile = new_town(towns, "neustadt", "Neustadt", today=TODAY, shared=sample.shared) / "town.yml"
    change(profile, "Europe/Berlin", "2026-02-30")
    message = "there is no day 2026-02-30; write one that exists, like 2026-11-22"
    assert validate_towns(towns, sample.shared, today=TODAY) == [fault(profile, "2026-02-30", message)]


def test_offices_that_cannot_be_read_are_named_once(sample: SampleTown, tmp_path: Path) -> None:
    towns = tmp_path / "new"
    offices = new_town(towns, "neustadt", "Neustadt", today=TODAY, shared=sample.shared) / "offices.yml"
    offices.write_text("offices: 5\n", encoding="utf-8")
    message = "offices must be a mapping of names to values"
    assert validate_towns(towns, sample.shared, today=TODAY) == [Fault(offices, 1, message)]


def test_every_town_is_validated(sample: SampleTown, tmp_path: Path) -> None:
    towns = tmp_path / "new"
    profiles = [
        new_town(towns, key, "Stadt", today=TODAY, shared=sample.shared) / "town.yml" for key in ("altstadt", "neustadt")
    ]
    change(profiles[0], "Europe/Berlin", "Europe/Alt")
    change(profiles[1], "Europe/Berlin", "Europe/Neu")
    found = validate_towns(towns, sample.shared, today=TODAY)
    assert found == [fault(profile, "time_zone", "time_zone is a name like Europe/Berlin") for profile in profiles]
