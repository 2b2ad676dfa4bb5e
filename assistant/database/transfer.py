"""Backs a database up, restores it, and moves it between SQLite and PostgreSQL, a few hundred rows at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, Table, func, insert, select
from sqlalchemy.exc import SQLAlchemyError

from assistant.database.archive import Manifest, Row, creating, opening, read_rows, write_manifest, write_rows
from assistant.database.engine import blocking_transaction
from assistant.database.migrate import head, revision_of
from assistant.database.schema import metadata
from assistant.errors import AssistantError

TABLES = metadata.sorted_tables
"""Parents before their children."""

BATCH_ROWS = 500


class TransferError(AssistantError):
    """A backup, restoration or move was refused or failed; the target is as it was before."""


def backup(url: str, target: Path) -> dict[str, int]:
    """Writes one moment of the database to `target`, also while the hotline runs; returns rows by table.

    The file is readable by its owner only and appears when it is whole.
    Raises: TransferError when the database is not at this release's revision; ArchiveError when the file cannot be
    written.
    """
    with blocking_transaction(url, read_only=True) as source, creating(target) as archive:
        revision = _require_current(source, "database")
        counts = {table.name: write_rows(archive, table, _rows(source, table)) for table in TABLES}
        write_manifest(archive, Manifest(revision, counts))
    return counts


def restore(archive: Path, url: str) -> dict[str, int]:
    """Fills a migrated, empty database from a backup; returns rows by table.

    Raises: ArchiveError when the file is no whole backup; TransferError when it is of another release, when the
    database is not empty, or when the rows that arrived are not those that the backup promised.
    """
    with opening(archive) as (file, manifest), blocking_transaction(url) as target:
        if manifest.revision != _require_current(target, "database"):
            raise TransferError(
                f"The backup is of revision {manifest.revision}, this release works with {head()}: "
                "restore it with the release that wrote it, then upgrade."
            )
        _require_empty(target)
        for table in TABLES:
            _insert(target, table, read_rows(file, table))
        return _finish(target, manifest.counts)


def move(source_url: str, target_url: str) -> dict[str, int]:
    """Copies every row into a migrated, empty database and leaves the source as it is; returns rows by table.

    What is written to the source meanwhile stays behind, so stop the hotline first.
    Raises: TransferError when either is not at this release's revision, the target is not empty, or counts differ.
    """
    with blocking_transaction(source_url, read_only=True) as source, blocking_transaction(target_url) as target:
        _require_current(source, "source")
        _require_current(target, "target")
        _require_empty(target)
        for table in TABLES:
            _insert(target, table, _rows(source, table))
        return _finish(target, _count_rows(source))


def _require_current(connection: Connection, name: str) -> str:
    revision = revision_of(connection)
    if revision != head():
        state = "was never migrated" if revision is None else f"is at revision {revision}"
        raise TransferError(f"The {name} {state}, this release works with {head()}: upgrade it first.")
    return head()


def _require_empty(target: Connection) -> None:
    if filled := [f"{name} ({count})" for name, count in _count_rows(target).items() if count]:
        raise TransferError(f"The target holds rows already, in {', '.join(filled)}; it must be empty.")


def _finish(target: Connection, expected: dict[str, int]) -> dict[str, int]:
    """Compares what arrived with what was sent, then lets PostgreSQL count on from the highest row number."""
    arrived = _count_rows(target)
    if wrong := [f"{name} ({arrived.get(name)} of {count})" for name, count in expected.items() if arrived.get(name) != count]:
        raise TransferError(f"Not every row arrived, in {', '.join(wrong)}; nothing was kept.")
    if target.dialect.name == "postgresql":
        for table in TABLES:
            _reset_sequence(target, table)
    return arrived


def _reset_sequence(target: Connection, table: Table) -> None:
    if (column := table.autoincrement_column) is not None:
        sequence = func.pg_get_serial_sequence(table.name, column.name)
        highest = func.max(column)
        target.execute(select(func.setval(sequence, func.coalesce(highest, 1), highest.is_not(None))))


def _count_rows(connection: Connection) -> dict[str, int]:
    return {table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES}


def _rows(source: Connection, table: Table) -> Iterator[Row]:
    statement = select(table).order_by(*table.primary_key).execution_options(yield_per=BATCH_ROWS)
    return (dict(row) for row in source.execute(statement).mappings())


def _insert(target: Connection, table: Table, rows: Iterable[Row]) -> None:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH_ROWS)):
        try:
            target.execute(insert(table), batch)
        except SQLAlchemyError as error:
            reason = type(getattr(error, "orig", error)).__name__
            raise TransferError(f'The target refuses a row of table "{table.name}" ({reason}); nothing was kept.') from error
