"""Tells emergencies from everything else: by words, by a learned model, and by what else a message may be."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.dialogue.reading import Part, Reading, features_of
from assistant.emergencies.by_words import hear_words
from assistant.emergencies.kinds import KINDS, NONE, Emergency
from assistant.sentence_model import SentenceModel
from assistant.trees import Trees, log_odds, write_trees

RECOGNITION_FILE = Path(__file__).with_name("recognition.json")


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
    threshold: float
    """From this probability on it is an emergency."""

    @classmethod
    def load(cls, model: SentenceModel, path: Path = RECOGNITION_FILE) -> "Recogniser":
        """Put the trained model and the stored trees together."""
        data = _stored(path)
        return cls(model, Trees.from_json(data["trees"]), data["threshold"])  # type: ignore[arg-type]

    def save(self, figures: Mapping[str, float], path: Path = RECOGNITION_FILE) -> None:
        """Write trees and threshold, with the figures that they reached."""
        write_trees(path, {"trees": self.trees}, {"threshold": self.threshold, "figures": dict(figures)})

    def recognise(self, text: str, parts: Sequence[Part], reading: Reading) -> Emergency | None:
        """Return the emergency that a message tells of; ``parts`` are the whole message and then its clauses."""
        alarm = self.alarm(text, parts)
        if self.trees.probability(alarm_features_of(alarm, reading)) < self.threshold:
            return None
        return KINDS[alarm.by_words or alarm.kind]

    def alarm(self, text: str, parts: Sequence[Part]) -> Alarm:
        """Return what speaks for an emergency."""
        chances = [self.model.probabilities(part.text, part.vector) for part in parts]
        most = min(chances, key=lambda chance: chance[NONE])
        kind = max((kind for kind in most if kind != NONE), key=lambda kind: most[kind])
        return Alarm(hear_words(text), kind, 1 - chances[0][NONE], 1 - most[NONE])


def recognise_by_words(text: str) -> Emergency | None:
    """Return the emergency that the words alone tell of: on reserve, or where a text cannot be read."""
    kind = hear_words(text)
    return KINDS[kind] if kind else None


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
def _stored(path: Path) -> dict[str, object]:
    stored: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return stored
