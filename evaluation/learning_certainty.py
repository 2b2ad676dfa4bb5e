"""Learns how sure the dialogue may be: of the service found, and that a clause asks on about the last one."""

import random
from collections.abc import Sequence

import numpy as np

from assistant.dialogue.certainty import Certainties
from assistant.dialogue.clause_reader import ClauseReader
from assistant.dialogue.deciding import CLEARLY_STRANGE
from assistant.dialogue.reading import Reading, features_of, leaning_features_of
from assistant.towns.served import ServedTown
from evaluation.boosting import Numbers, Truths, learned, unseen
from evaluation.items import Item
from knowledge_base.names import MOST_CHOICES

WRONG_ANSWERS = 0.035
"""So large a share of the questions about services may be answered with another service; the rest is asked back."""
STRANGE_TAKEN = 0.07
"""So large a share of what is none of a town hall's may be answered or asked back; the rest is declined. Nearly half of the
development sentences of this kind were written as near misses, so strangers see about half of it."""
SURE = 0.9
"""Answers of this confidence are to be right in nine of ten cases; the figure shows whether they are."""
STEPS = tuple(step / 100 for step in range(2, 100))
STRANGERS = 900
"""Sentences that are put behind a service that they have nothing to do with."""


def learn_certainties(items: Sequence[Item], reader: ClauseReader, town: ServedTown) -> Certainties:
    """Read every development sentence, and learn when the best service is the one asked about."""
    alone = [item for item in items if not item.after and item.outcome != "several"]
    readings = [reader.read_message(item.text) for item in alone]
    full, right = _rows(alone, readings)
    words, right_by_words = _rows(alone, [reader.read_by_words(item.text) for item in alone])
    leaning, leans = _leaning_rows(items, reader, list(town.knowledge.services))
    sure, sure_leaning = unseen(full, right), unseen(leaning, leans)
    near = np.array([_is_near(item, reading) for item, reading in zip(alone, readings, strict=True)])
    answer, offer = _answer_from(sure, right, alone), _offer_from(unseen(full, near), alone, readings)
    figures = {
        "sentences": float(len(alone)),
        "right_when_answered": float(right[sure >= answer].mean()),
        "right_at_0.9": float(right[sure >= SURE].mean()),
        "answered_of_right": float((sure[right] >= answer).mean()),
        "leaning_sentences": float(len(leans)),
        "leaning_right": float(((sure_leaning >= 0.5) == leans).mean()),
        "leaning_recall": float((sure_leaning[leans] >= 0.5).mean()),
    }
    return Certainties(
        learned(full, right),
        learned(words, right_by_words),
        learned(full, near),
        learned(leaning, leans),
        answer,
        offer,
        figures,
    )


def _rows(items: Sequence[Item], readings: Sequence[Reading]) -> tuple[Numbers, Truths]:
    rows = [features_of(reading) for reading in readings]
    right = [_is_right(item, reading) for item, reading in zip(items, readings, strict=True)]
    return np.array(rows), np.array(right)


def _is_right(item: Item, reading: Reading) -> bool:
    return item.outcome == "answer" and reading.best is not None and item.service == reading.best.slug


def _is_near(item: Item, reading: Reading) -> bool:
    """Tell whether asking back would offer what was meant."""
    offered = {found.slug for found in reading.findings.candidates[:MOST_CHOICES]}
    return bool(offered & {item.service, *item.services} - {None}) and item.outcome in ("answer", "candidates")


def _leaning_rows(items: Sequence[Item], reader: ClauseReader, slugs: list[str]) -> tuple[Numbers, Truths]:
    """Follow-ups as they are, and other sentences behind a service that they have nothing to do with."""
    rows, leans = [], []
    for item in items:
        if item.after and (last := _service_before(item, reader)):
            rows.append(leaning_features_of(reader.read_message(item.text, last), last))
            leans.append(item.outcome == "answer" and item.service == last)
    dice = random.Random(115)  # noqa: S311 - a sample, no secret
    alone = [item for item in items if not item.after and item.outcome != "several"]
    for item in dice.sample(alone, min(STRANGERS, len(alone))):
        last = dice.choice([slug for slug in slugs if slug != item.service and slug not in item.services])
        rows.append(leaning_features_of(reader.read_message(item.text, last), last))
        leans.append(False)
    return np.array(rows), np.array(leans)


def _service_before(item: Item, reader: ClauseReader) -> str | None:
    """Return the service that the sentence before was about; the label knows it of those that lean on it."""
    best = reader.read_message(item.after[-1]).best
    return best.slug if best else None


def _answer_from(sure: Numbers, right: Truths, items: Sequence[Item]) -> float:
    """Return the lowest certainty from which on few enough questions about services get another service's answer."""
    asked = np.array([item.outcome == "answer" and item.service is not None for item in items])
    wrong = sure[asked & ~right]
    return next(step for step in STEPS if (wrong >= step).sum() <= WRONG_ANSWERS * asked.sum())


def _offer_from(near: Numbers, items: Sequence[Item], readings: Sequence[Reading]) -> float:
    """Return the lowest probability from which on hardly anything strange is taken for a question about a service."""
    strange = np.array([item.outcome == "refusal" for item in items])
    taken = strange & np.array([reading.strange < CLEARLY_STRANGE for reading in readings])
    return next(step for step in STEPS if (near[taken] >= step).sum() <= STRANGE_TAKEN * strange.sum())
