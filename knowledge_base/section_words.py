"""Tells by words which section of a record a question comes near to: stamps, say, are spoken of under the fees alone."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from knowledge_base.folding import stems
from knowledge_base.model import Section, Service

UNKNOWN_WORD = 3.0
"""Weight of a word of the question that no section has."""


@dataclass(frozen=True)
class SharedWords:
    """What a question and one section have in common."""

    weight: float = 0.0
    """Of the words that the section's text has, too: the rarer and the fewer sections of the record have them, the more."""
    share: float = 0.0
    """The same as a share of all words of the question (0 to 1)."""
    asked: float = 0.0
    """Share of the question's words that the section's own questions have (0 to 1)."""


NO_WORDS = SharedWords()


class SectionWords:
    """The words of all sections of a town's services."""

    def __init__(self, services: Sequence[Service]) -> None:
        self._texts: dict[str, dict[Section, frozenset[str]]] = {}
        self._questions: dict[str, dict[Section, set[str]]] = {}
        for service in services:
            self._texts[service.slug] = {
                section: frozenset(stems(f"{content.text.de} {content.text.en}"))
                for section, content in service.sections.items()
            }
            asked: dict[Section, set[str]] = defaultdict(set)
            for question in service.questions:
                asked[question.section].update(stems(question.text))
            self._questions[service.slug] = asked
        texts = [words for sections in self._texts.values() for words in sections.values()]
        counts = Counter(word for words in texts for word in words)
        self._rarity = {word: log(1 + (len(texts) - count + 0.5) / (count + 0.5)) for word, count in counts.items()}

    def shared(self, slug: str, text: str) -> dict[Section, SharedWords]:
        """Return for each section of a record what a question shares with it."""
        words = set(stems(text))
        if not words:
            return {}
        whole = sum(self._rarity.get(word, UNKNOWN_WORD) for word in words)
        texts, asked = self._texts[slug], self._questions[slug]
        holders = Counter(word for section in texts.values() for word in words & section)
        found = {}
        for section in {*texts, *asked}:
            weight = sum(self._rarity[word] / holders[word] for word in words & texts.get(section, frozenset()))
            found[section] = SharedWords(weight, weight / whole, len(words & asked.get(section, set())) / len(words))
        return found
