"""Migrations: there, back and there again, and at the end the same tables as the models say."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine, inspect, text

from assistant.database import migrate
from assistant.database.engine import blocking_transaction
from assistant.database.schema import metadata
from assistant.errors import ConfigurationError


def tables(url: str) -> set[str]:
    with blocking_transaction(url, read_only=True) as connection:
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


def sqlite_definitions(connection: Connection) -> dict[str, list[str]]:
    """The words that define each table and index, in no order: a column added later stands last."""
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql != '' AND tbl_name != 'alembic_version'"))
    return {row.name: sorted(re.findall(r"\w+", row.sql)) for row in rows}


def test_migrations_lead_up_and_down_and_up_again(blank_database_url: str) -> None:
    assert migrate.current(blank_database_url) is None
    migrate.upgrade(blank_database_url)
    assert migrate.current(blank_database_url) == migrate.head()
    assert tables(blank_database_url) == set(metadata.tables)
    migrate.downgrade(blank_database_url)
    assert (migrate.current(blank_database_url), tables(blank_database_url)) == (None, set())
    migrate.upgrade(blank_database_url)
    assert tables(blank_database_url) == set(metadata.tables)


def test_models_and_migrations_agree(database_url: str) -> None:
    with blocking_transaction(database_url, read_only=True) as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata) == []


def test_models_and_migrations_agree_word_for_word_on_sqlite(sqlite_url: str) -> None:
    """Also what Alembic does not compare: conditions of indexes, actions of foreign keys, AUTOINCREMENT."""
    from_models = create_engine("sqlite://")
    with from_models.begin() as connection, blocking_transaction(sqlite_url, read_only=True) as migrated:
        metadata.create_all(connection)
        assert sqlite_definitions(migrated) == sqlite_definitions(connection)
    from_models.dispose()


def test_a_migrated_database_is_left_as_it_is(database_url: str) -> None:
    migrate.upgrade(database_url)
    assert migrate.current(database_url) == migrate.head()


def test_copies_that_start_at_once_migrate_once(blank_database_url: str) -> None:
    with ThreadPoolExecutor(4) as copies:
        list(copies.map(migrate.upgrade, [blank_database_url] * 4))
    assert migrate.current(blank_database_url) == migrate.head()


def test_a_database_of_a_newer_release_is_refused(database_url: str) -> None:
    with blocking_transaction(database_url) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ConfigurationError, match="9999"):
        migrate.upgrade(database_url)


def test_a_migration_that_would_orphan_rows_is_refused(sqlite_url: str) -> None:
    orphan = text("INSERT INTO choices (id, conversation_id, act, expires_at, delete_after) VALUES ('#1', 'gone', '{}', 0, 0)")
    with blocking_transaction(sqlite_url, foreign_keys=False) as connection:
        connection.execute(orphan)
    with pytest.raises(ConfigurationError, match="choices"):
        migrate.upgrade(sqlite_url)
