"""Learns boosted trees with scikit-learn and hands them on as plain numbers."""

from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from assistant.trees import Tree, Trees, log_odds

FOLDS = 10
Numbers = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]


def learned(rows: Numbers, right: Truths) -> Trees:
    """Return trees fitted to all rows."""
    model = _model().fit(rows, right)
    trees = tuple(_tree(stage[0].tree_, float(model.learning_rate)) for stage in model.estimators_)
    return Trees(log_odds(float(right.mean())), trees)


def unseen(rows: Numbers, right: Truths) -> Numbers:
    """Return for each row the probability that trees say which were fitted without it."""
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=115)
    return np.asarray(cross_val_predict(_model(), rows, right, cv=folds, method="predict_proba")[:, 1])


def _model() -> GradientBoostingClassifier:
    return GradientBoostingClassifier(
        n_estimators=150, max_depth=3, subsample=0.7, learning_rate=0.08, max_features=0.4, random_state=115
    )


def _tree(tree: Any, rate: float) -> Tree:
    return [_node(tree, place, rate) for place in range(tree.node_count)]


def _node(tree: Any, place: int, rate: float) -> tuple[int, float, int, int]:
    left, right = int(tree.children_left[place]), int(tree.children_right[place])
    if left < 0:
        return -1, round(rate * float(tree.value[place][0][0]), 5), 0, 0
    return int(tree.feature[place]), round(float(tree.threshold[place]), 4), left, right
