"""Reads the database's address from settings, the only place that knows which ones are allowed."""

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from assistant.errors import ConfigurationError

DRIVERS = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+psycopg"}


def parse(url: str) -> URL:
    """The address with the driver for blocking use.

    Raises: ConfigurationError, in one sentence that never repeats the address, for it may hold a password.
    """
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise ConfigurationError(
            "The database URL cannot be read: write sqlite:///path/to/file.db or postgresql://user:password@host/name, "
            "with special characters of the password percent-encoded."
        ) from None
    if address.drivername not in DRIVERS:
        raise ConfigurationError("The database URL must begin with sqlite:/// or postgresql://.")
    if address.drivername == "sqlite" and not _names_a_file(address):
        raise ConfigurationError("SQLite in memory would forget every conversation at a restart: name a file, sqlite:///path.")
    return address.set(drivername=DRIVERS[address.drivername])


def _names_a_file(address: URL) -> bool:
    name = address.database or ""
    return name not in ("", ":memory:") and not name.startswith("file:")
