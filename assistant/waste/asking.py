"""What a question about waste dates asks: for a day, for which bins, in which street; pure."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge_base.folding import fold
from knowledge_base.waste_dates import Bin, WasteDates
from knowledge_base.yaml_file import read_yaml

WORDS: dict[str, Any] = read_yaml(Path(__file__).with_name("words.yml"))
SERVICES = frozenset({"abfallkalender", "gelber-sack", "muelltonne"})
"""Services that are asked about when somebody wants a date."""
_BINS = [(Bin(kind), tuple(starts)) for kind, starts in WORDS["bins"].items()]
_WHEN, _WHEN_BESIDE_A_BIN = frozenset(WORDS["when"]), frozenset(WORDS["when_beside_a_bin"])
_WANN, _NOT = frozenset({"wann", "when"}), frozenset(WORDS["not"])
_ENDS = "|".join(WORDS["street_ends"])
_STREET = re.compile(rf"\b((?:[a-z]+ ){{0,2}}?[a-z]*(?:{_ENDS}))\b(?: (\d+ ?[a-z]?)\b)?")


_SHORT = re.compile(r"str\b")


@dataclass(frozen=True)
class WasteQuestion:
    """A question for dates."""

    bins: tuple[Bin, ...]
    """Empty: all of them."""
    street: str | None
    """A street whose dates are known, as the file writes it."""
    unknown_street: str | None
    """A street that is named and not known, folded."""
    asks_when: bool


def read_waste_question(text: str, dates: WasteDates) -> WasteQuestion:
    """Read what a text says of bins, a street and a day."""
    folded = fold(text)
    words = folded.split()
    bins = tuple(kind for kind, starts in _BINS if any(word.startswith(starts) for word in words))
    street = _known_street(folded, dates)
    named = None if street else _STREET.search(folded)
    return WasteQuestion(bins, street, named.group(1) if named else None, _asks_when(set(words), bins))


def _asks_when(words: set[str], bins: tuple[Bin, ...]) -> bool:
    """Tell whether a day is asked for; "wurde nicht abgeholt" tells of a bin that was left full."""
    if words & _NOT and not words & _WANN:
        return False
    return bool(words & _WHEN or (bins and words & _WHEN_BESIDE_A_BIN))


def _known_street(folded: str, dates: WasteDates) -> str | None:
    """Return the known street that the text names; "str." stands for "strasse"."""
    written = f" {_SHORT.sub('strasse', folded)} "
    found = [street for street in dates.streets if f" {fold(street)} " in written]
    return max(found, key=len, default=None)
