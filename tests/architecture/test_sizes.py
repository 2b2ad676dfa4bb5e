"""Small things with plain names: lines, parameters, rooms, docstrings."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.sources import MEASURING, PRODUCT, TESTS, expect_none, files, python_files, text_of, tree_of

ALL = (*PRODUCT, *MEASURING, *TESTS)
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
MOST_PARAMETERS = 5
LEFTOVERS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
DICTATED_SIGNATURES: dict[str, str] = {}
"""``file:function`` with the library that dictates it; may only shrink."""
WITHOUT_DOCSTRINGS = "assistant/database/migrations/"
"""Alembic names and calls these functions; each step's module says what it does."""
DOCUMENTED_BY_THEIR_BASE = {
    "name": "Rasa: the key in the domain, a channel or an action",
    "run": "Rasa: an action",
    "act": "actions/base.py",
    "emit": "logging",
    "process_bind_param": "SQLAlchemy",
    "process_result_value": "SQLAlchemy",
    "python_type": "SQLAlchemy",
}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions_of(path: str) -> list[Function]:
    """Every function of a file, also methods and those inside of others."""
    return [node for node in ast.walk(tree_of(path)) if isinstance(node, Function)]


def parameters_of(function: Function) -> list[str]:
    """Names of the parameters but ``self`` and ``cls``."""
    taken = (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
    return [parameter.arg for parameter in taken if parameter.arg not in ("self", "cls")]


def public_things(path: str) -> Iterator[tuple[str, ast.Module | ast.ClassDef | Function]]:
    """The module, its public functions and classes, and their public methods."""
    yield path, tree_of(path)
    for node in tree_of(path).body:
        if isinstance(node, ast.ClassDef | Function) and not node.name.startswith("_"):
            yield f"{path}:{node.name}", node
            methods = node.body if isinstance(node, ast.ClassDef) else []
            for method in methods:
                if (
                    isinstance(method, Function)
                    and not method.name.startswith("_")
                    and method.name not in DOCUMENTED_BY_THEIR_BASE
                ):
                    yield f"{path}:{node.name}.{method.name}", method


def test_no_file_is_longer_than_a_reader_follows() -> None:
    expect_none([path for path in python_files(*ALL) if len(text_of(path).splitlines()) > LONGEST_FILE])


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{path}:{function.name}"
        for path in python_files(*ALL)
        for function in functions_of(path)
        if (function.end_lineno or 0) - function.lineno + 1 > LONGEST_FUNCTION
    ]
    expect_none(long)


def test_no_function_takes_more_than_five_parameters() -> None:
    many = {
        f"{path}:{function.name}"
        for path in python_files(*PRODUCT, *MEASURING)
        for function in functions_of(path)
        if len(parameters_of(function)) > MOST_PARAMETERS
    }
    expect_none(many ^ set(DICTATED_SIGNATURES))


def test_there_is_no_room_for_leftovers() -> None:
    parts = {(path, part.split(".")[0]) for path in files() for part in path.split("/")}
    expect_none([path for path, part in parts if part in LEFTOVERS])


@pytest.mark.parametrize("path", [path for path in python_files(*ALL) if path.endswith("__init__.py")])
def test_a_package_file_holds_a_docstring_only(path: str) -> None:
    assert ast.get_docstring(tree_of(path))
    assert len(tree_of(path).body) == 1


def test_actions_are_flat() -> None:
    expect_none([path for path in files() if path.startswith("actions/") and path.count("/") > 1])


def test_everything_public_has_a_docstring() -> None:
    bare = [
        name
        for path in python_files(*PRODUCT, *MEASURING)
        for name, thing in public_things(path)
        if not path.startswith(WITHOUT_DOCSTRINGS) and not ast.get_docstring(thing)
    ]
    expect_none(bare)
