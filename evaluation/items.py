"""The sentences that understanding is measured with."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
DEVELOPMENT = FOLDER / "development.jsonl"
HELD_OUT = FOLDER / "held_out.jsonl"
KNOWN_MISSES = FOLDER / "known_misses.jsonl"
EMERGENCIES = FOLDER / "emergencies"
HELD_OUT_EMERGENCIES = EMERGENCIES / "held_out.jsonl"
KNOWN_EMERGENCIES = EMERGENCIES / "known.jsonl"
"""Sentences that were looked at; they are trained with, and none may be missed again."""


@dataclass(frozen=True)
class Item:
    """One sentence and what should come of it."""

    text: str
    language: str
    style: str
    outcome: str
    """The ``custom.type`` that answers it, ``none`` (no emergency), or ``several``."""
    service: str | None = None
    services: tuple[str, ...] = ()
    """For ``candidates``: the services that may be meant."""
    sections: tuple[str, ...] = ()
    """Sections that answer it, the best first."""
    intent: str | None = None
    after: tuple[str, ...] = ()
    """What was said before, in the same conversation."""
    number: str = ""
    """For emergencies: the number that is named."""
    kind: str = ""
    """For emergencies: the kind."""
    wishes: tuple[dict[str, Any], ...] = field(default=())

    @property
    def is_emergency(self) -> bool:
        """Whether an emergency or a crisis is told of."""
        return self.outcome in ("emergency", "crisis")


def read_items(path: Path) -> list[Item]:
    """Read a file of JSON lines."""
    items = []
    for line in path.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        for name in ("services", "sections", "after", "wishes"):
            data[name] = tuple(data.get(name, ()))
        items.append(Item(**data))
    return items
