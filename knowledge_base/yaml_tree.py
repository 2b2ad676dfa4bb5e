"""YAML files as plain values that remember the line each value stands in, so that a fault can be named by file and line."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from knowledge_base.errors import Fault, KnowledgeError

Keys = tuple[str | int, ...]
_DAY = "tag:yaml.org,2002:timestamp"


@dataclass(frozen=True)
class Tree:
    """One parsed YAML file."""

    path: Path
    value: dict[str, Any]
    lines: dict[Keys, int]
    """1-based line by path of keys."""

    def line_of(self, keys: Keys) -> int:
        """Return the line of the value at ``keys`` or of its nearest ancestor that the file has."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)


class _Loader(yaml.CSafeLoader):
    """A loader that notes days and numbers that do not exist, where PyYAML lets Python's ``ValueError`` through."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.impossible: list[yaml.Node] = []

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """Return the value of a node; ``None`` for one that does not exist."""
        try:
            return super().construct_object(node, deep=deep)
        except ValueError:
            self.impossible.append(node)
            return None


def read_tree(path: Path) -> Tree:
    """Read one file.

    Raises:
        KnowledgeError: the file is no YAML, no mapping, names a key twice, or holds a day or number that does not exist.
    """
    lines: dict[Keys, int] = {}
    faults: list[Fault] = []
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
        node = loader.get_single_node()
        _walk(node, (), path, lines, faults)
        value = None if node is None else loader.construct_document(node)
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError([Fault(path, 1, f"cannot be read ({type(error).__name__})")]) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "not valid YAML"
        raise KnowledgeError([Fault(path, mark.line + 1 if mark else 1, f"not valid YAML: {problem}")]) from error
    if not isinstance(value, dict):
        raise KnowledgeError([Fault(path, 1, "must be a mapping of names to values")])
    faults += [_impossible(each, path) for each in loader.impossible]
    if faults:
        raise KnowledgeError(faults)
    return Tree(path, value, lines)


def _walk(node: yaml.Node | None, keys: Keys, path: Path, lines: dict[Keys, int], faults: list[Fault]) -> None:
    if node is None:
        return
    lines[keys] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            _walk(child, (*keys, index), path, lines, faults)
    elif isinstance(node, yaml.MappingNode):
        for key_node, child in node.value:
            child_keys = (*keys, str(key_node.value))
            if child_keys in lines:
                faults.append(Fault(path, key_node.start_mark.line + 1, f"{key_node.value!r} is there twice"))
            _walk(child, child_keys, path, lines, faults)
            lines[child_keys] = key_node.start_mark.line + 1


def _impossible(node: yaml.Node, path: Path) -> Fault:
    message = f"{node.value!r} is read as a number and is none; put it in quotes if it is text"
    if node.tag == _DAY:
        message = f"there is no day {node.value}; write one that exists, like 2026-11-22"
    return Fault(path, node.start_mark.line + 1, message)
