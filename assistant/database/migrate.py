"""Brings a database to the tables of this release, with Alembic, and needs no alembic.ini."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text

from assistant.database.engine import blocking_transaction
from assistant.errors import ConfigurationError

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(url: str, revision: str = "head") -> None:
    """All steps up to `revision` in one transaction: either all are done afterwards, or none.

    Several copies may start at once: one migrates, the others wait and find nothing left to do.
    Raises: ConfigurationError when the database is newer than this release or does not answer.
    """
    _migrate(url, command.upgrade, revision)


def downgrade(url: str, revision: str = "base") -> None:
    """Takes steps back, and with them the rows they held; `base` leaves no table of ours.

    Raises: ConfigurationError when the database is newer than this release or does not answer.
    """
    _migrate(url, command.downgrade, revision)


def current(url: str) -> str | None:
    """The revision that the database is at; None: it was never migrated."""
    with blocking_transaction(url, read_only=True) as connection:
        return revision_of(connection)


def head() -> str:
    """The revision that this release works with."""
    return ScriptDirectory.from_config(_config()).get_current_head() or "base"


def revision_of(connection: Connection) -> str | None:
    """The revision that an open database is at; None: it was never migrated."""
    return MigrationContext.configure(connection).get_current_revision()


def _migrate(url: str, step: Callable[[Config, str], None], revision: str) -> None:
    config = _config()
    with blocking_transaction(url, foreign_keys=False) as connection:
        config.attributes["connection"] = connection
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('assistant migrations', 0))"))
        try:
            step(config, revision)
        except CommandError as error:
            raise ConfigurationError(f"The database cannot be migrated by this release: {error}") from error
        _check_foreign_keys(connection)


def _check_foreign_keys(connection: Connection) -> None:
    """SQLite does not check them during a migration, see `sqlite.prepare`."""
    if connection.dialect.name == "sqlite" and (row := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
        raise ConfigurationError(f'The migration would leave rows without a parent in table "{row[0]}"; nothing was changed.')


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
