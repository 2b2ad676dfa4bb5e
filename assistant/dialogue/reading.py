"""What one clause says by itself: intent, service, office and language, each with how sure we are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.dialogue.acts import SECTION_INTENTS
from assistant.dialogue.intents import IntentModel
from assistant.dialogue.language import guess_language
from assistant.towns.served import ServedTown
from knowledge_base.dialect import standard_german
from knowledge_base.encoder import Vectors
from knowledge_base.folding import fold
from knowledge_base.model import Section
from knowledge_base.search import Candidate, Findings

NEARNESS_WEIGHT = 0.4
"""How much the record's own sentences count beside the intent model when the section is chosen."""
GENERAL_NEARNESS = 0.5
"""The general section is near to every question about its service, so its nearness says less."""
NEARNESS_POWER = 2
"""Only sentences that are very near count."""
_NEEDS_APPOINTMENT = re.compile(
    r"\b(brauche?|benotige|benotigt|braucht|muss|mussen) (ich|man|wir|sch|es)\b.*\btermin|\bbraucht man\b.*\btermin"
    r"|\bdo (i|we|you) (need|have)\b.*\bappointment|\btermin (notig|erforderlich|notwendig|pflicht)"
)
"""The question whether an appointment is needed; "ich brauche einen Termin" is the wish for one."""
_OPEN_WORDS = re.compile(
    r"\b(offen|geoffnet|offnungs\w*|offnet|sprechzeit\w*|sprechstunde\w*|geschlossen|schliesst|publikumsverkehr|zu haben|"
    r"opening|open|opens|closed|close|closes)\b|\b(zu|auf|dicht|besetzt)$"
)


@dataclass(frozen=True)
class Reading:
    """One clause, understood without its context."""

    text: str
    intents: dict[str, float]
    """Probability by intent."""
    findings: Findings
    office: str | None
    """Key of the office that the clause names."""
    named: frozenset[str] = frozenset()
    """Services that the clause calls by a name of their own."""
    ambiguous: tuple[str, ...] = ()
    """Services among which a shared name leaves the choice."""
    foreign: bool = False
    """Whether the clause is in a language that no record has; what the intent model says of it counts little."""

    @property
    def asks_for_hours(self) -> bool:
        """Whether an office is named together with the words for being open."""
        return self.office is not None and _OPEN_WORDS.search(fold(self.text)) is not None

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
            if intent == "ask_general":
                near *= GENERAL_NEARNESS
            scores[intent] = self.intents.get(intent, 0.0) + NEARNESS_WEIGHT * near**NEARNESS_POWER
        return max(sorted(scores), key=lambda intent: scores[intent])


def mended(text: str, town: ServedTown) -> str:
    """Return the text as it is compared: standard German, typing errors mended; languages we do not write are left alone."""
    guess = guess_language(text)
    if guess.is_sure and guess.code not in ("de", "en"):
        return text
    return town.search.spelling.mended(standard_german(text) if guess.code == "de" else text)


def is_foreign(text: str) -> bool:
    """Tell whether a text is clearly in a language that no record has."""
    guess = guess_language(text)
    return guess.is_sure and guess.code not in ("de", "en")


def read_clause(text: str, model: IntentModel, town: ServedTown) -> Reading:
    """Read one clause; its vector comes from the cache that ``receive()`` filled, never from here."""
    return _read(text, town.search.index.remembered(mended(text, town)), model, town)


def read_whole(clauses: Sequence[str], model: IntentModel, town: ServedTown) -> Reading:
    """Read a message of several clauses at once; its vector is the mean of theirs, which costs no encoding."""
    vectors = [town.search.index.remembered(mended(clause, town)) for clause in clauses]
    known = [vector for vector in vectors if vector is not None]
    mean = np.mean(known, axis=0, dtype=np.float32) if len(known) == len(clauses) else None
    return _read(" ".join(clauses), mean, model, town)


def _read(text: str, vector: Vectors | None, model: IntentModel, town: ServedTown) -> Reading:
    compared, foreign = mended(text, town), is_foreign(text)
    names = town.search.names
    return Reading(
        text=text,
        intents=_merged(model.probabilities(compared, vector), compared),
        findings=town.search.find(compared, vector, foreign=foreign),
        office=town.office_names.named(compared),
        named=frozenset(names.named(compared)),
        ambiguous=names.ambiguous(compared),
        foreign=foreign,
    )


def _merged(intents: dict[str, float], text: str) -> dict[str, float]:
    """Join what the dialogue treats alike: a person and a call-back; a question whether an appointment is needed."""
    merged = dict(intents)
    if _NEEDS_APPOINTMENT.search(fold(text)):
        merged["ask_procedure"] += merged["book_appointment"]
        merged["book_appointment"] = 0.0
    lesser, greater = sorted(("request_person", "request_callback"), key=lambda intent: merged[intent])
    merged[greater] += merged[lesser]
    merged[lesser] = 0.0
    return merged
