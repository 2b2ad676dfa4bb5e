"""YAML files as plain values that remember the line each value stands in, so that a fault can be named by file and line."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from knowledge_base.errors import Fault, KnowledgeError

Keys = tuple[str | int, ...]


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


def read_tree(path: Path) -> Tree:
    """Read one file.

    Raises:
        KnowledgeError: the file is no YAML, no mapping, or names a key twice.
    """
    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        value = yaml.load(text, Loader=yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError([Fault(path, 1, f"cannot be read ({type(error).__name__})")]) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "not valid YAML"
        raise KnowledgeError([Fault(path, mark.line + 1 if mark else 1, f"not valid YAML: {problem}")]) from error
    if not isinstance(value, dict):
        raise KnowledgeError([Fault(path, 1, "must be a mapping of names to values")])
    lines: dict[Keys, int] = {}
    faults: list[Fault] = []
    _walk(node, (), path, lines, faults)
    if faults:
        raise KnowledgeError(faults)
    return Tree(path, value, lines)


def _walk(node: yaml.Node, keys: Keys, path: Path, lines: dict[Keys, int], faults: list[Fault]) -> None:
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
