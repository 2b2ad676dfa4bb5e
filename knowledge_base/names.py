"""By which names a text calls services and offices: names of one service only, and names that several share."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from knowledge_base.folding import fold, stem, stems
from knowledge_base.gazetteer import Gazetteer
from knowledge_base.model import Office, Service

SHORTEST_NAME = 4
MOST_CHOICES = 3
LONGEST_AMBIGUOUS = 8
"""Words; what is longer tells its service by the rest of the sentence."""
GENERIC = frozenset(stem(word) for word in "beantragen beantrage anmelden melden ausstellen neu neue online apply for".split())
"""Words of titles that tell nothing apart."""

Name = tuple[str, ...]
"""The stems of a name's words."""


class ServiceNames:
    """The names of all services of a town."""

    def __init__(self, services: Sequence[Service]) -> None:
        self.words = [name for service in services for name in names_of(service)]
        self._owners: dict[Name, set[str]] = defaultdict(set)
        self._stems: dict[str, set[str]] = defaultdict(set)
        shared: dict[Name, set[str]] = defaultdict(set)
        for service in services:
            for name in names_of(service):
                self._owners[tuple(stems(name))].add(service.slug)
                self._stems[service.slug].update(stems(name))
            for word in (word for words in service.synonyms.values() for word in words if word.shared):
                shared[tuple(stems(word.word))].add(service.slug)
        self._shared = {name: slugs for name, slugs in shared.items() if len(slugs) > 1}
        self._own = {name: next(iter(slugs)) for name, slugs in self._owners.items() if self._is_own(name, slugs)}
        self._gazetteer = Gazetteer((" ".join(name), name_of) for name in self._owners if (name_of := " ".join(name)))

    def _is_own(self, name: Name, slugs: set[str]) -> bool:
        return len(slugs) == 1 and name not in self._shared and len(" ".join(name)) >= SHORTEST_NAME

    def named(self, text: str) -> set[str]:
        """Return the services that the text calls by a name of their own."""
        return {self._own[name] for name in self._names_in(text) if name in self._own}

    def called(self, text: str) -> dict[str, float]:
        """Return how much of a name of each service stands in the text (letters, 16 and more are 1), shared ones too."""
        found: dict[str, float] = {}
        for name in self._names_in(text):
            for slug in self._owners[name]:
                found[slug] = max(found.get(slug, 0.0), min(len(" ".join(name)) / 16, 1.0))
        return found

    def ambiguous(self, text: str) -> tuple[str, ...]:
        """Return the services among which a shared name leaves the choice; empty when something tells them apart."""
        names = self._names_in(text)
        found = sorted((name for name in names if name in self._shared), key=len, reverse=True)
        if not found or any(name in self._own for name in names):
            return ()
        slugs = set.intersection(*(self._shared[name] for name in found)) or self._shared[found[0]]
        if len(slugs) < 2 or len(fold(text).split()) > LONGEST_AMBIGUOUS:
            return ()
        rest = set(stems(text)) - GENERIC - {word for name in found for word in name}
        telling = [slug for slug in slugs if rest & self._own_stems(slug, slugs)]
        return () if len(telling) == 1 else tuple(sorted(telling or slugs))

    def _own_stems(self, slug: str, rivals: set[str]) -> set[str]:
        """Return the word stems in the names of a service that no rival's names have."""
        return self._stems[slug].difference(*(self._stems[rival] for rival in rivals if rival != slug))

    def _names_in(self, text: str) -> list[Name]:
        return [tuple(mention.key.split()) for mention in self._gazetteer.mentions(text)]


class OfficeNames:
    """The names of all offices of a town; the town's own name in them counts for nothing."""

    def __init__(self, offices: Iterable[Office], town_name: str) -> None:
        own_name = re.compile(rf"\b{re.escape(town_name)}\b")
        names = [(office.key, own_name.sub("", name)) for office in offices for name in _names_of_office(office)]
        self._gazetteer = Gazetteer((key, name) for key, name in names if len(fold(name)) >= SHORTEST_NAME)

    def named(self, text: str) -> str | None:
        """Return the key of the office that the text calls by its longest name, or ``None``."""
        mentions = self._gazetteer.mentions(text)
        return max(mentions, key=lambda mention: mention.end - mention.start).key if mentions else None


def _names_of_office(office: Office) -> list[str]:
    return [office.name.de, office.name.en, *(word for words in office.synonyms.values() for word in words)]


def names_of(service: Service) -> list[str]:
    """Return titles and synonyms in every language."""
    synonyms = [synonym.word for words in service.synonyms.values() for synonym in words]
    return [service.title.de, service.title.en, *synonyms]


def texts_of(service: Service) -> list[str]:
    """Return all texts of a record that citizens may read or ask in."""
    texts = [service.title.de, service.title.en, service.short.de, service.short.en]
    texts += [question.text for question in service.questions]
    for content in service.sections.values():
        texts += [content.text.de, content.text.en, *(document.name.de for document in content.documents)]
    return texts
