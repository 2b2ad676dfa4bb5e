"""Learns to weigh what speaks for an emergency against what else a message may be.

The training sentences are read by models that were trained without them, so that they count like those of strangers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from assistant.dialogue.clause_reader import ClauseReader
from assistant.emergencies.kinds import NONE
from assistant.emergencies.recognition import LIKELY, Recogniser, alarm_features_of
from assistant.emergencies.training import trained_model, training_examples, written_examples
from evaluation.boosting import Numbers, Truths, learned, unseen
from evaluation.items import Item
from knowledge_base.encoder import CachedEncoder

FOLDS = 5

Row = tuple[list[float], bool]


def learn_recognition(
    items: Sequence[Item], reader: ClauseReader, recogniser: Recogniser, encoder: CachedEncoder
) -> tuple[Recogniser, dict[str, float]]:
    """Return the recogniser with new trees and threshold, and how they do on sentences that they were learned without."""
    own = [(_features(item.text, reader, recogniser), item.is_emergency) for item in items]
    rows, true = _table([*own, *_rows_of_training(reader, recogniser, encoder)])
    sure = unseen(rows, true)
    heard, ordinary = sure >= LIKELY, sure[: len(own)][~true[: len(own)]]
    figures = {
        "sentences": float(len(rows)),
        "emergencies": float(true.sum()),
        "recall": float(heard[true].mean()),
        "false_alarms_among_near_misses": float(heard[len(own) :][~true[len(own) :]].mean()),
        "false_alarms_among_ordinary": float((ordinary >= LIKELY).mean()),
    }
    return Recogniser(recogniser.model, learned(rows, true)), figures


def _rows_of_training(reader: ClauseReader, recogniser: Recogniser, encoder: CachedEncoder) -> Iterator[Row]:
    written = written_examples()
    ordinary = training_examples()[len(written) :]
    for fold in range(FOLDS):
        rest = [example for place, example in enumerate(written) if place % FOLDS != fold]
        stranger = replace(recogniser, model=trained_model([*rest, *ordinary], encoder))
        for text, kind in written[fold::FOLDS]:
            yield _features(text, reader, stranger), kind != NONE


def _features(text: str, reader: ClauseReader, recogniser: Recogniser) -> list[float]:
    return alarm_features_of(recogniser.alarm(text, reader.parts(text)), reader.read_message(text))


def _table(rows: Sequence[Row]) -> tuple[Numbers, Truths]:
    return np.array([features for features, _ in rows]), np.array([true for _, true in rows])
