"""By which names a text calls services: names of one service only, and names that several share."""

from collections import defaultdict
from collections.abc import Sequence

from knowledge_base.folding import fold, stem
from knowledge_base.model import Service

SHORTEST_NAME = 4
MOST_CHOICES = 3
LONGEST_AMBIGUOUS = 8
"""Words; what is longer tells its service by the rest of the sentence."""
GENERIC = frozenset(stem(word) for word in "beantragen beantrage anmelden melden ausstellen neu neue online apply for".split())
"""Words of titles that tell nothing apart."""


class ServiceNames:
    """The names of all services of a town."""

    def __init__(self, services: Sequence[Service]) -> None:
        self.words = [name for service in services for name in _names(service)]
        owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
        shared: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._stems: dict[str, set[str]] = defaultdict(set)
        for service in services:
            for name in _names(service):
                stemmed = _stemmed(name)
                owners[stemmed].add(service.slug)
                self._stems[service.slug].update(stemmed)
            for words in service.synonyms.values():
                for synonym in words:
                    if synonym.shared:
                        shared[_stemmed(synonym.word)].add(service.slug)
        self._shared = {name: slugs for name, slugs in shared.items() if len(slugs) > 1}
        self._own = {
            name: next(iter(slugs))
            for name, slugs in owners.items()
            if len(slugs) == 1 and name not in self._shared and len(" ".join(name)) >= SHORTEST_NAME
        }
        self._longest = max((len(name) for name in (*self._own, *self._shared)), default=1)

    def named(self, text: str) -> set[str]:
        """Return the services that the text calls by a name of their own."""
        return {self._own[part] for part in self._parts(text) if part in self._own}

    def ambiguous(self, text: str) -> tuple[str, ...]:
        """Return the services among which a shared name leaves the choice; empty when something tells them apart."""
        if self.named(text):
            return ()
        found = [part for part in self._parts(text) if part in self._shared]
        if not found:
            return ()
        slugs = set.intersection(*(self._shared[part] for part in found)) or self._shared[found[0]]
        if len(slugs) < 2 or len(fold(text).split()) > LONGEST_AMBIGUOUS:
            return ()
        rest = set(_stemmed(text)) - GENERIC - {word for part in found for word in part}
        telling = [slug for slug in slugs if rest & self._own_stems(slug, slugs)]
        return () if len(telling) == 1 else tuple(sorted(telling or slugs))

    def _own_stems(self, slug: str, rivals: set[str]) -> set[str]:
        """Return the word stems in the names of a service that no rival's names have."""
        return self._stems[slug].difference(*(self._stems[rival] for rival in rivals if rival != slug))

    def _parts(self, text: str) -> list[tuple[str, ...]]:
        words = _stemmed(text)
        return [
            words[start : start + length]
            for length in range(min(self._longest, len(words)), 0, -1)
            for start in range(len(words) - length + 1)
        ]


def _names(service: Service) -> list[str]:
    synonyms = [synonym.word for words in service.synonyms.values() for synonym in words]
    return [service.title.de, service.title.en, *synonyms]


def _stemmed(text: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in fold(text).split())


def texts_of(service: Service) -> list[str]:
    """Return all texts of a record that citizens may read or ask in."""
    texts = [service.title.de, service.title.en, service.short.de, service.short.en]
    texts += [question.text for question in service.questions]
    for content in service.sections.values():
        texts += [content.text.de, content.text.en, *(document.name.de for document in content.documents)]
    return texts
