"""Reads typed values out of YAML trees and collects every fault instead of stopping at the first."""

import re
from datetime import date, time
from typing import Any

from knowledge_base.errors import Fault
from knowledge_base.model import Text, TimeRange
from knowledge_base.yaml_tree import Keys, Tree

LANGUAGES = ("de", "en")
SEARCH_LANGUAGES = ("tr", "uk", "ru", "ar", "pl")
"""Languages in which people may ask and in which records have search words, but no texts."""
_RANGE = re.compile(r"(\d{2}:\d{2})-(\d{2}:\d{2})")


class Reader:
    """Typed access to one value that one or two files make up: a shared file and, above it, a town's override.

    An override replaces single sections and all other parts whole.
    """

    def __init__(self, value: dict[str, Any], trees: list[Tree]) -> None:
        self.value = value
        self._trees = trees
        self.faults: list[Fault] = []

    def fault(self, keys: Keys, message: str) -> None:
        """Note a fault in the file that has the part, even where a line of the part is missing there."""
        depth = 2 if keys[:1] == ("sections",) else 1
        owner = next((tree for tree in self._trees if len(keys) >= depth and keys[:depth] in tree.lines), self._trees[-1])
        self.faults.append(Fault(owner.path, owner.line_of(keys), message))

    def get(self, *keys: str | int) -> Any:
        """Return the raw value at ``keys`` or ``None``."""
        value: Any = self.value
        for key in keys:
            if isinstance(value, dict):
                value = value.get(key)
            elif isinstance(value, list) and isinstance(key, int) and key < len(value):
                value = value[key]
            else:
                return None
        return value

    def string(self, *keys: str | int) -> str:
        """Return a needed line of text."""
        value = self.get(*keys)
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
        name = ".".join(str(key) for key in keys)
        self.fault(keys, f"{name} is missing" if value is None else f"{name} must be text; put it in quotes")
        return ""

    def optional(self, *keys: str | int) -> str | None:
        """Return a line of text that may be missing."""
        return None if self.get(*keys) is None else self.string(*keys)

    def both(self, *keys: str | int) -> Text:
        """Return a text that must stand in German and English."""
        return Text(de=self.string(*keys, "de"), en=self.string(*keys, "en"))

    def both_or_none(self, *keys: str | int) -> Text | None:
        """Return a text in both languages that may be missing."""
        return None if self.get(*keys) is None else self.both(*keys)

    def items(self, *keys: str | int) -> list[Any]:
        """Return a list that may be missing."""
        value = self.get(*keys)
        if value is None or isinstance(value, list):
            return value or []
        self.fault(keys, f"{'.'.join(str(key) for key in keys)} must be a list")
        return []

    def strings(self, *keys: str | int) -> tuple[str, ...]:
        """Return a list of texts."""
        return tuple(self.string(*keys, index) for index in range(len(self.items(*keys))))

    def day(self, *keys: str | int) -> date | None:
        """Return a date that may be missing."""
        value = self.get(*keys)
        if value is None or isinstance(value, date):
            return value
        self.fault(keys, f"{keys[-1]} must be a date like 2026-11-22")
        return None

    def needed_day(self, *keys: str | int) -> date:
        """Return a needed date."""
        value = self.day(*keys)
        if value is None and self.get(*keys) is None:
            self.fault(keys, f"{keys[-1]} is missing (a date like 2026-11-22)")
        return value or date.min

    def ranges(self, *keys: str | int) -> tuple[TimeRange, ...]:
        """Return opening hours written like ``09:00-11:30``."""
        found = []
        for index, text in enumerate(self.items(*keys)):
            match = _RANGE.fullmatch(str(text))
            if not match:
                self.fault((*keys, index), f"hours are written like 09:00-11:30, not {text!r}")
                continue
            try:
                found.append(TimeRange(*map(time.fromisoformat, match.groups())))
            except ValueError:
                message = f"{text} has a time that no clock shows; for the end of the day write 23:59"
                self.fault((*keys, index), message)
        return tuple(found)
