"""Reads the files that a district offers per street: iCalendar or CSV."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import yaml
from icalendar import Calendar

from assistant.errors import ConfigurationError
from assistant.waste.asking import read_waste_question
from knowledge_base.errors import Fault
from knowledge_base.folding import fold
from knowledge_base.waste_dates import Bin, Collection, WasteDates, read_collections, write_waste_dates

_COLUMN_NAMES = {
    "street": ("street", "strasse", "str", "ort", "bezirk"),
    "bin": ("bin", "abfallart", "fraktion", "tonne", "art", "summary", "subject", "bezeichnung"),
    "date": ("date", "datum", "termin", "tag", "start", "abfuhrtermin", "start date"),
}
_DATE_STYLES = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%Y%m%d")


@dataclass(frozen=True)
class Origin:
    """Where imported dates come from."""

    name: str
    """As citizens read it."""
    checked: date
    """Day of the import."""
    confirmed: bool
    """Whether somebody compared them with the district's."""


def import_files(files: list[Path], folder: Path, street: str | None, origin: Origin) -> int:
    """Add the dates of files to those of a town, replacing older ones of the same streets; return how many there are then.

    Raises:
        ConfigurationError: what a file lacks; nothing is written then.
    """
    new = [each for path in files for each in read_collections_of(path, street)]
    faults: list[Fault] = []
    streets = {each.street for each in new}
    kept = [each for each in read_collections(folder / "dates.csv", faults) if each.street not in streets]
    if faults:
        raise ConfigurationError(str(faults[0]))
    folder.mkdir(parents=True, exist_ok=True)
    write_waste_dates(folder / "dates.csv", [*kept, *new])
    written = {"name": origin.name, "checked": origin.checked, "to_confirm": not origin.confirmed}
    (folder / "source.yml").write_text(yaml.safe_dump(written, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return len({*kept, *new})


def read_collections_of(path: Path, street: str | None) -> list[Collection]:
    """Return the dates of one file; ``street`` is needed where the file names none.

    Raises:
        ConfigurationError: what the file lacks, in one sentence.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise ConfigurationError(f"{path} cannot be read as UTF-8 text; save it again as UTF-8.") from None
    found = list(_of_calendar(text, path, street) if "BEGIN:VCALENDAR" in text else _of_table(text, path, street))
    if not found:
        raise ConfigurationError(f"{path} holds no date of a bin that we know.")
    return found


def _of_calendar(text: str, path: Path, street: str | None) -> Iterator[Collection]:
    try:
        calendar = Calendar.from_ical(text)
    except ValueError:
        raise ConfigurationError(f"{path} is no complete iCalendar file; download it again.") from None
    for event in calendar.walk("VEVENT"):
        kind, start = _bin(str(event.get("summary", ""))), event.get("dtstart")
        if kind is None or start is None:
            continue
        where = street or str(event.get("location", "")).split(",")[0].strip()
        day = start.dt.date() if isinstance(start.dt, datetime) else start.dt
        yield Collection(_needed(where, path), kind, day)


def _of_table(text: str, path: Path, street: str | None) -> Iterator[Collection]:
    rows = csv.DictReader(io.StringIO(text), delimiter=";" if text.count(";") >= text.count(",") else ",")
    columns = {name: _column(rows.fieldnames or (), names) for name, names in _COLUMN_NAMES.items()}
    if columns["bin"] is None or columns["date"] is None:
        raise ConfigurationError(f"{path} needs a head line with columns for the bin (Abfallart) and the date (Datum).")
    for row in rows:
        kind, day = _bin(row[columns["bin"]] or ""), _day(row[columns["date"]] or "")
        if kind and day:
            yield Collection(_needed(street or (row[columns["street"]] if columns["street"] else ""), path), kind, day)


def _column(fields: Sequence[str], names: tuple[str, ...]) -> str | None:
    return next((field for field in fields if fold(field) in names), None)


def _bin(text: str) -> Bin | None:
    bins = read_waste_question(text, WasteDates()).bins
    return bins[0] if bins else None


def _day(text: str) -> date | None:
    for style in _DATE_STYLES:
        try:
            return datetime.strptime(text.strip(), style).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _needed(street: str | None, path: Path) -> str:
    if not street or not street.strip():
        raise ConfigurationError(f"{path} names no street; add --street.")
    return street.strip()
