"""Learns the weights of the search from labelled questions that are in no record."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from knowledge_base.calibration import Weights
from knowledge_base.index import FEATURES, ServiceIndex


@dataclass(frozen=True)
class Labelled:
    """A question and the service it is about."""

    text: str
    slug: str | None
    """``None``: about none of the services."""


@dataclass(frozen=True)
class Pairs:
    """(question, record) pairs: their features and whether they belong together."""

    features: npt.NDArray[np.float32]
    targets: npt.NDArray[np.int64]
    """1 where they belong together; the records of one question stand together, questions in their order."""


def pairs_of(index: ServiceIndex, labelled: Sequence[Labelled], *, lexical_only: bool) -> Pairs:
    """Ask an index each question and label what it finds."""
    rows = {service.slug: row for row, service in enumerate(index.services)}
    blocks, targets = [], []
    for item in labelled:
        vector = None if lexical_only else index.centred(index.encode(item.text))
        target = np.zeros(len(rows), dtype=np.int64)
        if item.slug is not None:
            target[rows[item.slug]] = 1
        blocks.append(index.evidence(item.text, vector).features)
        targets.append(target)
    return Pairs(np.vstack(blocks), np.concatenate(targets))


def learn_weights(pairs: Pairs, features: Sequence[str] = FEATURES) -> Weights:
    """Fit a logistic model on some of the features: which pairs belong together?"""
    used = [FEATURES.index(name) for name in features]
    model = LogisticRegression(C=10.0, max_iter=2000)
    model.fit(pairs.features[:, used], pairs.targets)
    return Weights(float(model.intercept_[0]), dict(zip(features, map(float, model.coef_[0]), strict=True)))
