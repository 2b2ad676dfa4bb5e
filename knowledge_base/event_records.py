"""Life events: what a birth, a death or a move brings with it, as an ordered list of services (knowledge_base/events/)."""

from dataclasses import dataclass
from pathlib import Path

from knowledge_base.errors import Fault, KnowledgeError
from knowledge_base.model import Text
from knowledge_base.reader import Reader
from knowledge_base.validate_shape import open_tree

EVENTS = Path(__file__).parent / "events"
MOST_STEPS = 7


@dataclass(frozen=True)
class Step:
    """One thing to be done."""

    service: str
    """Slug of its service."""
    when: Text
    """When or for whom, in a few words."""


@dataclass(frozen=True)
class LifeEvent:
    """Something that happens in a life and leads to several services."""

    slug: str
    opening: Text
    """What a person would say first: congratulations, condolences."""
    steps: tuple[Step, ...]


def load_events(services: set[str], folder: Path = EVENTS) -> dict[str, LifeEvent]:
    """Read all events, by slug; steps whose service a town does not have are left out.

    Raises:
        KnowledgeError: with every fault of every file.
    """
    faults: list[Fault] = []
    events = read_events(faults, folder)
    if faults:
        raise KnowledgeError(faults)
    return {event.slug: _offered(event, services) for event in events}


def read_events(faults: list[Fault], folder: Path = EVENTS, services: set[str] | None = None) -> list[LifeEvent]:
    """Read all events and add what is wrong to ``faults``; with ``services`` also steps that lead nowhere."""
    events = []
    for path in sorted(folder.glob("*.yml")):
        tree = open_tree(path, (("opening",),), faults)
        if tree is None:
            continue
        reader = Reader(tree.value, [tree])
        event = _event(reader)
        if event.slug and event.slug != path.stem:
            reader.fault(("slug",), f"slug {event.slug!r} and file name {path.stem!r} differ")
        if not 2 <= len(event.steps) <= MOST_STEPS:
            reader.fault(("steps",), f"an event has 2 to {MOST_STEPS} steps, not {len(event.steps)}")
        for index, step in enumerate(event.steps if services is not None else ()):
            if step.service not in (services or ()):
                reader.fault(("steps", index), f"there is no service {step.service!r}")
        faults += reader.faults
        events.append(event)
    return events


def _event(reader: Reader) -> LifeEvent:
    steps = tuple(
        Step(reader.string("steps", index, "service"), reader.both("steps", index, "when"))
        for index in range(len(reader.items("steps")))
    )
    return LifeEvent(reader.string("slug"), reader.both("opening"), steps)


def _offered(event: LifeEvent, services: set[str]) -> LifeEvent:
    return LifeEvent(event.slug, event.opening, tuple(step for step in event.steps if step.service in services))
