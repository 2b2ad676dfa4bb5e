"""Makes the folder of a new town, complete enough to answer and honest about what the town must still fill in."""

import json
from collections import defaultdict
from datetime import date
from pathlib import Path
from string import Template

from assistant.errors import ConfigurationError
from assistant.towns.load import KEY
from knowledge_base.errors import Fault
from knowledge_base.load import SHARED_SERVICES
from knowledge_base.model import Level, Service
from knowledge_base.validate_files import open_records
from knowledge_base.yaml_tree import read_tree

TEMPLATES = Path(__file__).parent / "template"
USUAL_DEFAULT_OFFICE = "buergerbuero"

Needed = dict[str, list[Service]]
"""The shared services by the key of the office that is responsible for them."""


def new_town(towns: Path, key: str, name: str, *, today: date, shared: Path = SHARED_SERVICES) -> Path:
    """Make ``towns/<key>`` with every office that the shared records name, and return it.

    Raises:
        ConfigurationError: the key is bad or taken, the name is empty, or the shared records cannot be read.
    """
    town = " ".join(name.split())
    _check_names(towns, key, town)
    needed = _needed_offices(shared)
    files = _files(town, needed, today)
    folder = towns / key
    (folder / "services").mkdir(parents=True)
    for file, text in files.items():
        (folder / file).write_text(text, encoding="utf-8")
    return folder


def _check_names(towns: Path, key: str, name: str) -> None:
    if not KEY.fullmatch(key):
        raise ConfigurationError(f"the key {key!r} must be 2 to 41 lower-case letters, digits and hyphens, a letter first")
    if (towns / key).exists():
        raise ConfigurationError(f"there is a town {key!r} in {towns} already; choose another key")
    if not name:
        raise ConfigurationError("the name of the town is missing")


def _needed_offices(shared: Path) -> Needed:
    faults: list[Fault] = []
    needed: Needed = defaultdict(list)
    for record in open_records(shared, shared / "none", faults):
        if record.service.responsible.office:
            needed[record.service.responsible.office].append(record.service)
    if faults:
        raise ConfigurationError(f"the shared records must be mended first: {faults[0]}")
    if not needed:
        raise ConfigurationError(f"no record in {shared} names a responsible office")
    return dict(sorted(needed.items()))


def _files(name: str, needed: Needed, today: date) -> dict[str, str]:
    day = today.isoformat()
    levels = {key: services[0].responsible.level for key, services in needed.items()}
    offices = "\n".join(_office(key, level, name, day) for key, level in levels.items()).rstrip()
    default_office = json.dumps(_default_office(levels))
    return {
        "town.yml": _filled("town.yml", name=_quoted(name), default_office=default_office),
        "offices.yml": _filled("offices.yml", offices=offices),
        "README.md": _filled("README.md", name=name, today=day, offices="\n".join(map(_task, needed.items()))),
    }


def _office(key: str, level: Level, name: str, day: str) -> str:
    names = read_tree(TEMPLATES / "office_names.yml").value[level]
    called = {language: Template(text).substitute(name=name) for language, text in names.items()}
    return _filled(
        "office.yml", key=_quoted(key), level=level, name_de=_quoted(called["de"]), name_en=_quoted(called["en"]), today=day
    )


def _default_office(levels: dict[str, Level]) -> str:
    own = [key for key, level in levels.items() if level is Level.TOWN]
    return USUAL_DEFAULT_OFFICE if USUAL_DEFAULT_OFFICE in own else (own or list(levels))[0]


def _task(entry: tuple[str, list[Service]]) -> str:
    key, services = entry
    return f"- [ ] `{key}`: {', '.join(service.title.de for service in services)}"


def _filled(template: str, **values: str) -> str:
    return Template((TEMPLATES / template).read_text(encoding="utf-8")).substitute(values)


def _quoted(text: str) -> str:
    """Return a text as it stands between double quotes in YAML."""
    return json.dumps(text, ensure_ascii=False)[1:-1]
