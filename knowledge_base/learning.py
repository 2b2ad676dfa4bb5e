"""Learns the weights of the search: from labelled questions, and from the records' own questions, each asked of an index
that does not hold it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from knowledge_base.calibration import Weights
from knowledge_base.encoder import CachedEncoder
from knowledge_base.index import FEATURES, ServiceIndex
from knowledge_base.model import Service

FOLDS = 5


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

    def __add__(self, other: "Pairs") -> "Pairs":
        return Pairs(np.vstack([self.features, other.features]), np.concatenate([self.targets, other.targets]))


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


def pairs_of_own_questions(
    services: Sequence[Service], encoder: CachedEncoder | None, strange: Sequence[str], *, lexical_only: bool
) -> Pairs:
    """Ask the records' own questions and the strange sentences, each fold of an index made without that fold."""
    found: list[Pairs] = []
    for fold in range(FOLDS):
        kept, asked = [], [Labelled(text, None) for text in strange[fold::FOLDS]]
        for service in services:
            asked += [Labelled(question.text, service.slug) for question in service.questions[fold::FOLDS]]
            rest = tuple(question for place, question in enumerate(service.questions) if place % FOLDS != fold)
            kept.append(replace(service, questions=rest))
        index = ServiceIndex(kept, encoder, [text for place, text in enumerate(strange) if place % FOLDS != fold])
        index.embed()
        found.append(pairs_of(index, asked, lexical_only=lexical_only))
    return Pairs(np.vstack([pairs.features for pairs in found]), np.concatenate([pairs.targets for pairs in found]))


def learn_weights(pairs: Pairs, features: Sequence[str] = FEATURES) -> Weights:
    """Fit a logistic model on some of the features: which pairs belong together?"""
    used = [FEATURES.index(name) for name in features]
    model = LogisticRegression(C=10.0, max_iter=2000)
    model.fit(pairs.features[:, used], pairs.targets)
    return Weights(float(model.intercept_[0]), dict(zip(features, map(float, model.coef_[0]), strict=True)))
