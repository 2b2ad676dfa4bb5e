"""A small valid town on disk that a test breaks in one place."""

from datetime import date
from pathlib import Path
from string import Template

import pytest

from knowledge_base.errors import Fault, KnowledgeError
from knowledge_base.load import load_town
from knowledge_base.validate import validate

SAMPLE = Path(__file__).parent / "sample"
TODAY = date(2026, 11, 22)


class SampleTown:
    """Shared records in ``services/`` and one town in ``towns/musterstadt/`` below a folder of the test's own."""

    def __init__(self, root: Path) -> None:
        self.towns = root / "towns"
        self.folder = self.towns / "musterstadt"
        self.shared = root / "services"
        (self.folder / "services").mkdir(parents=True)
        self.shared.mkdir()
        self.offices = self.folder / "offices.yml"
        self.offices.write_text((SAMPLE / "offices.yml").read_text(encoding="utf-8"), encoding="utf-8")
        self.record = self.add_record("hund", "Hund", "Dackel")

    def add_record(self, slug: str, thing: str, odd: str) -> Path:
        """Write a shared record; ``odd`` makes its questions its own, and no synonym has the word."""
        path = self.shared / f"{slug}.yml"
        text = Template((SAMPLE / "record.yml").read_text(encoding="utf-8"))
        path.write_text(text.substitute(slug=slug, thing=thing, odd=odd), encoding="utf-8")
        return path

    def override(self, slug: str, text: str) -> Path:
        """Write the town's own version of a record."""
        path = self.folder / "services" / f"{slug}.yml"
        path.write_text(text, encoding="utf-8")
        return path

    def faults(self) -> list[Fault]:
        """Return what the validation finds on the day of the tests."""
        return validate(self.towns, self.shared, today=TODAY)

    def load_faults(self) -> list[Fault]:
        """Return what keeps the town from being loaded."""
        with pytest.raises(KnowledgeError) as refusal:
            load_town(self.towns, "musterstadt", self.shared)
        return refusal.value.faults


def change(path: Path, old: str, new: str) -> None:
    """Replace a text that the file has exactly once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def fault(path: Path, line_text: str, message: str) -> Fault:
    """Return a fault in the first line that has a text."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return Fault(path, next(number for number, line in enumerate(lines, start=1) if line_text in line), message)
