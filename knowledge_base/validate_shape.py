"""Finds what would break the typed readers: a value where names are needed."""

from collections.abc import Iterator
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


def open_tree(path: Path, mappings: tuple[Keys, ...], faults: list[Fault]) -> Tree | None:
    """Read one file; ``None`` where it cannot be read as what it should be, and ``faults`` then says why."""
    try:
        tree = read_tree(path)
    except KnowledgeError as error:
        faults += error.faults
        return None
    found = list(_unmapped(tree, mappings))
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
