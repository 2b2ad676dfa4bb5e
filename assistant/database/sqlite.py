"""What SQLite needs to serve many tasks at once: pragmas on each connection and a chosen BEGIN.

The driver's own transaction handling is switched off (`isolation_level=None`), since it begins late: two tasks that
read and then write would both see the old value, and one write is lost or refused.
https://docs.sqlalchemy.org/en/21/dialects/sqlite.html#sqlite-transactions
"""

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

READ_ONLY = "sqlite_read_only"
"""Execution option: True for a transaction that only reads and therefore takes no lock."""

PRAGMAS = ("busy_timeout = 10000", "journal_mode = WAL", "synchronous = FULL")
"""busy_timeout in milliseconds, and first: turning on WAL may have to wait as well."""


def prepare(engine: Engine, *, foreign_keys: bool = True) -> None:
    """Afterwards writers exclude one another from their first statement on, and readers never wait.

    Migrations switch foreign keys off: rebuilding a table drops the old one, which would delete its children.
    """

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in (*PRAGMAS, f"foreign_keys = {'ON' if foreign_keys else 'OFF'}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    event.listen(engine, "begin", _begin)


def _begin(connection: Connection) -> None:
    read_only = bool(connection.get_execution_options().get(READ_ONLY))
    if connection.info.get(READ_ONLY, False) != read_only:
        connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if read_only else 'OFF'}")
        connection.info[READ_ONLY] = read_only
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
