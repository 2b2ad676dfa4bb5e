"""A new town's folder is valid at once, and a bad or taken key makes none."""

from datetime import date
from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from assistant.towns.load import load_town_profile
from assistant.towns.scaffold import new_town
from assistant.towns.validate import validate_towns
from knowledge_base.load import load_town
from knowledge_base.model import Level
from tests.knowledge_base.sample_town import TODAY, SampleTown, change, fault


@pytest.fixture
def sample(tmp_path: Path) -> SampleTown:
    return SampleTown(tmp_path)


@pytest.fixture
def towns(tmp_path: Path) -> Path:
    return tmp_path / "new"


def test_a_new_town_has_no_fault(sample: SampleTown, towns: Path) -> None:
    new_town(towns, "neustadt", "Neustadt", today=TODAY, shared=sample.shared)
    assert validate_towns(towns, sample.shared, today=TODAY) == []


def test_a_name_with_quotes_and_signs_makes_a_valid_town(sample: SampleTown, towns: Path) -> None:
    new_town(towns, "neustadt", 'Neu: "Stadt" $am \\ #Fluss', today=TODAY, shared=sample.shared)
    assert load_town_profile(towns, "neustadt").name == 'Neu: "Stadt" $am \\ #Fluss'


def test_a_new_town_has_every_office_that_the_shared_records_name(sample: SampleTown, towns: Path) -> None:
    change(sample.add_record("kfz", "Auto", "Karre"), "{level: town, office: schalter}", "{level: district, office: kreis}")
    new_town(towns, "neustadt", "Neustadt", today=TODAY, shared=sample.shared)
    offices = load_town(towns, "neustadt", sample.shared).offices
    assert {key: office.level for key, office in offices.items()} == {"schalter": Level.TOWN, "kreis": Level.DISTRICT}


def test_an_office_of_a_new_town_bears_the_towns_name_in_both_languages(sample: SampleTown, towns: Path) -> None:
    new_town(towns, "neustadt", "Neustadt", today=TODAY, shared=sample.shared)
    name = load_town(towns, "neustadt", sample.shared).offices["schalter"].name
    assert (name.de, name.en) == ("Stadtverwaltung Neustadt", "Neustadt Town Administration")


def test_an_office_of_a_new_town_knows_no_hours_and_is_reached_through_115(sample: SampleTown, towns: Path) -> None:
    new_town(towns, "neustadt", "Neustadt", today=TODAY, shared=sample.shared)
    office = load_town(towns, "neustadt", sample.shared).offices["schalter"]
    assert office.hours == ()
    assert office.reach is not None
    assert "Rufen Sie die 115 an" in office.reach.de
    assert {"name", "address", "phone", "hours"} <= set(office.to_confirm)


def test_the_source_of_a_new_office_has_the_day_on_which_it_was_made(sample: SampleTown, towns: Path) -> None:
    new_town(towns, "neustadt", "Neustadt", today=date(2026, 5, 4), shared=sample.shared)
    assert load_town(towns, "neustadt", sample.shared).offices["schalter"].source.checked == date(2026, 5, 4)


def test_a_new_town_lists_its_offices_for_the_people_who_fill_them_in(sample: SampleTown, towns: Path) -> None:
    folder = new_town(towns, "neustadt", "Neustadt", today=TODAY, shared=sample.shared)
    assert "- [ ] `schalter`: Hund anmelden" in (folder / "README.md").read_text(encoding="utf-8")


def test_an_office_of_the_town_is_the_default_one(sample: SampleTown, towns: Path) -> None:
    change(sample.add_record("kfz", "Auto", "Karre"), "{level: town, office: schalter}", "{level: district, office: amt}")
    new_town(towns, "neustadt", "Neustadt", today=TODAY, shared=sample.shared)
    assert load_town_profile(towns, "neustadt").default_office == "schalter"


def test_a_buergerbuero_is_the_default_office(sample: SampleTown, towns: Path) -> None:
    change(sample.add_record("abc", "Pass", "Heft"), "office: schalter", "office: buergerbuero")
    change(sample.add_record("abd", "Auto", "Karre"), "office: schalter", "office: amt")
    new_town(towns, "neustadt", "Neustadt", today=TODAY, shared=sample.shared)
    assert load_town_profile(towns, "neustadt").default_office == "buergerbuero"


def test_a_taken_key_is_refused(sample: SampleTown) -> None:
    with pytest.raises(ConfigurationError, match=r"there is a town 'musterstadt' in .* already; choose another key"):
        new_town(sample.towns, "musterstadt", "Musterstadt", today=TODAY, shared=sample.shared)


@pytest.mark.parametrize("key", ["Neustadt", "n", "neu stadt", "../neustadt", "3stadt", "neustadt\n", ""])
def test_a_bad_key_is_refused_and_leaves_nothing_behind(sample: SampleTown, towns: Path, key: str) -> None:
    with pytest.raises(ConfigurationError, match="must be 2 to 41 lower-case letters, digits and hyphens"):
        new_town(towns, key, "Neustadt", today=TODAY, shared=sample.shared)
    assert not towns.exists()


def test_a_town_without_a_name_is_refused(sample: SampleTown, towns: Path) -> None:
    with pytest.raises(ConfigurationError, match="the name of the town is missing"):
        new_town(towns, "neustadt", "  ", today=TODAY, shared=sample.shared)


def test_shared_records_that_cannot_be_read_make_no_town(sample: SampleTown, towns: Path) -> None:
    sample.record.write_text("slug: [", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"the shared records must be mended first: .*hund\.yml:2: not valid YAML"):
        new_town(towns, "neustadt", "Neustadt", today=TODAY, shared=sample.shared)
    assert not towns.exists()


def test_a_folder_without_records_makes_no_town(towns: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"no record in .* names a responsible office"):
        new_town(towns, "neustadt", "Neustadt", today=TODAY, shared=tmp_path / "none")


def test_a_default_office_that_does_not_exist_is_a_fault(sample: SampleTown, towns: Path) -> None:
    profile = new_town(towns, "neustadt", "Neustadt", today=TODAY, shared=sample.shared) / "town.yml"
    change(profile, 'default_office: "schalter"', "default_office: turm")
    message = "default_office: there is no office 'turm' in offices.yml"
    assert validate_towns(towns, sample.shared, today=TODAY) == [fault(profile, "default_office: turm", message)]


def test_a_fault_of_the_towns_profile_keeps_file_and_line(sample: SampleTown, towns: Path) -> None:
    profile = new_town(towns, "neustadt", "Neustadt", today=TODAY, shared=sample.shared) / "town.yml"
    change(profile, "Europe/Berlin", "Europe/Brandis")
    message = "time_zone is a name like Europe/Berlin"
    assert validate_towns(towns, sample.shared, today=TODAY) == [fault(profile, "time_zone", message)]
