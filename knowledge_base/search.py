"""Finds the service a question is about: ranked candidates with calibrated confidence."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from knowledge_base.calibration import Calibration
from knowledge_base.encoder import CachedEncoder, Vectors
from knowledge_base.index import Evidence, ServiceIndex
from knowledge_base.load import TownKnowledge
from knowledge_base.model import Section
from knowledge_base.names import texts_of
from knowledge_base.section_words import NO_WORDS, SectionWords, SharedWords
from knowledge_base.spelling import Spelling

MOST_CANDIDATES = 5


@dataclass(frozen=True)
class SectionEvidence:
    """What speaks for one section of a record."""

    near: float = 0.0
    """How near the question comes to what the record says under it (-1 to 1); 0 on reserve."""
    words: SharedWords = NO_WORDS


@dataclass(frozen=True)
class Candidate:
    """A service that a question may be about."""

    slug: str
    confidence: float
    """Probability that this service is meant; 0 to 1."""
    sections: Mapping[Section, SectionEvidence]
    """What speaks for each section that the record has something under."""


@dataclass(frozen=True)
class Findings:
    """The result of one search."""

    candidates: tuple[Candidate, ...]
    """Best first, at most five."""
    confidences: Mapping[str, float]
    """Of every service, by slug."""
    on_reserve: bool
    """True when only words were compared."""


@dataclass(frozen=True)
class EverydaySentences:
    """How people talk beside the records."""

    all: tuple[str, ...] = ()
    """Their words count as spelled right."""
    strange: tuple[str, ...] = ()
    """Those about matters that are none of a town hall's."""


class ServiceSearch:
    """Search in one town's services."""

    def __init__(
        self,
        knowledge: TownKnowledge,
        encoder: CachedEncoder | None,
        calibration: Calibration,
        everyday: EverydaySentences = EverydaySentences(),
    ) -> None:
        self.knowledge = knowledge
        self.calibration = calibration
        self.encoder = encoder
        services = list(knowledge.services.values())
        self.index = ServiceIndex(services, encoder, everyday.strange)
        self.names = self.index.names
        self._slugs = [service.slug for service in services]
        self._section_words = SectionWords(services)
        self.spelling = Spelling(
            self.names.words, [*everyday.all, *(text for service in services for text in texts_of(service))]
        )

    def find(self, text: str, sentence: Vectors | None, *, foreign: bool = False) -> Findings:
        """Rank the services for a question and its sentence vector; without one only words are compared.

        ``foreign`` says that the question is in a language whose words no record has.
        """
        vector = self.index.centred(sentence)
        evidence = self.index.evidence(text, vector)
        known = self.calibration.foreign if foreign else self.calibration.full
        weights = self.calibration.reserve if vector is None else known
        confidences = weights.probabilities(evidence)
        best = np.argsort(-confidences, kind="stable")[:MOST_CANDIDATES]
        return Findings(
            tuple(
                Candidate(self._slugs[row], float(confidences[row]), self._section_evidence(text, evidence, int(row)))
                for row in best
            ),
            dict(zip(self._slugs, confidences.tolist(), strict=True)),
            on_reserve=self.index.is_on_reserve,
        )

    def section_evidence(self, slug: str, text: str, sentence: Vectors | None) -> dict[Section, SectionEvidence]:
        """Return what speaks for each section of one record, whether it was found or not."""
        evidence = self.index.evidence(text, self.index.centred(sentence))
        return self._section_evidence(text, evidence, self._slugs.index(slug))

    def _section_evidence(self, text: str, evidence: Evidence, row: int) -> dict[Section, SectionEvidence]:
        near = self.index.section_scores(evidence, row)
        words = self._section_words.shared(self._slugs[row], text)
        return {
            section: SectionEvidence(near.get(section, 0.0), words.get(section, NO_WORDS))
            for section in Section
            if section in near or section in words
        }
