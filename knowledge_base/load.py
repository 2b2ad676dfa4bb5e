"""Reads what one town knows: shared services, its own overrides, its offices."""

from dataclasses import dataclass, field
from pathlib import Path

from knowledge_base.errors import Fault, KnowledgeError
from knowledge_base.event_records import LifeEvent, load_events
from knowledge_base.model import Office, Service
from knowledge_base.places import Places, load_places
from knowledge_base.validate_files import check_identities, open_offices, open_records
from knowledge_base.waste_dates import WasteDates, load_waste_dates

SHARED_SERVICES = Path(__file__).parent / "services"


@dataclass(frozen=True)
class TownKnowledge:
    """All services and offices of one town."""

    town: str
    services: dict[str, Service]
    """By slug."""
    offices: dict[str, Office]
    """By key."""
    events: dict[str, LifeEvent] = field(default_factory=dict)
    """Life events by slug."""
    places: Places = field(default_factory=dict)
    """Places of services, by slug."""
    waste: WasteDates = WasteDates()
    """When which bin is emptied in which street."""

    def office_of(self, service: Service) -> Office:
        """Return the office that is responsible for a service."""
        return self.offices[service.responsible.office]


def load_town(towns: Path, town: str, shared: Path = SHARED_SERVICES) -> TownKnowledge:
    """Read one town's folder.

    Raises:
        KnowledgeError: with every fault of every file.
    """
    faults: list[Fault] = []
    file = open_offices(towns / town / "offices.yml", faults)
    records = open_records(shared, towns / town / "services", faults)
    check_identities(records, file, town)
    places = load_places(towns / town / "places.yml", {record.slug for record in records}, faults)
    waste = load_waste_dates(towns / town / "waste", faults)
    faults += [fault for opened in (file, *records) if opened for fault in opened.reader.faults]
    if faults or file is None:
        raise KnowledgeError(faults)
    services = {record.slug: record.service for record in records}
    return TownKnowledge(town, services, file.offices, load_events(set(services)), places, waste)
