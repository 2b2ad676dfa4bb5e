"""Boosted decision trees as plain numbers: learned with scikit-learn by ``python -m assistant calibrate``, used without it."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SMALLEST = 1e-4

Tree = Sequence[tuple[int, float, int, int]]
"""Nodes as (feature, threshold, left, right); a leaf has the feature -1 and its value as threshold."""


@dataclass(frozen=True)
class Trees:
    """The sum of many small decision trees, as a probability."""

    start: float
    """Log odds before any tree speaks."""
    trees: tuple[Tree, ...]

    def probability(self, features: Sequence[float]) -> float:
        """Return the probability for one row of features."""
        return 1 / (1 + math.exp(-self.start - sum(_leaf(tree, features) for tree in self.trees)))

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Trees":
        """Return what :func:`write_trees` wrote."""
        return cls(data["start"], tuple(data["trees"]))


def write_trees(path: Path, trees: Mapping[str, Trees], rest: Mapping[str, object]) -> None:
    """Write several sums of trees, a tree in a line, and what else belongs to them."""
    parts = [f'"{name}": {{"start": {kept.start:.4f}, "trees": [\n{_lines(kept)}\n]}}' for name, kept in trees.items()]
    path.write_text("{" + ",\n".join(parts) + ",\n" + json.dumps(rest, indent=1)[1:] + "\n", encoding="utf-8")


def log_odds(probability: float) -> float:
    """Return the logarithm of the odds, within what counts."""
    bounded = min(max(probability, SMALLEST), 1 - SMALLEST)
    return math.log(bounded / (1 - bounded))


def _leaf(tree: Tree, features: Sequence[float]) -> float:
    place = 0
    while True:
        feature, threshold, left, right = tree[place]
        if feature < 0:
            return threshold
        place = left if features[feature] <= threshold else right


def _lines(kept: Trees) -> str:
    return ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in kept.trees)
