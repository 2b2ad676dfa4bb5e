"""Reads what one town knows: shared services, its own overrides, its offices."""

from dataclasses import dataclass
from pathlib import Path

from knowledge_base.errors import Fault, KnowledgeError
from knowledge_base.model import Office, Service
from knowledge_base.office_records import parse_offices
from knowledge_base.reader import Reader
from knowledge_base.service_records import merged, parse_service
from knowledge_base.yaml_tree import Tree, read_tree

SHARED_SERVICES = Path(__file__).parent / "services"


@dataclass(frozen=True)
class TownKnowledge:
    """All services and offices of one town."""

    town: str
    services: dict[str, Service]
    """By slug."""
    offices: dict[str, Office]
    """By key."""

    def office_of(self, service: Service) -> Office:
        """Return the office that is responsible for a service."""
        return self.offices[service.responsible.office]


def load_town(towns: Path, town: str, shared: Path = SHARED_SERVICES) -> TownKnowledge:
    """Read one town's folder.

    Raises:
        KnowledgeError: with every fault of every file.
    """
    faults: list[Fault] = []
    offices = _load_offices(towns / town / "offices.yml", faults)
    services: dict[str, Service] = {}
    for base, override in _record_pairs(shared, towns / town / "services", faults):
        trees = [tree for tree in (override, base) if tree]
        reader = Reader(_combined(base, override), trees)
        service = parse_service(reader)
        _check_identity(reader, service, trees[-1].path, offices)
        faults += reader.faults
        services[service.slug] = service
    if faults:
        raise KnowledgeError(faults)
    return TownKnowledge(town, services, offices)


def _load_offices(path: Path, faults: list[Fault]) -> dict[str, Office]:
    try:
        tree = read_tree(path)
    except KnowledgeError as error:
        faults += error.faults
        return {}
    reader = Reader(tree.value, [tree])
    offices = parse_offices(reader)
    faults += reader.faults
    return offices


def _record_pairs(shared: Path, own: Path, faults: list[Fault]) -> list[tuple[Tree | None, Tree | None]]:
    base = _read_folder(shared, faults)
    override = _read_folder(own, faults)
    return [(base.get(slug), override.get(slug)) for slug in sorted(base.keys() | override.keys())]


def _read_folder(folder: Path, faults: list[Fault]) -> dict[str, Tree]:
    trees = {}
    for path in sorted(folder.glob("*.yml")):
        try:
            trees[path.stem] = read_tree(path)
        except KnowledgeError as error:
            faults += error.faults
    return trees


def _combined(base: Tree | None, override: Tree | None) -> dict[str, object]:
    if base is None or override is None:
        only = base or override
        return only.value if only else {}
    return merged(base.value, override.value)


def _check_identity(reader: Reader, service: Service, path: Path, offices: dict[str, Office]) -> None:
    if service.slug != path.stem:
        reader.fault(("slug",), f"slug {service.slug!r} and file name {path.stem!r} differ")
    if offices and service.responsible.office not in offices:
        reader.fault(("responsible", "office"), f"there is no office {service.responsible.office!r} in offices.yml")
