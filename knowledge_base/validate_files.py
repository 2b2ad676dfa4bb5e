"""Opens every record and office of a town one by one, so that a fault in one file does not hide those in the others."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from knowledge_base.errors import Fault
from knowledge_base.model import Office, Service
from knowledge_base.office_records import parse_offices
from knowledge_base.reader import Reader
from knowledge_base.service_records import merged, parse_service
from knowledge_base.validate_shape import OFFICE_MAPPINGS, RECORD_MAPPINGS, open_tree
from knowledge_base.yaml_tree import Keys, Tree

_PARTS_OF_A_FULL_RECORD = (
    "slug",
    "category",
    "responsible",
    "owner",
    "source",
    "title",
    "short",
    "synonyms",
    "questions",
    "sections",
)


@dataclass(frozen=True)
class Record:
    """One service record as one town shows it, with the reader that notes its faults."""

    slug: str
    """Name of its file."""
    service: Service
    reader: Reader

    def fault(self, keys: Keys, message: str) -> None:
        """Note a fault at the place of ``keys``."""
        self.reader.fault(keys, message)


@dataclass(frozen=True)
class OfficeFile:
    """The offices of one town with the reader that notes their faults."""

    offices: dict[str, Office]
    reader: Reader


def open_records(shared: Path, own: Path, faults: list[Fault]) -> list[Record]:
    """Open the records of a town; what keeps a file from being opened is added to ``faults``."""
    bases, overrides = _open_folder(shared, faults), _open_folder(own, faults)
    records = []
    for slug in sorted(bases.keys() | overrides.keys()):
        base, override = bases.get(slug), overrides.get(slug)
        if base or (override and _stands_alone(override, shared, faults)):
            records.append(_record(slug, base, override))
    return records


def open_offices(path: Path, faults: list[Fault]) -> OfficeFile | None:
    """Open the offices of a town; ``None`` where that cannot be done."""
    tree = open_tree(path, OFFICE_MAPPINGS, faults)
    if tree is None:
        return None
    reader = Reader(tree.value, [tree])
    return OfficeFile(parse_offices(reader), reader)


def check_identities(records: Iterable[Record], file: OfficeFile | None, town: str) -> None:
    """Note records whose slug is not the name of their file, or whose office the town does not have."""
    for record in records:
        slug, office = record.service.slug, record.service.responsible.office
        if slug and slug != record.slug:
            record.fault(("slug",), f"slug {slug!r} and file name {record.slug!r} differ")
        if office and file and office not in file.offices:
            record.fault(("responsible", "office"), f"there is no office {office!r} in {town}/offices.yml")


def _open_folder(folder: Path, faults: list[Fault]) -> dict[str, Tree]:
    opened = {path.stem: open_tree(path, RECORD_MAPPINGS, faults) for path in sorted(folder.glob("*.yml"))}
    return {slug: tree for slug, tree in opened.items() if tree}


def _stands_alone(override: Tree, shared: Path, faults: list[Fault]) -> bool:
    if (shared / override.path.name).exists():
        return False  # the shared record is there and cannot be opened, which is a fault already
    missing = [part for part in _PARTS_OF_A_FULL_RECORD if override.value.get(part) is None]
    if missing:
        message = f"there is no shared record {override.path.stem!r}, and for a full record {', '.join(missing)} is missing"
        faults.append(Fault(override.path, 1, message))
    return not missing


def _record(slug: str, base: Tree | None, override: Tree | None) -> Record:
    trees = [tree for tree in (override, base) if tree]
    value = merged(base.value, override.value) if base and override else trees[0].value
    reader = Reader(value, trees)
    return Record(slug, parse_service(reader), reader)
