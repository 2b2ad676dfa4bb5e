"""Pytest plug-in: SQLite files and databases of a private PostgreSQL server, fresh and migrated for each test.

The server is Debian's own, started in a temporary folder on a free loopback port and stopped at the end of the run.
"""

import secrets
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
import pytest_asyncio
from psycopg import sql

from assistant.database import migrate
from assistant.database.session import Database
from benchmarks.postgresql import newest_programs, running_postgresql

BACKENDS = ("sqlite", "postgresql")
UNSAFE_BUT_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@dataclass(frozen=True)
class PostgresqlServer:
    """A running private server and the way to make databases in it."""

    address: str

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    def url(self, name: str) -> str:
        return f"{self.address}/{name}"

    def execute(self, statement: str, *names: str) -> None:
        """Runs one statement outside a transaction, with `{}` for each quoted name."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """The URL of a new database, dropped at the end."""
        name = f"test_{secrets.token_hex(6)}"
        self.execute("CREATE DATABASE {} TEMPLATE {}", name, template)
        try:
            yield self.url(name)
        finally:
            self.execute("DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresqlServer]:
    programs = newest_programs()
    if programs is None:
        pytest.fail("The tests need PostgreSQL's own programs: install Debian's package postgresql.")
    with running_postgresql(programs, UNSAFE_BUT_FAST) as url:
        yield PostgresqlServer(url.rpartition("/")[0])


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_server: PostgresqlServer) -> Iterator[str]:
    """Name of a migrated database that each test gets a copy of."""
    with postgresql_server.database() as url:
        migrate.upgrade(url)
        yield url.rpartition("/")[2]


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file that each test gets a copy of."""
    file = tmp_path_factory.mktemp("migrated") / "assistant.db"
    migrate.upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated_sqlite: Path) -> str:
    """A migrated, empty SQLite database."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'assistant.db')}"


@pytest.fixture
def postgresql_url(postgresql_server: PostgresqlServer, migrated_postgresql: str) -> Iterator[str]:
    """A migrated, empty PostgreSQL database."""
    with postgresql_server.database(template=migrated_postgresql) as url:
        yield url


@pytest.fixture
def blank_sqlite_url(tmp_path: Path) -> str:
    """A SQLite database without any table, in a folder that does not exist yet."""
    return f"sqlite:///{tmp_path / 'blank' / 'assistant.db'}"


@pytest.fixture
def blank_postgresql_url(postgresql_server: PostgresqlServer) -> Iterator[str]:
    """A PostgreSQL database without any table."""
    with postgresql_server.database() as url:
        yield url


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database; the test runs once on SQLite and once on PostgreSQL."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=BACKENDS)
def blank_database_url(request: pytest.FixtureRequest) -> str:
    """A database without any table; the test runs once on SQLite and once on PostgreSQL."""
    return str(request.getfixturevalue(f"blank_{request.param}_url"))


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated, empty and open database; the test runs once on SQLite and once on PostgreSQL."""
    opened = Database.open(database_url)
    yield opened
    await opened.close()
