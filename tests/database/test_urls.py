"""Addresses of databases: which ones are refused, and that none is repeated with its password."""

from pathlib import Path

import pytest

from assistant.database import migrate
from assistant.database.engine import create_engine
from assistant.errors import ConfigurationError
from tests.databases import PostgresqlServer


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite:///file::memory:?cache=shared&uri=true"]
)
def test_sqlite_in_memory_is_refused(url: str) -> None:
    with pytest.raises(ConfigurationError, match="name a file"):
        create_engine(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hidden",
        "mysql://user:hidden@host/name",
        "postgresql+asyncpg://user:hidden@host/name",
        "postgresql://user:hid@den:x@/",
    ],
)
def test_an_unusable_address_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        create_engine(url)
    assert "hid" not in str(refusal.value)


def test_the_folder_of_a_sqlite_file_is_made(tmp_path: Path) -> None:
    create_engine(f"sqlite:///{tmp_path}/deep/down/assistant.db")
    assert (tmp_path / "deep" / "down").is_dir()


def test_a_folder_that_cannot_be_made_is_a_wrong_setting(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigurationError, match="cannot be made"):
        create_engine(f"sqlite:///{tmp_path}/file/assistant.db")


def test_a_file_that_is_no_database_is_a_wrong_setting(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Sehr geehrte Damen und Herren," * 100)
    with pytest.raises(ConfigurationError, match="does not answer"):
        migrate.current(f"sqlite:///{tmp_path}/letter.txt")


def test_a_wrong_password_is_not_repeated(postgresql_server: PostgresqlServer) -> None:
    url = f"postgresql://postgres:hidden@127.0.0.1:{postgresql_server.port}/postgres"
    with pytest.raises(ConfigurationError, match="does not answer") as refusal:
        migrate.current(url)
    assert "hidden" not in str(refusal.value)


def test_a_password_among_the_options_is_not_repeated(postgresql_server: PostgresqlServer) -> None:
    url = f"postgresql://postgres@127.0.0.1:{postgresql_server.port}/postgres?password=hidden"
    with pytest.raises(ConfigurationError, match="does not answer") as refusal:
        migrate.current(url)
    assert "hidden" not in str(refusal.value)
