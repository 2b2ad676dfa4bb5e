"""When which bin is emptied in which street of a town: ``towns/<key>/waste/dates.csv`` and where the dates come from."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from knowledge_base.errors import Fault
from knowledge_base.folding import fold
from knowledge_base.model import Source
from knowledge_base.reader import Reader
from knowledge_base.validate_shape import open_tree

COLUMNS = ("street", "bin", "date")


class Bin(StrEnum):
    """What is collected; the names stand in ``assistant/waste/words.yml``."""

    REST = "rest"
    BIO = "bio"
    PAPER = "paper"
    YELLOW = "yellow"
    GLASS = "glass"
    TREE = "tree"
    HAZARDOUS = "hazardous"


@dataclass(frozen=True)
class Collection:
    """One day on which one bin is emptied in one street."""

    street: str
    bin: Bin
    day: date


@dataclass(frozen=True)
class WasteDates:
    """All dates of a town."""

    days: Mapping[str, Mapping[Bin, tuple[date, ...]]] = field(default_factory=dict)
    """By street as people write it, then by bin; in order."""
    source: Source | None = None
    to_confirm: bool = False

    @property
    def streets(self) -> tuple[str, ...]:
        """Streets whose dates are known."""
        return tuple(self.days)

    def next_days(self, street: str, kind: Bin, today: date, most: int = 2) -> tuple[date, ...]:
        """Return the next days from today on, at most so many."""
        return tuple(day for day in self.days.get(street, {}).get(kind, ()) if day >= today)[:most]


def load_waste_dates(folder: Path, faults: list[Fault]) -> WasteDates:
    """Read a town's dates; a town without the folder has none. What is wrong is added to ``faults``."""
    if not (folder / "dates.csv").exists():
        return WasteDates()
    tree = open_tree(folder / "source.yml", (), faults)
    if tree is None:
        return WasteDates()
    reader = Reader(tree.value, [tree])
    source = Source(reader.string("name"), reader.needed_day("checked"))
    faults += reader.faults
    return WasteDates(_by_street(_rows(folder / "dates.csv", faults)), source, tree.value.get("to_confirm") is True)


def write_waste_dates(path: Path, collections: Iterable[Collection]) -> None:
    """Write the dates in order of street, bin and day, without doubles."""
    rows = sorted(
        {(each.street, str(each.bin), each.day.isoformat()) for each in collections}, key=lambda row: (fold(row[0]), *row)
    )
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)


def read_collections(path: Path, faults: list[Fault]) -> list[Collection]:
    """Read a file that :func:`write_waste_dates` wrote; none when it is not there."""
    return _rows(path, faults) if path.exists() else []


def _rows(path: Path, faults: list[Fault]) -> list[Collection]:
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file, delimiter=";"), start=2):
            try:
                found.append(Collection(row["street"].strip(), Bin(row["bin"]), date.fromisoformat(row["date"])))
            except (KeyError, TypeError, ValueError, AttributeError):
                message = f"a line has a street, a bin ({', '.join(Bin)}) and a date like 2026-12-04, parted by semicolons"
                faults.append(Fault(path, line, message))
    return found


def _by_street(collections: Iterable[Collection]) -> dict[str, dict[Bin, tuple[date, ...]]]:
    days: dict[str, dict[Bin, set[date]]] = defaultdict(lambda: defaultdict(set))
    for each in collections:
        days[each.street][each.bin].add(each.day)
    return {street: {kind: tuple(sorted(found)) for kind, found in bins.items()} for street, bins in sorted(days.items())}
