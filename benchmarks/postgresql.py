"""A private PostgreSQL server in a temporary folder on a free loopback port, for measurements and for the tests."""

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.server import free_port

PROGRAMS = Path("/usr/lib/postgresql")
TIMEOUT_SECONDS = 60
INITDB_OPTIONS = ("--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync")


def newest_programs() -> Path | None:
    """Return the folder of the newest installed programs; None: there are none."""
    versions = [folder for folder in PROGRAMS.glob("*/bin") if (folder / "initdb").exists()]
    return max(versions, key=lambda folder: int(folder.parent.name), default=None)


@contextmanager
def running_postgresql(programs: Path, options: str = "") -> Iterator[str]:
    """Start a server, yield the URL of its first database, and remove it; without options every commit reaches the disk."""
    folder = Path(tempfile.mkdtemp(prefix="assistant-benchmark-postgresql-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    port, password = free_port(), secrets.token_hex(16)
    try:
        _start(programs, folder, (port, password), options)
        yield f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres"
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            _run(programs / "pg_ctl", "stop", "-D", folder / "data", "-m", "immediate")
        shutil.rmtree(folder, ignore_errors=True)


def _start(programs: Path, folder: Path, access: tuple[int, str], options: str) -> None:
    port, password = access
    password_file, data = folder / "password", folder / "data"
    password_file.write_text(password, encoding="ascii")
    password_file.chmod(0o644)  # the folder itself is closed to others
    _run(programs / "initdb", "-D", data, "-U", "postgres", "-A", "scram-sha-256", "--pwfile", password_file, *INITDB_OPTIONS)
    own = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} {options}"
    _run(programs / "pg_ctl", "start", "-D", data, "-l", folder / "log", "-w", "-o", own)


def _run(*command: object) -> None:
    """The server refuses to run as root, so root hands over to the account that the package made."""
    account = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
    arguments = [*account, *map(str, command)]
    quiet = subprocess.DEVNULL
    subprocess.run(arguments, cwd="/", stdout=quiet, stderr=quiet, timeout=TIMEOUT_SECONDS, check=True)
