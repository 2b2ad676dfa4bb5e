"""Adds to the knowledge base's faults those of ``town.yml``."""

from datetime import date
from pathlib import Path

from assistant.towns.load import read_town_profile
from knowledge_base.errors import Fault, KnowledgeError
from knowledge_base.load import SHARED_SERVICES
from knowledge_base.validate import town_folders, validate
from knowledge_base.validate_files import open_offices
from knowledge_base.yaml_tree import read_tree


def validate_towns(towns: Path, shared: Path = SHARED_SERVICES, *, today: date | None = None) -> list[Fault]:
    """Return every fault of every town in order of file and line."""
    faults = validate(towns, shared, today=today)
    for folder in town_folders(towns):
        faults += _profile_faults(folder)
    return sorted(faults)


def _profile_faults(folder: Path) -> list[Fault]:
    try:
        town = read_town_profile(folder.parent, folder.name)
    except KnowledgeError as error:
        return error.faults
    file = open_offices(folder / "offices.yml", [])
    if file is None or town.default_office in file.offices:
        return []  # faults of offices.yml stand among those of the knowledge base
    path = folder / "town.yml"
    line = read_tree(path).line_of(("default_office",))
    return [Fault(path, line, f"default_office: there is no office {town.default_office!r} in offices.yml")]
