"""Whatever an editor writes, a town is loaded, or every fault is named with file, line and what to do."""

from pathlib import Path

import pytest

from knowledge_base.errors import Fault
from knowledge_base.load import load_town
from knowledge_base.model import Section
from tests.knowledge_base.sample_town import SampleTown, change, fault


@pytest.fixture
def town(tmp_path: Path) -> SampleTown:
    return SampleTown(tmp_path)


def test_a_valid_town_is_loaded_with_its_services_and_offices(town: SampleTown) -> None:
    knowledge = load_town(town.towns, "musterstadt", town.shared)
    assert list(knowledge.services) == ["hund"]
    assert list(knowledge.offices) == ["schalter", "keller"]


def test_an_override_replaces_its_sections_and_keeps_the_others(town: SampleTown) -> None:
    town.override("hund", "sections:\n  where: {de: Am Markt., en: On the square., plain: Am Markt.}\n")
    sections = load_town(town.towns, "musterstadt", town.shared).services["hund"].sections
    assert (sections[Section.WHERE].text.en, sections[Section.DURATION].text.en) == ("On the square.", "It is done at once.")


def test_a_day_that_does_not_exist_is_named_with_its_line(town: SampleTown) -> None:
    change(town.record, "2026-11-01", "2026-02-30")
    message = "there is no day 2026-02-30; write one that exists, like 2026-11-22"
    assert town.load_faults() == [fault(town.record, "2026-02-30", message)]


def test_each_day_that_does_not_exist_is_named(town: SampleTown) -> None:
    change(town.offices, "2026-11-02", "2026-11-31")
    change(town.offices, "2026-11-03", "2026-13-03")
    message = "there is no day {}; write one that exists, like 2026-11-22"
    assert town.load_faults() == [
        fault(town.offices, "2026-11-31", message.format("2026-11-31")),
        fault(town.offices, "2026-13-03", message.format("2026-13-03")),
    ]


def test_a_number_that_cannot_be_one_is_named_with_its_line(town: SampleTown) -> None:
    change(town.record, "owner: Beispielamt", "owner: 0x_")
    message = "'0x_' is read as a number and is none; put it in quotes if it is text"
    assert town.load_faults() == [fault(town.record, "owner", message)]


@pytest.mark.parametrize("hours", ["13:00-24:00", "24:00-16:00", "13:60-16:00", "31:00-16:00"])
def test_a_time_that_no_clock_shows_is_named_with_its_line(town: SampleTown, hours: str) -> None:
    change(town.offices, "13:00-16:00", hours)
    message = f"{hours} has a time that no clock shows; for the end of the day write 23:59"
    assert fault(town.offices, hours, message) in town.load_faults()


def test_sections_that_are_a_text_in_an_override_are_named_there(town: SampleTown) -> None:
    path = town.override("hund", "owner: Amt\nsections: text\n")
    assert town.load_faults() == [fault(path, "sections", "sections must be a mapping of names to values")]


def test_an_office_that_is_a_text_is_a_fault(town: SampleTown) -> None:
    town.offices.write_text("offices:\n  schalter: text\n", encoding="utf-8")
    message = "offices.schalter must be a mapping of names to values"
    assert town.load_faults() == [fault(town.offices, "schalter", message)]


def test_a_line_missing_in_a_section_of_an_override_is_named_in_the_override(town: SampleTown) -> None:
    path = town.override("hund", "sections:\n  where:\n    de: Am Markt.\n    plain: Am Markt.\n")
    assert town.load_faults() == [fault(path, "where", "sections.where.en is missing")]


def test_a_line_missing_in_a_part_of_an_override_is_named_in_the_override(town: SampleTown) -> None:
    path = town.override("hund", "owner: Amt\ntitle: {de: Hund}\n")
    assert town.load_faults() == [fault(path, "title", "title.en is missing")]


def test_a_part_that_the_override_leaves_alone_is_named_in_the_shared_record(town: SampleTown) -> None:
    town.override("hund", "owner: Amt\n")
    change(town.record, "title: {de:", "title: {dd:")
    assert town.load_faults() == [fault(town.record, "title", "title.de is missing")]


def test_a_slug_and_an_office_that_do_not_fit_are_both_named(town: SampleTown) -> None:
    change(town.record, "slug: hund", "slug: katze")
    change(town.record, "office: schalter", "office: turm")
    assert town.load_faults() == [
        fault(town.record, "slug", "slug 'katze' and file name 'hund' differ"),
        fault(town.record, "turm", "there is no office 'turm' in musterstadt/offices.yml"),
    ]


def test_a_town_without_offices_is_not_loaded(town: SampleTown) -> None:
    town.offices.unlink()
    assert town.load_faults() == [Fault(town.offices, 1, "cannot be read (FileNotFoundError)")]


def test_an_override_of_a_service_that_does_not_exist_is_a_fault(town: SampleTown) -> None:
    path = town.override("katze", "slug: katze\ncategory: Tiere\nowner: Amt\nsource: []\nsections: {}\nresponsible: {}\n")
    message = "there is no shared record 'katze', and for a full record title, short, synonyms, questions is missing"
    assert town.load_faults() == [Fault(path, 1, message)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2026-11-01", "2026-02-30"),
        ("responsible: {level: town, office: schalter}", "responsible: town"),
        ("title: {de:", "title: {dd:"),
        ("amount: 27.60", "amount: little"),
        ("    plain: Kommen Sie selbst zu uns.\n", "    plane: Kommen Sie selbst zu uns.\n    plain: Ja.\n"),
        ("to_confirm: []", "to_confirm: [weather]"),
    ],
)
def test_loading_and_validating_name_the_same_faults(town: SampleTown, old: str, new: str) -> None:
    change(town.record, old, new)
    assert town.load_faults() == town.faults()
