"""Chooses the section of a service that a question asks for; learned by ``python -m assistant calibrate``.

One linear model over what speaks for each section: what the words ask for, how near the record's own sentences come, and which
words they share. Measured on 1,281 development questions, learned without the ones asked: .81 right; by the intent alone .75.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge_base.model import Section
from knowledge_base.search import SectionEvidence

SECTION_CHOICE_FILE = Path(__file__).with_name("section_choice.json")
OF_THE_OFFICE = (Section.HOURS, Section.CONTACT)
"""Computed from the office: no record says anything under them, so the words alone decide."""
SECTIONS = tuple(section for section in Section if section not in OF_THE_OFFICE)
SPEAKING = ("log_intent", "intent", "near", "behind_nearest", "vote", "share", "weight", "asked", "general")
"""What speaks for a section, in the order of the columns."""
SMALLEST = 1e-3
BARE = 2.0
"""So many times as probable as any other section, the general one needs no support."""
VOTE_SHARPNESS = 12.0

Columns = npt.NDArray[np.float64]


@dataclass(frozen=True)
class SectionChoice:
    """The weights of what speaks for a section."""

    by_column: Mapping[str, float]
    figures: Mapping[str, float]

    @classmethod
    def load(cls, path: Path = SECTION_CHOICE_FILE) -> "SectionChoice":
        """Read the stored weights."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    def save(self, path: Path = SECTION_CHOICE_FILE) -> None:
        """Write the weights, rounded so that a rerun shows real differences only."""
        parts = {"by_column": self.by_column, "figures": self.figures}
        rounded = {name: {key: round(value, 4) for key, value in part.items()} for name, part in parts.items()}
        path.write_text(json.dumps(rounded, indent=2) + "\n", encoding="utf-8")

    def choose(
        self, intents: Mapping[str, float], evidence: Mapping[Section, SectionEvidence], *, is_short: bool = False
    ) -> Section:
        """Return the likeliest section; without evidence of a record what the words ask for decides.

        ``is_short`` says that the question is hardly more than a name.
        """
        worded = max(Section, key=lambda section: intents.get(f"ask_{section}", 0.0))
        if worded in OF_THE_OFFICE or not evidence or (is_short and worded is Section.GENERAL and _is_bare(intents)):
            return worded
        weights = np.array([self.by_column[name] for name in SPEAKING])
        return SECTIONS[int((columns_of(intents, evidence) @ weights).argmax())]


def _is_bare(intents: Mapping[str, float]) -> bool:
    """Tell whether the words ask for nothing in particular ("Reisepass"), so that no section comes near the general one."""
    rest = max(intents.get(f"ask_{section}", 0.0) for section in Section if section is not Section.GENERAL)
    return intents.get("ask_general", 0.0) >= BARE * rest


def columns_of(intents: Mapping[str, float], evidence: Mapping[Section, SectionEvidence]) -> Columns:
    """Return what speaks for each section, shape ``(sections, len(SPEAKING))``."""
    asked = np.array([intents.get(f"ask_{section}", 0.0) for section in SECTIONS])
    found = [evidence.get(section, SectionEvidence()) for section in SECTIONS]
    near = np.array([each.near for each in found])
    votes = np.exp(VOTE_SHARPNESS * (near - near.max()))
    words = np.array([(each.words.share, each.words.weight, each.words.asked) for each in found])
    general = np.array([section == Section.GENERAL for section in SECTIONS])
    return np.column_stack([np.log(asked + SMALLEST), asked, near, near - near.max(), votes / votes.sum(), words, general])


@cache
def section_choice() -> SectionChoice:
    """Return the stored weights, read once."""
    return SectionChoice.load()
