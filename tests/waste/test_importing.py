"""The files that a district offers, read into a town's dates."""

from datetime import date
from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from assistant.waste.importing import Origin, import_files
from knowledge_base.waste_dates import Bin, load_waste_dates

TODAY = date(2026, 11, 26)
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//test//DE
BEGIN:VEVENT
UID:1
DTSTAMP:20261101T000000Z
DTSTART;VALUE=DATE:20261204
SUMMARY:Gelbe Tonne
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTAMP:20261101T000000Z
DTSTART:20261209T060000
SUMMARY:Altpapier
END:VEVENT
END:VCALENDAR
"""


def written(path: Path, text: str) -> Path:
    path.write_text(text.replace("\n", "\r\n") if path.suffix == ".ics" else text, encoding="utf-8")
    return path


def test_a_calendar_of_one_street_becomes_dates_of_its_bins(tmp_path: Path) -> None:
    file = written(tmp_path / "a.ics", CALENDAR)
    assert import_files([file], tmp_path / "waste", "Am Markt", Origin("KELL", TODAY, confirmed=True)) == 2
    dates = load_waste_dates(tmp_path / "waste", [])
    assert dates.next_days("Am Markt", Bin.YELLOW, TODAY) == (date(2026, 12, 4),)
    assert dates.next_days("Am Markt", Bin.PAPER, TODAY) == (date(2026, 12, 9),)
    assert not dates.to_confirm


def test_a_table_with_german_heads_is_read_and_replaces_older_dates_of_its_street(tmp_path: Path) -> None:
    for day in ("01.12.2026", "15.12.2026"):
        file = written(tmp_path / "a.csv", f"Straße;Abfallart;Datum\nLindenweg;Restmüll;{day}\nRing;Bio;02.12.2026\n")
        import_files([file], tmp_path / "waste", None, Origin("KELL", TODAY, confirmed=False))
    dates = load_waste_dates(tmp_path / "waste", [])
    assert dates.days["Lindenweg"][Bin.REST] == (date(2026, 12, 15),)
    assert dates.to_confirm


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("a.csv", "Abfallart;Datum\nBio;02.12.2026\n", "add --street"),
        ("a.csv", "Straße;Was\nRing;Bio\n", "head line"),
        ("a.csv", "Straße;Abfallart;Datum\nRing;Bio;bald\n", "no date"),
        ("a.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "download it again"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_what_to_do(tmp_path: Path, name: str, text: str, complaint: str) -> None:
    file = written(tmp_path / name, text)
    with pytest.raises(ConfigurationError, match=complaint):
        import_files([file], tmp_path / "waste", None, Origin("KELL", TODAY, confirmed=False))
    assert not (tmp_path / "waste").exists()


def test_a_broken_line_is_named_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "source.yml").write_text("name: KELL\nchecked: 2026-11-26\n", encoding="utf-8")
    (tmp_path / "dates.csv").write_text("street;bin;date\nRing;bio;2026-13-40\n", encoding="utf-8")
    faults: list[object] = []
    load_waste_dates(tmp_path, faults)  # type: ignore[arg-type]
    assert "dates.csv:2:" in str(faults[0])
