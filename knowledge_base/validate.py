"""Finds every fault in the shared records and in the records and offices of all towns, each with file and line."""

import re
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from knowledge_base.errors import Fault
from knowledge_base.event_records import read_events
from knowledge_base.load import SHARED_SERVICES
from knowledge_base.places import load_places
from knowledge_base.validate_amounts import check_amounts
from knowledge_base.validate_dates import check_day
from knowledge_base.validate_files import Record, check_identities, open_offices, open_records
from knowledge_base.validate_offices import check_offices
from knowledge_base.validate_questions import check_questions
from knowledge_base.validate_synonyms import check_synonyms
from knowledge_base.validate_texts import check_texts
from knowledge_base.waste_dates import load_waste_dates

_LEIKA = re.compile(r"\d{14}")


def validate(towns: Path, shared: Path = SHARED_SERVICES, *, today: date | None = None) -> list[Fault]:
    """Return all faults in order of file and line; ``today`` is the last day on which a source can have been checked."""
    day = today or datetime.now(ZoneInfo("Europe/Berlin")).date()
    folders = town_folders(towns)
    if not folders:
        return [Fault(towns, 1, "there is no town in this folder")]
    faults = {fault for folder in folders for fault in _town_faults(folder, shared, day)}
    return sorted(faults | _event_faults(shared)) if shared == SHARED_SERVICES else sorted(faults)


def town_folders(towns: Path) -> list[Path]:
    """Return the folders of all towns, also of those whose files are missing."""
    return sorted(path for path in towns.glob("[!._]*") if path.is_dir())


def _town_faults(folder: Path, shared: Path, today: date) -> list[Fault]:
    faults: list[Fault] = []
    file = open_offices(folder / "offices.yml", faults)
    records = open_records(shared, folder / "services", faults)
    load_waste_dates(folder / "waste", faults)
    load_places(folder / "places.yml", {record.slug for record in records}, faults)
    sound = [record for record in records if not record.reader.faults]
    if file and not file.reader.faults:
        check_offices(file, today)
    check_identities(records, file, folder.name)
    _check_records(sound, today)
    return faults + [fault for opened in (file, *records) if opened for fault in opened.reader.faults]


def _check_records(records: list[Record], today: date) -> None:
    for record in records:
        for index, source in enumerate(record.service.sources):
            check_day(record.reader, ("source", index, "checked"), source.checked, today)
        for index, key in enumerate(record.service.leika):
            if not _LEIKA.fullmatch(key):
                record.fault(("leika", index), f"{key!r} is no key of the federal service catalogue; it has 14 digits")
        check_texts(record)
        check_amounts(record)
    check_synonyms(records)
    check_questions(records)


def _event_faults(shared: Path) -> set[Fault]:
    faults: list[Fault] = []
    read_events(faults, services={path.stem for path in shared.glob("*.yml")})
    return set(faults)
