"""Reads clauses: parts a message where it says several things, and understands each part with the trained models."""

import re
from dataclasses import replace

import numpy as np

from assistant.dialogue.acts import OPENERS, SECTION_INTENTS
from assistant.dialogue.certainty import Certainties
from assistant.dialogue.language import guess_language
from assistant.dialogue.reading import CUED_INTENT, Part, Reading, features_of, leaning_features_of
from assistant.dialogue.wishes import MOST_CLAUSES, asks, clauses_of, wishes_named
from assistant.towns.served import ServedTown
from knowledge_base.dialect import standard_german
from knowledge_base.folding import fold
from knowledge_base.model import Section
from knowledge_base.search import SectionEvidence
from knowledge_base.sentence_model import SentenceModel

_JOINT = re.compile(r"(?<![-,])\s+(?:und|and|sowie|plus|un)\s+|,\s+(?:(?:und|and|un)\s+)?", re.IGNORECASE)
MOST_JOINTS = 4
FEWEST_WORDS = 2
CLEAR_PART = 0.5
"""From this probability on a side of an "und" asks about a service."""
LIKELY_PART = 0.35
"""From this probability on it is a wish beside the services."""
_NEEDS_APPOINTMENT = re.compile(
    r"\b(brauche?|benotige|benotigt|braucht|muss|mussen) (ich|man|wir|sch|es)\b.*\btermin|\bbraucht man\b.*\btermin"
    r"|\bdo (i|we|you) (need|have)\b.*\bappointment|\btermin (notig|erforderlich|notwendig|pflicht)"
)
"""The question whether an appointment is needed; "ich brauche einen Termin" is the wish for one."""


class ClauseReader:
    """Reads for one town during one turn; what was read once is not read again."""

    def __init__(self, intents: SentenceModel, certainties: Certainties, town: ServedTown) -> None:
        self._intents = intents
        self.certainties = certainties
        self._town = town
        self._clauses: dict[str, list[str]] = {}
        self._readings: dict[tuple[str, str | None], Reading] = {}

    def all_clauses(self, text: str) -> list[str]:
        """Return every clause of a text, in its order."""
        if text not in self._clauses:
            self._clauses[text] = [part for clause in clauses_of(text) for part in self._parted(clause)]
        return self._clauses[text]

    def clauses(self, text: str) -> list[str]:
        """Return the clauses of a text that are read, in their order.

        Of a long story the sentences that ask or name a service are read, then the last and the first ones.
        """
        clauses = self.all_clauses(text)
        if len(clauses) <= MOST_CLAUSES:
            return clauses
        named = self._town.search.names.named
        ranks = sorted(range(len(clauses)), key=lambda at: (not asks(clauses[at]), not named(clauses[at]), -at))
        return [clauses[at] for at in sorted(ranks[:MOST_CLAUSES])]

    def texts_to_encode(self, text: str) -> list[str]:
        """Return the clauses as they are compared, which is how they are encoded before the turn."""
        return [mended(clause, self._town) for clause in self.clauses(text)]

    def read(self, text: str, last_service: str | None = None) -> Reading:
        """Read one clause; its vector comes from the cache that ``receive()`` filled, never from here."""
        return self._read(self.part(text), last_service)

    def read_message(self, text: str, last_service: str | None = None) -> Reading:
        """Read a whole message."""
        return self._read(self.parts(text)[0], last_service)

    def read_by_words(self, text: str) -> Reading:
        """Read a message as it is read on reserve, without vectors."""
        return self._understood(Part(text, None), None)

    def section_evidence(self, text: str, slug: str) -> dict[Section, SectionEvidence]:
        """Return what of a message speaks for each section of one service."""
        whole = self.parts(text)[0]
        return self._town.search.section_evidence(slug, mended(whole.text, self._town), whole.vector)

    def parts(self, text: str) -> list[Part]:
        """Return the whole message and, if there are several, its clauses; the vector of the whole is the mean of theirs."""
        clauses = [self.part(clause) for clause in self.clauses(text)]
        if len(clauses) == 1:
            return clauses
        known = [clause.vector for clause in clauses if clause.vector is not None]
        mean = np.mean(known, axis=0, dtype=np.float32) if len(known) == len(clauses) else None
        return [Part(" ".join(clause.text for clause in clauses), mean), *clauses]

    def part(self, text: str) -> Part:
        """Return a clause with its vector, if it was encoded before this turn."""
        return Part(text, self._town.search.index.remembered(mended(text, self._town)))

    def _read(self, part: Part, last_service: str | None) -> Reading:
        key = (part.text, last_service)
        if key not in self._readings:
            self._readings[key] = self._understood(part, last_service)
        return self._readings[key]

    def _understood(self, part: Part, last_service: str | None) -> Reading:
        text, vector, town = part.text, part.vector, self._town
        compared, foreign = mended(text, town), is_foreign(text)
        names = town.search.names
        reading = Reading(
            text=text,
            intents=_merged(self._intents.probabilities(compared, vector), compared),
            findings=town.search.find(compared, vector, foreign=foreign),
            office=town.office_names.named(compared),
            named=frozenset(names.named(compared)),
            ambiguous=names.ambiguous(compared),
            foreign=foreign,
        )
        sure = self.certainties
        leaning = sure.leaning.probability(leaning_features_of(reading, last_service)) if last_service else 0.0
        if reading.best is None:
            return replace(reading, leaning=leaning)
        features = features_of(reading)
        if vector is None:
            certainty = near = sure.reserve.probability(features)
        else:
            certainty, near = sure.full.probability(features), sure.near.probability(features)
        return replace(reading, certainty=certainty, near=max(near, certainty), leaning=leaning)

    def _parted(self, clause: str) -> list[str]:
        """Part a clause at the first "und" or comma whose sides want different things."""
        for joint in list(_JOINT.finditer(clause))[:MOST_JOINTS]:
            left, right = clause[: joint.start()], clause[joint.end() :]
            if min(len(left.split()), len(right.split())) >= FEWEST_WORDS and self._differ(left, right):
                return [left, *self._parted(right)]
        return [clause]

    def _differ(self, left: str, right: str) -> bool:
        names = self._town.search.names
        before, after = names.named(left), names.named(right)
        if before and after and not before & after:
            return True
        kinds = {self._kind(left), self._kind(right)}
        return None not in kinds and len(kinds) > 1

    def _kind(self, part: str) -> str | None:
        """Return the opener that a part clearly is, ``question`` for any section, or ``None``; told by its words alone."""
        intents = _merged(self._intents.probabilities(mended(part, self._town), None), part)
        best = max(intents, key=lambda intent: intents[intent])
        if best in OPENERS and intents[best] >= LIKELY_PART:
            return best
        if cued := [intent for intent in wishes_named(part) if intents[intent] >= CUED_INTENT]:
            return max(cued, key=lambda intent: intents[intent])
        return "question" if sum(intents[intent] for intent in SECTION_INTENTS) >= CLEAR_PART else None


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
