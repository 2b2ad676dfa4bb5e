"""Imports point inward: entry points meet in services, in the database and in Rasa's events, never in one another."""

import ast
from fnmatch import fnmatch

import pytest

from tests.architecture.sources import MEASURING, OURS, PRODUCT, expect_none, imports_any, python_files, tree_of

ENTRY_POINTS = {
    "actions": "actions/*",
    "connectors": "connectors/*",
    "assistant.desk": "assistant/desk/*",
    "assistant.cli": "assistant/cli.py",
}
OUTER = (
    "assistant.server",
    "assistant.start_report",
    "assistant.cli",
    "assistant.terminal",
    "assistant.background",
    "assistant.hotline",
    "assistant.channels",
)
"""What puts one running copy together; the rooms inside know nothing of it."""
OUTER_FILES = ("assistant/__main__.py", *(f"{name.replace('.', '/')}.py" for name in OUTER))
SEE_CONNECTORS = {"assistant/__main__.py", "assistant/server.py", "assistant/start_report.py", "benchmarks/echo_chat.py"}
MAY_IMPORT = {
    "rasa": ("assistant/dialogue/*", "connectors/*/channel.py"),
    "rasa_sdk": ("actions/*", "assistant/dialogue/*", "benchmarks/stock_rasa/actions.py"),
    "sanic": (
        "assistant/server.py",
        "connectors/*",
        "assistant/desk/*",
        "assistant/public/*",
        "benchmarks/echo.py",
        "benchmarks/echo_chat.py",
    ),
    "sqlalchemy": (
        "*/models.py",
        "*/service.py",
        "assistant/database/*",
        "assistant/dialogue/tracker_store.py",
        "assistant/dialogue/event_log.py",
    ),
}
SQLALCHEMY_ELSEWHERE = {
    "assistant/conversations/choices.py": "the queries for buttons; they may move to service.py",
    "assistant/conversations/reception.py": "names AsyncSession as a type; it is the edge that commits",
    "assistant/conversations/retention.py": "one delete per table of several rooms",
    "assistant/dialogue/turn.py": "names AsyncSession as a type; a turn carries its transaction",
}
"""May only shrink."""
READ_THE_ENVIRONMENT = {
    "assistant/settings.py": "reads every setting once",
    "assistant/dialogue/rasa_environment.py": "sets what Rasa reads when it is imported",
}


def importers(module: str) -> set[str]:
    """Files of the product and of the measurements that import a module."""
    return {path for path in python_files(*PRODUCT, *MEASURING) if imports_any(path, module)}


@pytest.mark.parametrize(("name", "room"), ENTRY_POINTS.items())
def test_entry_points_never_import_one_another(name: str, room: str) -> None:
    others = {
        path for other, files in ENTRY_POINTS.items() if other != name for path in importers(name) if fnmatch(path, files)
    }
    expect_none({path for path in others if not fnmatch(path, room)})


def test_the_knowledge_base_imports_nothing_of_ours() -> None:
    others = OURS - {"knowledge_base"}
    expect_none([path for path in python_files("knowledge_base") if imports_any(path, *others)])


def test_only_what_puts_a_copy_together_imports_what_puts_it_together() -> None:
    inner = [path for path in python_files(*PRODUCT) if path not in OUTER_FILES]
    expect_none([path for path in inner if imports_any(path, *OUTER)])


def test_actions_are_loaded_by_name_only() -> None:
    expect_none({path for path in importers("actions") if not path.startswith("actions/")})


def test_only_the_server_and_its_report_see_connectors() -> None:
    expect_none({path for path in importers("connectors") if not path.startswith("connectors/")} - SEE_CONNECTORS)


def test_the_product_never_imports_its_tests() -> None:
    expect_none(importers("tests"))


def test_only_the_command_line_imports_the_measurements() -> None:
    measured = {path for path in python_files(*PRODUCT) if imports_any(path, *MEASURING)}
    expect_none(measured - {"assistant/cli.py"})


@pytest.mark.parametrize("library", ["rasa", "rasa_sdk", "sanic"])
def test_a_library_is_imported_in_its_rooms_only(library: str) -> None:
    expect_none([path for path in importers(library) if not any(fnmatch(path, room) for room in MAY_IMPORT[library])])


def test_only_models_services_and_the_database_room_import_sqlalchemy() -> None:
    elsewhere = {path for path in importers("sqlalchemy") if not any(fnmatch(path, room) for room in MAY_IMPORT["sqlalchemy"])}
    expect_none(elsewhere ^ set(SQLALCHEMY_ELSEWHERE))


def test_only_the_settings_read_the_environment() -> None:
    readers = {
        path
        for path in python_files(*PRODUCT, *MEASURING)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv", "environb")
    }
    expect_none(readers - set(READ_THE_ENVIRONMENT))
