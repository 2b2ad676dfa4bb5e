"""What one clause says by itself: intent, service, office and language, each with how sure we are."""

import re
from dataclasses import dataclass

from assistant.dialogue.acts import SECTION_INTENTS
from assistant.dialogue.intents import IntentModel
from assistant.towns.served import ServedTown
from knowledge_base.encoder import Vectors, shortened
from knowledge_base.folding import fold
from knowledge_base.model import Section
from knowledge_base.search import Candidate, Findings

NEARNESS_WEIGHT = 0.8
"""How much the record's own sentences count beside the intent model when the section is chosen."""
NEARNESS_POWER = 4
"""Only sentences that are very near count."""


@dataclass(frozen=True)
class Reading:
    """One clause, understood without its context."""

    text: str
    intents: dict[str, float]
    """Probability by intent."""
    findings: Findings
    office: str | None
    """Key of the office that the clause names."""

    @property
    def top_intent(self) -> str:
        """The most probable intent."""
        return max(self.intents, key=lambda intent: self.intents[intent])

    @property
    def asking(self) -> float:
        """Probability that any section of a service is asked for."""
        return sum(self.intents.get(intent, 0.0) for intent in SECTION_INTENTS)

    @property
    def best(self) -> Candidate | None:
        """The service most likely meant."""
        return self.findings.candidates[0] if self.findings.candidates else None

    def section_intent(self, candidate: Candidate | None) -> str:
        """Return the ``ask_…`` intent: what the words ask for, supported by the record's own sentences."""
        nearness = candidate.sections if candidate else {}
        scores = {}
        for intent in SECTION_INTENTS:
            near = max(nearness.get(Section(intent.removeprefix("ask_")), 0.0), 0.0)
            scores[intent] = self.intents.get(intent, 0.0) + NEARNESS_WEIGHT * near**NEARNESS_POWER
        return max(sorted(scores), key=lambda intent: scores[intent])


def read_clause(text: str, model: IntentModel, town: ServedTown) -> Reading:
    """Read one clause; vectors come from the cache that ``receive()`` filled, never from here."""
    return Reading(
        text=text,
        intents=model.probabilities(text, remembered_vector(text, town)),
        findings=town.search.find(text, encode=False),
        office=named_office(text, town),
    )


def remembered_vector(text: str, town: ServedTown) -> Vectors | None:
    """Return the plain sentence vector if it was encoded before this turn."""
    encoder = town.search.encoder
    return encoder.remembered(shortened(text)) if encoder and not town.search.index.is_on_reserve else None


def named_office(text: str, town: ServedTown) -> str | None:
    """Return the office whose name or synonym stands in the text; the longest name wins."""
    folded = f" {fold(text)} "
    best, length = None, 0
    for office in town.knowledge.offices.values():
        for name in (office.name.de, office.name.en, *office.synonyms.get("de", ()), *office.synonyms.get("en", ())):
            short = fold(re.sub(rf"\b{re.escape(town.profile.name)}\b", "", name))
            if len(short) > max(length, 3) and re.search(rf" {re.escape(short)}(?:s|es|en|n)? ", folded):
                best, length = office.key, len(short)
    return best
