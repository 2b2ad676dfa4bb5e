"""The towns that one process serves: profile, knowledge and search of each, kept apart."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import ConfigurationError, NotFound
from assistant.towns.load import load_town_profile, town_keys
from assistant.towns.model import Town
from knowledge_base.calibration import Calibration
from knowledge_base.encoder import CachedEncoder
from knowledge_base.errors import KnowledgeError
from knowledge_base.load import TownKnowledge, load_town
from knowledge_base.names import OfficeNames
from knowledge_base.search import EverydaySentences, ServiceSearch


@dataclass(frozen=True)
class ServedTown:
    """One town with all that answers about it need."""

    profile: Town
    search: ServiceSearch
    office_names: OfficeNames

    @property
    def knowledge(self) -> TownKnowledge:
        """Services and offices of the town."""
        return self.search.knowledge


class ServedTowns:
    """Every town of the installation by key."""

    def __init__(self, towns: dict[str, ServedTown], default: str) -> None:
        self._towns = towns
        self.default = default

    def __getitem__(self, key: str) -> ServedTown:
        if key not in self._towns:
            raise NotFound("there is no such town")
        return self._towns[key]

    def values(self) -> list[ServedTown]:
        """Return every town."""
        return list(self._towns.values())


def serve_towns(
    folder: Path,
    default: str,
    encoder: CachedEncoder | None,
    everyday: EverydaySentences,
    progress: Callable[[int, int], None] | None = None,
) -> ServedTowns:
    """Read and embed every town; ``everyday`` is how people talk beside the records.

    Raises:
        ConfigurationError: with every fault of the knowledge base.
    """
    calibration = Calibration.load()
    towns = {}
    for key in town_keys(folder):
        try:
            knowledge = load_town(folder, key)
        except KnowledgeError as error:
            raise ConfigurationError(str(error)) from None
        profile = load_town_profile(folder, key)
        if profile.default_office not in knowledge.offices:
            raise ConfigurationError(
                f"{folder / key / 'town.yml'}: default_office {profile.default_office!r} is not in offices.yml"
            )
        search = ServiceSearch(knowledge, encoder, calibration, everyday)
        search.index.embed(progress)
        towns[key] = ServedTown(profile, search, OfficeNames(knowledge.offices.values(), profile.name))
    return ServedTowns(towns, default)
