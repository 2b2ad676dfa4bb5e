"""Finds what would break the typed readers: a value where names are needed, a time or a date that does not exist."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from knowledge_base.errors import Fault, KnowledgeError
from knowledge_base.yaml_tree import Keys, Tree, read_tree

RECORD_MAPPINGS: tuple[Keys, ...] = (
    ("responsible",),
    ("title",),
    ("short",),
    ("synonyms",),
    ("questions",),
    ("questions", "*"),
    ("sections",),
    ("sections", "*"),
)
OFFICE_MAPPINGS: tuple[Keys, ...] = (("offices",), ("offices", "*"), ("offices", "*", "hours", "*", "weekly"))
_CLOCK_RANGE = re.compile(r"(\d{2}):(\d{2})-(\d{2}):(\d{2})")
_DATE = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")


def open_tree(path: Path, mappings: tuple[Keys, ...], faults: list[Fault]) -> Tree | None:
    """Read one file; ``None`` where it cannot be read as what it should be, and ``faults`` then says why."""
    try:
        tree = read_tree(path)
    except KnowledgeError as error:
        faults += error.faults
        return None
    except ValueError:  # PyYAML lets the error of a date such as 2026-02-30 through
        faults.append(Fault(path, _line_of_impossible_date(path), "there is no such day or number"))
        return None
    found = [*_unmapped(tree, mappings), *_impossible_times(tree)]
    faults += found
    return None if found else tree


def texts_below(value: Any, keys: Keys) -> Iterator[tuple[Keys, str]]:
    """Yield every text at or below ``keys`` with its place; ``value`` is what stands at ``keys``."""
    if isinstance(value, str):
        yield keys, value
    for key, inner in _children(value):
        yield from texts_below(inner, (*keys, key))


def _unmapped(tree: Tree, mappings: tuple[Keys, ...]) -> Iterator[Fault]:
    for pattern in mappings:
        for keys, value in _matches(tree.value, pattern, ()):
            if value is not None and not isinstance(value, dict):
                name = ".".join(str(key) for key in keys)
                yield Fault(tree.path, tree.line_of(keys), f"{name} must be a mapping of names to values")


def _impossible_times(tree: Tree) -> Iterator[Fault]:
    for keys, text in texts_below(tree.value, ()):
        match = _CLOCK_RANGE.fullmatch(text)
        if match and not _is_clock_range(*(int(part) for part in match.groups())):
            yield Fault(tree.path, tree.line_of(keys), f"{text} is no time of day; the last one is 23:59")


def _is_clock_range(start_hour: int, start_minute: int, end_hour: int, end_minute: int) -> bool:
    return max(start_hour, end_hour) <= 23 and max(start_minute, end_minute) <= 59


def _matches(value: Any, pattern: Keys, keys: Keys) -> Iterator[tuple[Keys, Any]]:
    if not pattern:
        yield keys, value
        return
    for key, inner in _children(value):
        if pattern[0] in ("*", key):
            yield from _matches(inner, pattern[1:], (*keys, key))


def _children(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, dict):
        yield from ((str(key), inner) for key, inner in value.items())
    elif isinstance(value, list):
        yield from enumerate(value)


def _line_of_impossible_date(path: Path) -> int:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if any(not _exists(*(int(part) for part in parts)) for parts in _DATE.findall(line)):
            return number
    return 1


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
