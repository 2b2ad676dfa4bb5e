"""Adds to the knowledge base's faults those of ``town.yml``."""

import re
from datetime import date
from pathlib import Path

from assistant.errors import ConfigurationError
from assistant.towns.load import load_town_profile
from knowledge_base.errors import Fault, KnowledgeError
from knowledge_base.load import SHARED_SERVICES
from knowledge_base.validate import town_folders, validate
from knowledge_base.yaml_tree import read_tree

_FAULT = re.compile(r"(?P<path>.+?):(?P<line>\d+): (?P<message>.+)")
"""A fault as its ``__str__`` writes it."""


def validate_towns(towns: Path, shared: Path = SHARED_SERVICES, *, today: date | None = None) -> list[Fault]:
    """Return every fault of every town in order of file and line."""
    faults = validate(towns, shared, today=today)
    for folder in town_folders(towns):
        faults += _profile_faults(folder)
    return sorted(faults)


def _profile_faults(folder: Path) -> list[Fault]:
    path = folder / "town.yml"
    try:
        town = load_town_profile(folder.parent, folder.name)
        offices = read_tree(folder / "offices.yml").value.get("offices")
    except ConfigurationError as error:
        return _read_back(str(error))
    except KnowledgeError:
        return []  # offices.yml has its own faults
    if town.default_office in (offices or {}):
        return []
    line = read_tree(path).line_of(("default_office",))
    return [Fault(path, line, f"default_office: there is no office {town.default_office!r} in offices.yml")]


def _read_back(text: str) -> list[Fault]:
    found = [_FAULT.fullmatch(line) for line in text.splitlines()]
    return [Fault(Path(match["path"]), int(match["line"]), match["message"]) for match in found if match]
