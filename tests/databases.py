"""Pytest plug-in: SQLite files and databases of a private PostgreSQL server, fresh and migrated for each test.

The server is Debian's own, started in a temporary folder on a free loopback port and stopped at the end of the run.
"""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
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

PROGRAMS = Path("/usr/lib/postgresql")
BACKENDS = ("sqlite", "postgresql")
START_TIMEOUT_SECONDS = 60

INITDB_OPTIONS = ("--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync")
UNSAFE_BUT_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@dataclass(frozen=True)
class PostgresqlServer:
    """A running private server and the way to make databases in it."""

    port: int
    password: str

    def url(self, name: str) -> str:
        return f"postgresql://postgres:{self.password}@127.0.0.1:{self.port}/{name}"

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
    programs = _newest_programs()
    folder = Path(tempfile.mkdtemp(prefix="assistant-postgresql-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    server = PostgresqlServer(_free_port(), secrets.token_hex(16))
    try:
        _start(server, programs, folder)
        yield server
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            _run(programs / "pg_ctl", "stop", "-D", folder / "data", "-m", "immediate")
        shutil.rmtree(folder, ignore_errors=True)


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


def _newest_programs() -> Path:
    versions = [folder for folder in PROGRAMS.glob("*/bin") if (folder / "initdb").exists()]
    if not versions:
        pytest.fail(
            "The tests need PostgreSQL's own programs: install Debian's package postgresql (apt-get install postgresql)."
        )
    return max(versions, key=lambda folder: int(folder.parent.name))


def _start(server: PostgresqlServer, programs: Path, folder: Path) -> None:
    password_file = folder / "password"
    password_file.write_text(server.password)
    password_file.chmod(0o644)  # the folder itself is closed to others
    data = folder / "data"
    _run(programs / "initdb", "-D", data, "-U", "postgres", "-A", "scram-sha-256", "--pwfile", password_file, *INITDB_OPTIONS)
    options = f"-p {server.port} -c listen_addresses=127.0.0.1 -k {folder} {UNSAFE_BUT_FAST}"
    _run(programs / "pg_ctl", "start", "-D", data, "-l", folder / "log", "-w", "-o", options)


def _run(*command: object) -> None:
    """The server refuses to run as root, so root hands over to the account that the package made."""
    account = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
    arguments = [*account, *map(str, command)]
    done = subprocess.run(
        arguments, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=START_TIMEOUT_SECONDS, check=False
    )
    if done.returncode:
        pytest.fail(f"{' '.join(arguments)} ended with {done.returncode}.")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
