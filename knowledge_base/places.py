"""Places that services are about: hotspots, rooms, nurseries, shops (``towns/<key>/places.yml``), written like offices."""

from collections.abc import Mapping
from pathlib import Path

from knowledge_base.errors import Fault
from knowledge_base.model import Office
from knowledge_base.office_records import parse_offices
from knowledge_base.reader import Reader
from knowledge_base.validate_shape import open_tree
from knowledge_base.yaml_tree import Tree

Places = Mapping[str, tuple[Office, ...]]
"""By the slug of the service that they belong to."""


def load_places(path: Path, services: set[str], faults: list[Fault]) -> Places:
    """Read a town's places; a town without the file has none. What is wrong is added to ``faults``."""
    if not path.exists():
        return {}
    tree = open_tree(path, (("*",), ("*", "*")), faults)
    if tree is None:
        return {}
    faults += [
        Fault(path, tree.line_of((slug,)), f"there is no service {slug!r}") for slug in tree.value if slug not in services
    ]
    return {slug: _places(tree, slug, faults) for slug in tree.value}


def _places(tree: Tree, slug: str, faults: list[Fault]) -> tuple[Office, ...]:
    """Read the places of one service with the reader of offices, whose lines are one level higher."""
    lines = {("offices", *keys[1:]): line for keys, line in tree.lines.items() if keys[:1] == (slug,)}
    reader = Reader({"offices": tree.value[slug] or {}}, [Tree(tree.path, {}, lines)])
    found = tuple(parse_offices(reader).values())
    faults += reader.faults
    return found
