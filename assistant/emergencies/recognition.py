"""Tells emergencies from everything else: by words, by a learned model, and by what else a message may be."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from assistant.dialogue.clause_reader import ClauseReader
from assistant.dialogue.reading import Part, Reading, features_of
from assistant.emergencies.by_words import hear_words
from assistant.emergencies.kinds import KINDS, NONE, Emergency
from assistant.trees import Trees, log_odds, write_trees
from knowledge_base.sentence_model import SentenceModel

LIKELY, SURE = 0.5, 0.8
"""From these probabilities on it may be an emergency, and is one."""
FEWEST_WORDS = 3
"""What is shorter is a name, a time or a word of the lists."""
RECOGNITION_FILE = Path(__file__).with_name("recognition.json")


class Recognised(NamedTuple):
    """An emergency, and whether it surely is one."""

    emergency: Emergency
    is_sure: bool
    """False: the message may as well be an ordinary question, which is then answered, too."""


@dataclass(frozen=True)
class Alarm:
    """What speaks for an emergency."""

    by_words: str | None
    """The kind that the words tell of."""
    kind: str
    """The kind that the model thinks likeliest."""
    whole: float
    """Probability of any emergency, told by the whole message."""
    part: float
    """The same, told by its most alarming part."""


@dataclass(frozen=True)
class Recogniser:
    """Recognises emergencies; learned by ``python -m assistant calibrate``."""

    model: SentenceModel
    trees: Trees

    @classmethod
    def load(cls, model: SentenceModel, path: Path = RECOGNITION_FILE) -> "Recogniser":
        """Put the trained model and the stored trees together."""
        data = _stored(path)
        return cls(model, Trees.from_json(data["trees"]))

    def save(self, figures: Mapping[str, float], path: Path = RECOGNITION_FILE) -> None:
        """Write the trees, with the figures that they reached."""
        write_trees(path, {"trees": self.trees}, {"figures": dict(figures)})

    def recognise(self, text: str, reader: ClauseReader) -> Recognised | None:
        """Return the emergency that a message tells of.

        A clause whose words tell of danger is judged by itself, too, so that a question beside it hides nothing.
        """
        if len(text.split()) < FEWEST_WORDS and hear_words(text) is None:
            return None
        found = [self._judged(text, reader.parts(text), reader.read_message(text))]
        for clause in reader.all_clauses(text) if len(reader.all_clauses(text)) > 1 else ():
            if hear_words(clause):
                found.append(self._judged(clause, [reader.part(clause)], reader.read(clause)))
        probability, kind = max(found)
        return Recognised(KINDS[kind], is_sure=probability >= SURE) if probability >= LIKELY else None

    def _judged(self, text: str, parts: Sequence[Part], reading: Reading) -> tuple[float, str]:
        alarm = self.alarm(text, parts)
        return self.trees.probability(alarm_features_of(alarm, reading)), alarm.by_words or alarm.kind

    def alarm(self, text: str, parts: Sequence[Part]) -> Alarm:
        """Return what speaks for an emergency."""
        chances = [self.model.probabilities(part.text, part.vector) for part in parts]
        most = min(chances, key=lambda chance: chance[NONE])
        kind = max((kind for kind in most if kind != NONE), key=lambda kind: most[kind])
        return Alarm(hear_words(text), kind, 1 - chances[0][NONE], 1 - most[NONE])


def recognise_by_words(text: str) -> Recognised | None:
    """Return the emergency that the words alone tell of: on reserve, or where a text cannot be read."""
    kind = hear_words(text)
    return Recognised(KINDS[kind], is_sure=True) if kind else None


def alarm_features_of(alarm: Alarm, reading: Reading) -> list[float]:
    """Return what the recognition is learned from; the order is part of ``recognition.json``."""
    return [
        float(alarm.by_words is not None),
        log_odds(alarm.whole),
        log_odds(alarm.part),
        log_odds(reading.certainty),
        *features_of(reading),
    ]


@cache
def _stored(path: Path) -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return stored
