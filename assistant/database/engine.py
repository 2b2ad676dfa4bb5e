"""Opens the database: the async engine of the running hotline, and blocking transactions for its upkeep."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, event
from sqlalchemy import create_engine as create_blocking_engine
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from assistant.database import sqlite, urls
from assistant.errors import ConfigurationError

READ_ONLY = {sqlite.READ_ONLY: True, "postgresql_readonly": True}
"""Execution options of a transaction that only reads; either database refuses a write in it."""

CONNECT_TIMEOUT_SECONDS = 10
POSTGRESQL_SETTINGS = "-c lock_timeout=10s -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s"
"""A copy that hangs must not hold its locks for ever; `?options=` in the URL replaces these."""


def create_engine(url: str) -> AsyncEngine:
    """Makes the folder of a SQLite file; connects only when first used.

    Raises: ConfigurationError when the URL is not one of ours or the folder cannot be made.
    """
    address = urls.parse(url)
    if address.get_backend_name() == "sqlite":
        engine = create_async_engine(address.set(drivername="sqlite+aiosqlite"), **_options(address))
        sqlite.prepare(engine.sync_engine)
    else:
        engine = create_async_engine(address, pool_pre_ping=True, **_options(address, options=POSTGRESQL_SETTINGS))
    event.listen(engine.sync_engine, "handle_error", _drop_details)
    return engine


@contextmanager
def blocking_transaction(url: str, *, read_only: bool = False, foreign_keys: bool = True) -> Iterator[Connection]:
    """One transaction without time limits; reads all of it from one snapshot when `read_only`.

    Raises: ConfigurationError when the database does not answer.
    """
    engine = _blocking_engine(urls.parse(url), foreign_keys)
    try:
        with _connect(engine, read_only) as connection, connection.begin():
            yield connection
    finally:
        engine.dispose()


def _blocking_engine(address: URL, foreign_keys: bool) -> Engine:
    engine = create_blocking_engine(address, **_options(address))
    event.listen(engine, "handle_error", _drop_details)
    if address.get_backend_name() == "sqlite":
        sqlite.prepare(engine, foreign_keys=foreign_keys)
    return engine


def _connect(engine: Engine, read_only: bool) -> Connection:
    options: dict[str, Any] = dict(READ_ONLY) if read_only else {}
    if read_only and engine.dialect.name == "postgresql":
        options["isolation_level"] = "REPEATABLE READ"
    try:
        return engine.connect().execution_options(**options)
    except DBAPIError as error:
        address = engine.url.set(query={}).render_as_string(hide_password=True)
        raise ConfigurationError(f"The database {address} does not answer: {error.orig}") from None


def _options(address: URL, **connect_args: Any) -> dict[str, Any]:
    """hide_parameters: an exception must never repeat what a citizen said."""
    if address.get_backend_name() == "sqlite":
        _make_folder(Path(address.database or ""))
        return {"hide_parameters": True, "connect_args": {"isolation_level": None}}
    connect_args = {"connect_timeout": CONNECT_TIMEOUT_SECONDS} | connect_args | dict(address.query)
    return {"hide_parameters": True, "connect_args": connect_args}


def _make_folder(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(f"The database's folder {file.parent} cannot be made: {error.strerror}.") from None


def _drop_details(context: ExceptionContext) -> None:
    """PostgreSQL's DETAIL line repeats the values of the row, so only the first line of an error stays."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).partition("\n")[0], *error.args[1:])
