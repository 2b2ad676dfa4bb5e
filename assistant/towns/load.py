"""Reads ``towns/<key>/town.yml``."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from assistant.errors import ConfigurationError
from assistant.towns.model import Town
from assistant.towns.theme import read_theme
from knowledge_base.errors import KnowledgeError
from knowledge_base.model import Text
from knowledge_base.reader import Reader
from knowledge_base.yaml_tree import read_tree

ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")
KEY = re.compile(r"[a-z][a-z0-9-]{1,40}")


def town_keys(towns: Path) -> list[str]:
    """Return the keys of all towns in the folder."""
    return sorted(path.parent.name for path in towns.glob("*/town.yml"))


def load_town_profile(towns: Path, key: str) -> Town:
    """Read one town at the start.

    Raises:
        ConfigurationError: with every fault of the file.
    """
    try:
        return read_town_profile(towns, key)
    except KnowledgeError as error:
        raise ConfigurationError(str(error)) from None


def read_town_profile(towns: Path, key: str) -> Town:
    """Read one town.

    Raises:
        KnowledgeError: with every fault of the file.
    """
    tree = read_tree(towns / key / "town.yml")
    reader = Reader(tree.value, [tree])
    town = Town(
        key=key,
        name=reader.string("name"),
        official_name=reader.string("official_name"),
        holidays=reader.string("holidays"),
        time_zone=_time_zone(reader),
        parts=reader.strings("parts"),
        default_office=reader.string("default_office"),
        web_origins=_web_origins(reader),
        theme=read_theme(towns, key, reader),
        often_asked=_often_asked(reader),
    )
    if not KEY.fullmatch(key):
        reader.fault((), f"the folder name {key!r} must be lower-case letters, digits and hyphens")
    if reader.faults:
        raise KnowledgeError(reader.faults)
    return town


def _often_asked(reader: Reader) -> tuple[Text, ...]:
    """Read ``often_asked``: questions that the town's page offers."""
    return tuple(reader.both("often_asked", place) for place in range(len(reader.items("often_asked"))))


def _web_origins(reader: Reader) -> tuple[str, ...]:
    """Read ``web_origins``: scheme and host as browsers send them, without a path."""
    origins = reader.strings("web_origins")
    for origin in origins:
        if not ORIGIN.fullmatch(origin):
            reader.fault(("web_origins",), f"{origin!r} is written like https://www.stadt.example.org, without a path")
    return origins


def _time_zone(reader: Reader) -> ZoneInfo:
    try:
        return ZoneInfo(reader.string("time_zone") or "Europe/Berlin")
    except (ZoneInfoNotFoundError, ValueError):
        reader.fault(("time_zone",), "time_zone is a name like Europe/Berlin")
        return ZoneInfo("Europe/Berlin")
