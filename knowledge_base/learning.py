"""Learns the weights of the search from labelled questions, and from the records' own questions with each left out once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from knowledge_base.calibration import Weights
from knowledge_base.index import FEATURES, LEXICAL_FEATURES, ServiceIndex


@dataclass(frozen=True)
class Labelled:
    """A question and the service it is about."""

    text: str
    slug: str | None
    """``None``: about none of the services."""
    leave_out: bool = False
    """True for a record's own question: its passage is hidden while it is asked."""
    weight: float = 1.0


def own_questions(index: ServiceIndex) -> list[Labelled]:
    """Return every question of the records, to be asked with its own passage hidden."""
    return [
        Labelled(question.text, service.slug, leave_out=True) for service in index.services for question in service.questions
    ]


def learn_weights(index: ServiceIndex, labelled: Sequence[Labelled], *, lexical_only: bool) -> Weights:
    """Fit the pair model: which (question, record) pairs belong together?"""
    features, targets, weights = _pairs(index, labelled, lexical_only=lexical_only)
    used = [FEATURES.index(name) for name in (LEXICAL_FEATURES if lexical_only else FEATURES)]
    model = LogisticRegression(C=10.0, max_iter=2000)
    model.fit(features[:, used], targets, sample_weight=weights)
    names = [FEATURES[place] for place in used]
    return Weights(float(model.intercept_[0]), dict(zip(names, map(float, model.coef_[0]), strict=True)))


def _pairs(
    index: ServiceIndex, labelled: Sequence[Labelled], *, lexical_only: bool
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    rows = {service.slug: row for row, service in enumerate(index.services)}
    blocks, targets, weights = [], [], []
    for item in labelled:
        vector = None if lexical_only else index.vector(item.text)
        evidence = index.evidence(item.text, vector, item.text if item.leave_out else None)
        target = np.zeros(len(rows), dtype=np.int64)
        if item.slug is not None:
            target[rows[item.slug]] = 1
        blocks.append(evidence.features)
        targets.append(target)
        weights.append(np.full(len(rows), item.weight))
    return np.vstack(blocks), np.concatenate(targets), np.concatenate(weights)
