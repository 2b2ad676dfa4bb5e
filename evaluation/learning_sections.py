"""Learns which section of a service a question asks for: a conditional logit over the sections of one record."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from assistant.dialogue.clause_reader import ClauseReader
from assistant.dialogue.section_choice import SECTIONS, SPEAKING, SectionChoice, columns_of
from evaluation.items import Item

FOLDS = 8
SMALL_WEIGHTS = 1.0
"""How much large weights cost."""

Numbers = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]


def learn_section_choice(items: Sequence[Item], reader: ClauseReader) -> SectionChoice:
    """Return the weights, and how often they are right on questions that they were learned without."""
    asked = [item for item in items if item.outcome == "answer" and item.service and set(item.sections) & set(SECTIONS)]
    columns = np.array([_columns(item, reader) for item in asked])
    right = np.array([[section in item.sections for section in SECTIONS] for item in asked])
    folds = np.random.default_rng(115).integers(0, FOLDS, len(asked))
    hits = [
        _hits(columns[folds == fold], right[folds == fold], _fitted(columns[folds != fold], right[folds != fold]))
        for fold in range(FOLDS)
    ]
    weights = dict(zip(SPEAKING, _fitted(columns, right).tolist(), strict=True))
    return SectionChoice(weights, {"questions": float(len(asked)), "right": float(np.concatenate(hits).mean())})


def _columns(item: Item, reader: ClauseReader) -> Numbers:
    """Return what speaks for each section of the labelled service."""
    assert item.service is not None
    reading = reader.read_message(item.text, item.service if item.after else None)
    return columns_of(reading.intents, reader.section_evidence(item.text, item.service))


def _hits(columns: Numbers, right: Truths, weights: Numbers) -> Truths:
    return np.asarray(right[np.arange(len(right)), (columns @ weights).argmax(axis=1)])


def _fitted(columns: Numbers, right: Truths) -> Numbers:
    """Return the weights that make the right sections likeliest."""

    def cost(weights: Numbers) -> tuple[float, Numbers]:
        scores = columns @ weights
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances = raised / raised.sum(axis=1, keepdims=True)
        hit = (chances * right).sum(axis=1, keepdims=True) + 1e-12
        gradient = np.einsum("ns,nsk->k", chances - chances * right / hit, columns)
        return float(-np.log(hit).sum() + SMALL_WEIGHTS * weights @ weights), gradient + 2 * SMALL_WEIGHTS * weights

    found = minimize(cost, np.zeros(columns.shape[2]), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return np.asarray(found.x)
