"""How sure we are that the service found is the one that is asked about, and from when on that is enough."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.trees import Trees, write_trees

CERTAINTY_FILE = Path(__file__).with_name("certainty.json")
PARTS = ("full", "reserve", "near", "leaning")


@dataclass(frozen=True)
class Certainties:
    """What ``certainty.json`` holds; learned by ``python -m assistant calibrate`` from development sentences."""

    full: Trees
    reserve: Trees
    """Without vectors."""
    near: Trees
    """That the service asked about is among the first three."""
    leaning: Trees
    """That a clause asks on about the last service."""
    answer: float
    """From this probability on the assistant answers."""
    offer: float
    """From this probability of ``near`` on it asks back."""
    figures: Mapping[str, float]

    @classmethod
    def load(cls, path: Path = CERTAINTY_FILE) -> "Certainties":
        """Read the stored trees."""
        data = json.loads(path.read_text(encoding="utf-8"))
        trees = {name: Trees.from_json(data[name]) for name in PARTS}
        return cls(**trees, answer=data["answer"], offer=data["offer"], figures=data["figures"])

    def save(self, path: Path = CERTAINTY_FILE) -> None:
        """Write the trees."""
        rest = {"answer": self.answer, "offer": self.offer, "figures": dict(self.figures)}
        write_trees(path, {name: getattr(self, name) for name in PARTS}, rest)


@cache
def certainties() -> Certainties:
    """Return those of the project, read once."""
    return Certainties.load()
