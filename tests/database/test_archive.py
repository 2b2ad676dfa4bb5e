"""Backup files: who may read them, and which ones are refused before anything is kept."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import JSON, Table

from assistant.database import migrate
from assistant.database.archive import READERS, ArchiveError
from assistant.database.transfer import TABLES, TransferError, backup, restore
from tests.database.records import fill, rows

OWNER_ONLY = 0o600


def manifest(revision: str, counts: dict[str, int], archive_format: int = 1) -> str:
    return json.dumps({"format": archive_format, "revision": revision, "counts": counts})


def test_a_backup_is_readable_by_its_owner_only(sqlite_url: str, tmp_path: Path) -> None:
    backup(sqlite_url, tmp_path / "backup.zip")
    assert (tmp_path / "backup.zip").stat().st_mode & 0o777 == OWNER_ONLY


def test_a_backup_of_a_database_without_tables_is_refused(blank_database_url: str, tmp_path: Path) -> None:
    with pytest.raises(TransferError, match="never migrated"):
        backup(blank_database_url, tmp_path / "backup.zip")
    assert list(tmp_path.glob("*backup*")) == []


def test_a_backup_that_lost_rows_is_refused(database_url: str, tmp_path: Path) -> None:
    with ZipFile(tmp_path / "short.zip", "w") as short:
        short.writestr("manifest.json", manifest(migrate.head(), {"conversations": 7}))
        for table in TABLES:
            short.writestr(f"{table.name}.jsonl", "")
    with pytest.raises(TransferError, match=r"conversations \(0 of 7\)"):
        restore(tmp_path / "short.zip", database_url)


def test_a_backup_of_another_revision_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    with ZipFile(tmp_path / "old.zip", "w") as old:
        old.writestr("manifest.json", manifest("0000", {}))
    with pytest.raises(TransferError, match="revision 0000"):
        restore(tmp_path / "old.zip", sqlite_url)


def test_a_backup_of_a_later_format_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    with ZipFile(tmp_path / "later.zip", "w") as later:
        later.writestr("manifest.json", manifest(migrate.head(), {}, archive_format=2))
    with pytest.raises(ArchiveError, match=r"later\.zip"):
        restore(tmp_path / "later.zip", sqlite_url)


def test_a_damaged_backup_is_refused_and_leaves_nothing(sqlite_url: str, postgresql_url: str, tmp_path: Path) -> None:
    fill(sqlite_url)
    backup(sqlite_url, tmp_path / "backup.zip")
    whole = (tmp_path / "backup.zip").read_bytes()
    (tmp_path / "backup.zip").write_bytes(whole[:600] + b"\0" * 100 + whole[700:])
    with pytest.raises(ArchiveError, match="not a whole backup"):
        restore(tmp_path / "backup.zip", postgresql_url)
    assert not any(rows(postgresql_url).values())


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
