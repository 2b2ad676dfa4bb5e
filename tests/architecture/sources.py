"""The files that these tests read: their paths, syntax trees and imports."""

import ast
import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

PRODUCT = ("actions", "assistant", "connectors", "knowledge_base")
"""What runs at a town."""
MEASURING = ("benchmarks", "evaluation")
TESTS = ("tests",)
OURS = frozenset((*PRODUCT, *MEASURING, *TESTS))


@cache
def files() -> tuple[str, ...]:
    """Every file of the project, without what ``.gitignore`` names."""
    ignored = tuple(line.rstrip("/") for line in Path(".gitignore").read_text(encoding="utf-8").split())
    return tuple(sorted(_walk(Path(), (".git", *ignored))))


def _walk(folder: Path, ignored: tuple[str, ...]) -> Iterator[str]:
    for path in folder.iterdir():
        if any(fnmatch(path.name, pattern) for pattern in ignored):
            continue
        if path.is_dir():
            yield from _walk(path, ignored)
        else:
            yield path.as_posix()


def python_files(*rooms: str) -> list[str]:
    """The Python files of some rooms."""
    return [path for path in files() if path.endswith(".py") and path.split("/")[0] in rooms]


@cache
def text_of(path: str) -> str:
    """The text of a file."""
    return Path(path).read_text(encoding="utf-8")


@cache
def tree_of(path: str) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(text_of(path))


@cache
def imports_of(path: str) -> frozenset[str]:
    """Every module that a file imports, also inside functions, by its full name."""
    found: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            package = path.split("/")[: -node.level] if node.level else []
            module = ".".join([*package, *([node.module] if node.module else [])])
            found |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return frozenset(found)


def imports_any(path: str, *modules: str) -> bool:
    """Whether a file imports one of the modules or something inside of it."""
    return any(name == module or name.startswith(f"{module}.") for name in imports_of(path) for module in modules)


@cache
def data_of(path: str) -> Any:
    """The content of a YAML file."""
    return yaml.load(text_of(path), Loader=yaml.CSafeLoader)


def yaml_files(folder: str) -> list[str]:
    """The YAML files of a folder and those inside of it."""
    return [path for path in files() if path.startswith(f"{folder}/") and path.endswith(".yml")]


def words_of(text: str) -> list[str]:
    """The words of a text in the order in which they stand."""
    return re.findall(r"[^\W\d_]+", text)


def expect_none(breaks: Iterable[object]) -> None:
    """Fail with one line per break of a rule; of exceptions that nobody needs any longer, too."""
    lines = sorted(str(found) for found in breaks)
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)
