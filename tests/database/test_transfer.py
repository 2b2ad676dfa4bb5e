"""Backup, restoration and move: every row arrives as it was, or none does."""

from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import JSON, Table, func, insert, select

from assistant.callbacks.models import Callback
from assistant.conversations.models import Choice, Conversation, Message
from assistant.database import migrate
from assistant.database.archive import READERS, ArchiveError
from assistant.database.engine import blocking_transaction
from assistant.database.leases import Lease
from assistant.database.transfer import BATCH_ROWS, TABLES, TransferError, backup, move, restore
from assistant.dialogue.event_log import TrackerEvent
from tests.database.records import NOW

MESSAGES = BATCH_ROWS + 1
LATER = datetime(2027, 1, 31, 23, 59, 59, 123456, tzinfo=UTC)
COUNTS = {"conversations": 2, "messages": MESSAGES, "choices": 1, "tracker_events": 1, "callbacks": 1, "leases": 1}

Rows = dict[str, list[tuple[object, ...]]]


def fill(url: str) -> None:
    """Two conversations, one of them with more messages than fit into one batch."""
    with blocking_transaction(url) as connection:
        connection.execute(insert(Conversation), [conversation("a"), conversation("b")])
        connection.execute(insert(Message), [message(number) for number in range(1, MESSAGES + 1)])
        connection.execute(insert(Choice), [{"id": "#0123456789", "act": {"intent": "deny"}, "expires_at": LATER} | OWNED])
        connection.execute(insert(TrackerEvent), [{"session": 1, "position": 0, "event": {"event": "restart"}} | OWNED])
        connection.execute(insert(Callback), [callback()])
        connection.execute(insert(Lease), [{"name": "background", "holder": "first", "until": LATER}])


OWNED = {"conversation_id": "a", "delete_after": LATER}


def conversation(name: str) -> dict[str, object]:
    moments = {"created_at": NOW, "last_active_at": NOW, "delete_after": LATER}
    return {"id": name, "town": "musterstadt", "channel": "web", "address": name} | moments


def message(number: int) -> dict[str, object]:
    content = {"custom": {"type": "answer", "sources": ["https://example.org/äöü"], "confidence": 0.25}}
    text = 'Grüße\n\u2028"Zeile" 🙂'
    return {"sequence": number, "direction": "in", "text": text, "content": content, "created_at": NOW} | OWNED


def callback() -> dict[str, object]:
    words = {"name": "Änne", "phone": "+49 30 115", "time_window": "morgens", "topic": "Straße"}
    return {"number": "1234", "town": "musterstadt", "conversation_id": None, "created_at": NOW, "delete_after": LATER} | words


def rows(url: str) -> Rows:
    with blocking_transaction(url, read_only=True) as connection:
        statements = {table.name: select(table).order_by(*table.primary_key) for table in TABLES}
        return {name: [tuple(row) for row in connection.execute(statement)] for name, statement in statements.items()}


@pytest.fixture
def filled_url(database_url: str) -> str:
    fill(database_url)
    return database_url


def test_a_backup_is_restored_row_by_row(filled_url: str, tmp_path: Path) -> None:
    before = rows(filled_url)
    assert backup(filled_url, tmp_path / "backup.zip") == COUNTS
    migrate.downgrade(filled_url)
    migrate.upgrade(filled_url)
    assert restore(tmp_path / "backup.zip", filled_url) == COUNTS
    assert rows(filled_url) == before


def test_a_backup_can_be_made_while_somebody_writes(filled_url: str, tmp_path: Path) -> None:
    with blocking_transaction(filled_url) as writer:
        writer.execute(insert(Conversation), [conversation("c")])
        assert backup(filled_url, tmp_path / "backup.zip") == COUNTS


def test_a_backup_is_readable_by_its_owner_only(filled_url: str, tmp_path: Path) -> None:
    backup(filled_url, tmp_path / "backup.zip")
    assert (tmp_path / "backup.zip").stat().st_mode & 0o777 == 0o600


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
        connection.execute(insert(Lease), [{"name": "x" * 65, "holder": "first", "until": LATER}])
    with pytest.raises(TransferError, match='"leases"'):
        move(sqlite_url, postgresql_url)
    assert not any(rows(postgresql_url).values())


def test_restoring_into_a_filled_database_is_refused(filled_url: str, tmp_path: Path) -> None:
    backup(filled_url, tmp_path / "backup.zip")
    with pytest.raises(TransferError, match="must be empty"):
        restore(tmp_path / "backup.zip", filled_url)


def test_a_backup_of_a_database_without_tables_is_refused(blank_database_url: str, tmp_path: Path) -> None:
    with pytest.raises(TransferError, match="never migrated"):
        backup(blank_database_url, tmp_path / "backup.zip")
    assert not (tmp_path / "backup.zip").exists()


def test_a_backup_that_lost_rows_is_refused(database_url: str, tmp_path: Path) -> None:
    backup(database_url, tmp_path / "backup.zip")
    manifest = '{"format": 1, "revision": "%s", "counts": {"conversations": 7}}' % migrate.head()
    with ZipFile(tmp_path / "backup.zip") as whole, ZipFile(tmp_path / "short.zip", "w") as short:
        for table in TABLES:
            short.writestr(f"{table.name}.jsonl", whole.read(f"{table.name}.jsonl"))
        short.writestr("manifest.json", manifest)
    with pytest.raises(TransferError, match=r"conversations \(0 of 7\)"):
        restore(tmp_path / "short.zip", database_url)


def test_a_backup_of_another_revision_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    with ZipFile(tmp_path / "old.zip", "w") as old:
        old.writestr("manifest.json", '{"format": 1, "revision": "0000", "counts": {}}')
    with pytest.raises(TransferError, match="revision 0000"):
        restore(tmp_path / "old.zip", sqlite_url)


def test_a_damaged_backup_is_refused_and_leaves_nothing(filled_url: str, sqlite_url: str, tmp_path: Path) -> None:
    backup(filled_url, tmp_path / "backup.zip")
    whole = (tmp_path / "backup.zip").read_bytes()
    (tmp_path / "backup.zip").write_bytes(whole[:200] + b"\0" * 200 + whole[400:])
    blank = f"sqlite:///{tmp_path / 'other.db'}"
    migrate.upgrade(blank)
    with pytest.raises(ArchiveError, match="not a whole backup"):
        restore(tmp_path / "backup.zip", blank)
    assert not any(rows(blank).values())


@pytest.mark.parametrize("name", ["missing.zip", "letter.txt"])
def test_a_file_that_is_no_backup_is_refused(name: str, sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Sehr geehrte Damen und Herren,")
    with pytest.raises(ArchiveError, match=name):
        restore(tmp_path / name, sqlite_url)


def test_a_folder_that_does_not_exist_is_named(sqlite_url: str, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="nowhere"):
        backup(sqlite_url, tmp_path / "nowhere" / "backup.zip")


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_column_has_a_place_in_an_archive(table: Table) -> None:
    known = {str, int, float, bool, *READERS}
    typed = [column.type.python_type for column in table.columns if not isinstance(column.type, JSON)]
    assert set(typed) <= known
