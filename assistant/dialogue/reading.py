"""What one clause says by itself: intent, service, office and language, each with how sure we are."""

import re
from dataclasses import dataclass
from pathlib import Path

from assistant.dialogue.acts import SECTION_INTENTS, STRANGE
from assistant.dialogue.section_choice import section_choice
from assistant.dialogue.wishes import asks, wishes_named
from assistant.expressions.vocabulary import vocabulary
from assistant.trees import log_odds
from knowledge_base.encoder import Vectors
from knowledge_base.folding import fold
from knowledge_base.search import Candidate, Findings
from knowledge_base.yaml_file import read_yaml

MANY_WORDS = 20
FEW_WORDS = 3
_OFFICE_WORDS: dict[str, list[str]] = read_yaml(Path(__file__).with_name("office_words.yml"))
WHOLE_OFFICE_WORDS, OFFICE_WORD_STARTS = frozenset(_OFFICE_WORDS["whole"]), tuple(_OFFICE_WORDS["starts"])
CUED_INTENT = 0.22
"""From this probability on a wish that its own words name is taken as such."""
TIME_TAG = re.compile(r"\b(?:weekday|relative|special|now|date)_\d")
_TIME_OF_DAY = re.compile(
    r"\b(vormittags?|nachmittags?|mittags?|abends?|morgens|fruh|mornings?|afternoons?|evenings?|noon|wochenende|weekend)\b"
)
NOBODY = Candidate("", 0.0, {})
LEANING_WORDS = frozenset(
    "und un da dafur dazu dort daran davon damit dabei der die das den dem er sie es and there it that".split()
)
"""Words that may point back to what was said before."""
_OPEN_WORDS = re.compile(
    r"\b(offen|geoffnet|offnungs\w*|offnet|sprechzeit\w*|sprechstunde\w*|geschlossen|schliesst|publikumsverkehr|zu haben|"
    r"opening|open|opens|closed|close|closes)\b|\b(zu|auf|dicht|besetzt)$"
)


@dataclass(frozen=True)
class Part:
    """A clause, or a whole message, with its sentence vector."""

    text: str
    vector: Vectors | None
    """``None`` on reserve."""


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
    certainty: float = 0.0
    """Probability that the best service is the one asked about, all told; 0 to 1."""
    near: float = 0.0
    """Probability that the service asked about is among the first three found, all told; never below the certainty."""
    leaning: float = 0.0
    """Probability that the clause asks about the service asked about last; 0 without one."""

    @property
    def asks_for_hours(self) -> bool:
        """Whether an office is named together with the words for being open."""
        return self.office is not None and _OPEN_WORDS.search(fold(self.text)) is not None

    @property
    def names_time(self) -> bool:
        """Whether a day or a time of day is named."""
        return TIME_TAG.search(vocabulary().tag(self.text)) is not None or _TIME_OF_DAY.search(fold(self.text)) is not None

    @property
    def speaks_of_us(self) -> bool:
        """Whether a clause speaks of the town hall and its doors, not of a market or a swimming pool."""
        words = fold(self.text).split()
        return (
            len(words) < FEW_WORDS
            or any(word in WHOLE_OFFICE_WORDS or word.startswith(OFFICE_WORD_STARTS) for word in words)
            or self.asks_for_hours
        )

    @property
    def cued(self) -> str | None:
        """The wish beside the services that is named by its words and that the model holds for possible."""
        named = [intent for intent in wishes_named(self.text) if self.intents[intent] >= CUED_INTENT]
        return max(sorted(named), key=lambda intent: self.intents[intent], default=None)

    @property
    def top_intent(self) -> str:
        """The most probable intent."""
        return max(self.intents, key=lambda intent: self.intents[intent])

    @property
    def strange(self) -> float:
        """Probability that the clause is none of a town hall's."""
        return sum(self.intents.get(intent, 0.0) for intent in STRANGE)

    @property
    def asking(self) -> float:
        """Probability that any section of a service is asked for."""
        return sum(self.intents.get(intent, 0.0) for intent in SECTION_INTENTS)

    @property
    def best(self) -> Candidate | None:
        """The service most likely meant."""
        return self.findings.candidates[0] if self.findings.candidates else None

    def section_intent(self, candidate: Candidate | None) -> str:
        """Return the ``ask_…`` intent: what the words ask for, supported by what the record says."""
        is_short = len(self.text.split()) <= FEW_WORDS
        return f"ask_{section_choice().choose(self.intents, candidate.sections if candidate else {}, is_short=is_short)}"


def features_of(reading: Reading) -> list[float]:
    """Return what the certainty is learned from; the order is part of ``certainty.json``."""
    first, second, third = (*reading.findings.candidates, NOBODY, NOBODY, NOBODY)[:3]
    intents = reading.intents
    others = max(chance for intent, chance in intents.items() if intent not in SECTION_INTENTS and intent != "out_of_scope")
    return [
        log_odds(first.confidence),
        log_odds(second.confidence),
        log_odds(third.confidence),
        first.confidence - second.confidence,
        log_odds(reading.asking),
        log_odds(intents.get("out_of_scope", 0.0)),
        log_odds(others),
        log_odds(intents["ask_hours"] + intents["ask_contact"]),
        float(first.slug in reading.named),
        float(bool(reading.named) and reading.named != {first.slug}),
        float(bool(reading.ambiguous)),
        float(reading.office is not None),
        min(len(reading.text.split()), MANY_WORDS) / MANY_WORDS,
        float(reading.foreign),
        *(log_odds(intents[intent]) for intent in sorted(intents)),
    ]


def leaning_features_of(reading: Reading, last_service: str) -> list[float]:
    """Return what is learned from about a clause that may ask on about the last service; the order is stored, too."""
    last = next((found for found in reading.findings.candidates if found.slug == last_service), NOBODY)
    words = fold(reading.text).split()
    return [
        *features_of(reading),
        log_odds(reading.findings.confidences.get(last_service, 0.0)),
        float(reading.best is not None and reading.best.slug == last_service),
        float(last_service in reading.named),
        max((found.near for found in last.sections.values()), default=0.0),
        float(bool(LEANING_WORDS & set(words[:5]))),
        float(bool(words) and words[0] in ("und", "un", "and")),
        float(asks(reading.text)),
        float(len(words)),
    ]
