"""The backup file: a zip with one JSON-lines file per table and a manifest; the same for both databases."""

import json
import os
import tempfile
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from sqlalchemy import Table

from assistant.errors import AssistantError

MANIFEST = "manifest.json"
FORMAT = 1

UNREADABLE = (BadZipFile, zlib.error, EOFError, OSError, LookupError, TypeError, ValueError)
"""How a file that is cut off, damaged, or something else altogether shows itself."""

Row = dict[str, Any]

READERS: Mapping[type, Callable[[str], object]] = {
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    time: time.fromisoformat,
    bytes: b64decode,
}
"""How a value that JSON has no type for comes back; every other type is JSON's own."""


class ArchiveError(AssistantError):
    """A backup file cannot be written, or is not a whole one."""


@dataclass(frozen=True)
class Manifest:
    """What an archive promises to hold."""

    revision: str
    """The migration that the rows were written under."""
    counts: dict[str, int]
    """Rows by table."""
    format: int = FORMAT


def write_rows(archive: ZipFile, table: Table, rows: Iterable[Mapping[str, Any]]) -> int:
    """Adds the table's file and says how many rows went into it."""
    count = 0
    with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as lines:
        for row in rows:
            lines.write(json.dumps(dict(row), default=_encode).encode() + b"\n")
            count += 1
    return count


def read_rows(archive: ZipFile, table: Table) -> Iterator[Row]:
    """One row at a time, as `write_rows` was given them."""
    readers = {column.name: reader for column in table.columns if (reader := READERS.get(column.type.python_type))}
    with archive.open(f"{table.name}.jsonl") as lines:
        for line in lines:
            row: Row = json.loads(line)
            yield {name: _decode(value, readers.get(name)) for name, value in row.items()}


def write_manifest(archive: ZipFile, manifest: Manifest) -> None:
    """Adds the promise of what the archive holds; written last, when the rows are counted."""
    archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=2))


def read_manifest(archive: ZipFile) -> Manifest:
    """Raises: one of UNREADABLE when there is none, or one of a later format."""
    document = json.loads(archive.read(MANIFEST))
    if document["format"] != FORMAT:
        raise ValueError("another format")
    return Manifest(str(document["revision"]), {str(table): int(count) for table, count in document["counts"].items()})


@contextmanager
def creating(target: Path) -> Iterator[ZipFile]:
    """The file appears under its name when it is whole, readable by its owner only.

    Raises: ArchiveError when it cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise ArchiveError(f"The backup cannot be written to {target.parent}: {error.strerror}.") from error
    try:
        with os.fdopen(handle, "wb") as file, ZipFile(file, "w", ZIP_DEFLATED) as archive:
            yield archive
        os.replace(name, target)
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def opening(source: Path) -> Iterator[tuple[ZipFile, Manifest]]:
    """Raises: ArchiveError, also when the file turns out to be damaged only while its rows are read."""
    try:
        with ZipFile(source) as archive:
            yield archive, read_manifest(archive)
    except UNREADABLE as error:
        raise ArchiveError(f"{source} is not a whole backup file of this release.") from error


def _encode(value: object) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return b64encode(value).decode()
    raise TypeError(f"{type(value).__name__} has no place in an archive")


def _decode(value: Any, reader: Callable[[str], object] | None) -> Any:
    return value if reader is None or value is None else reader(value)
