"""Moves between databases, and backup with restoration: every row arrives as it was, or none does."""

from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from assistant.callbacks.models import Callback
from assistant.conversations.models import Conversation, Message
from assistant.database import migrate
from assistant.database.engine import blocking_transaction
from assistant.database.leases import Lease
from assistant.database.transfer import TransferError, backup, move, restore
from tests.database.records import COUNTS, MESSAGES, callback, conversation, fill, lease, message, rows


def test_a_backup_is_restored_row_by_row(database_url: str, tmp_path: Path) -> None:
    fill(database_url)
    before = rows(database_url)
    assert backup(database_url, tmp_path / "backup.zip") == COUNTS
    migrate.downgrade(database_url)
    migrate.upgrade(database_url)
    assert restore(tmp_path / "backup.zip", database_url) == COUNTS
    assert rows(database_url) == before


def test_a_backup_can_be_made_while_somebody_writes(database_url: str, tmp_path: Path) -> None:
    fill(database_url)
    with blocking_transaction(database_url) as writer:
        writer.execute(insert(Conversation), [conversation("c")])
        assert backup(database_url, tmp_path / "backup.zip") == COUNTS


def test_restoring_into_a_filled_database_is_refused(database_url: str, tmp_path: Path) -> None:
    fill(database_url)
    backup(database_url, tmp_path / "backup.zip")
    with pytest.raises(TransferError, match="must be empty"):
        restore(tmp_path / "backup.zip", database_url)


def test_sqlite_moves_to_postgresql(sqlite_url: str, postgresql_url: str) -> None:
    fill(sqlite_url)
    assert move(sqlite_url, postgresql_url) == COUNTS
    assert rows(postgresql_url) == rows(sqlite_url)


def test_postgresql_moves_to_sqlite(sqlite_url: str, postgresql_url: str) -> None:
    fill(postgresql_url)
    assert move(postgresql_url, sqlite_url) == COUNTS
    assert rows(sqlite_url) == rows(postgresql_url)


def test_row_numbers_go_on_after_a_move(sqlite_url: str, postgresql_url: str) -> None:
    fill(sqlite_url)
    move(sqlite_url, postgresql_url)
    with blocking_transaction(postgresql_url) as connection:
        connection.execute(insert(Message), [message(MESSAGES + 1)])
        assert connection.scalar(select(func.max(Message.id))) == MESSAGES + 1


def test_row_numbers_of_an_empty_table_begin_at_one_after_a_move(sqlite_url: str, postgresql_url: str) -> None:
    move(sqlite_url, postgresql_url)
    with blocking_transaction(postgresql_url) as connection:
        connection.execute(insert(Callback), [callback()])
        assert connection.scalar(select(Callback.id)) == 1


def test_a_move_into_a_filled_target_is_refused(sqlite_url: str, postgresql_url: str) -> None:
    fill(postgresql_url)
    with pytest.raises(TransferError, match=r"conversations \(2\)"):
        move(sqlite_url, postgresql_url)


def test_a_move_into_a_target_without_tables_is_refused(sqlite_url: str, blank_postgresql_url: str) -> None:
    with pytest.raises(TransferError, match="The target was never migrated"):
        move(sqlite_url, blank_postgresql_url)


def test_a_move_that_the_target_refuses_leaves_it_empty(sqlite_url: str, postgresql_url: str) -> None:
    """SQLite does not check the length of a text, PostgreSQL does."""
    fill(sqlite_url)
    with blocking_transaction(sqlite_url) as connection:
        connection.execute(insert(Lease), [lease("x" * 65)])
    with pytest.raises(TransferError, match='"leases"'):
        move(sqlite_url, postgresql_url)
    assert not any(rows(postgresql_url).values())
