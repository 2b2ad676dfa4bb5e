"""What SQLite needs to serve many tasks at once: pragmas on each connection and a chosen BEGIN.

The driver's own transaction handling is switched off (`isolation_level=None`), since it begins late: two tasks that
read and then write would both see the old value, and one write is lost or refused.
https://docs.sqlalchemy.org/en/21/dialects/sqlite.html#sqlite-transactions
"""

import time
from sqlite3 import OperationalError

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.pool import ConnectionPoolEntry

READ_ONLY = "sqlite_read_only"
"""Execution option: True for a transaction that only reads and therefore takes no lock."""

BUSY_TIMEOUT_SECONDS = 10


def prepare(engine: Engine, *, foreign_keys: bool = True) -> None:
    """Afterwards writers exclude one another from their first statement on, and readers never wait.

    Migrations switch foreign keys off: rebuilding a table drops the old one, which would delete its children.
    """

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_SECONDS * 1000}")
        _switch_to_wal(cursor)
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        cursor.close()

    event.listen(engine, "begin", _begin)


def _switch_to_wal(cursor: DBAPICursor) -> None:
    """Tries again by itself: busy_timeout does not hold for this one statement when copies open a new file at once."""
    give_up_at = time.monotonic() + BUSY_TIMEOUT_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            return
        except OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > give_up_at:
                raise
            time.sleep(0.02)


def _begin(connection: Connection) -> None:
    read_only = bool(connection.get_execution_options().get(READ_ONLY))
    if connection.info.pop(READ_ONLY, None) != read_only:  # popped first: a cancelled PRAGMA leaves the state unknown
        connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if read_only else 'OFF'}")
    connection.info[READ_ONLY] = read_only
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
