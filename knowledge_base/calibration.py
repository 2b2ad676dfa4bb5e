"""How evidence becomes a probability, and which probability is enough; learned by ``python -m assistant calibrate``."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge_base.index import FEATURES, Evidence

CALIBRATION_FILE = Path(__file__).parent / "calibration.json"


@dataclass(frozen=True)
class Weights:
    """A logistic model over :data:`FEATURES`."""

    bias: float
    by_feature: Mapping[str, float]

    def probabilities(self, evidence: Evidence) -> npt.NDArray[np.float64]:
        """Return per record the probability that the question is about it."""
        row = np.array([self.by_feature.get(feature, 0.0) for feature in FEATURES])
        return np.asarray(1 / (1 + np.exp(-(evidence.features @ row + self.bias))), dtype=np.float64)


@dataclass(frozen=True)
class Calibration:
    """Weights and thresholds with the figures they reached on development data."""

    encoder: str
    """The encoder whose vectors ``full`` was learned on; another one needs a new calibration."""
    full: Weights
    foreign: Weights
    """For languages whose words no record has: vectors only."""
    reserve: Weights
    """Without vectors: words only."""
    figures: Mapping[str, float]

    @classmethod
    def load(cls, path: Path = CALIBRATION_FILE) -> "Calibration":
        """Read the stored calibration."""
        data = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            **{**data, **{name: Weights(**data[name]) for name in ("full", "foreign", "reserve")}},
        )

    def save(self, path: Path = CALIBRATION_FILE) -> None:
        """Write the calibration, rounded so that a rerun shows real differences only."""
        path.write_text(json.dumps(_rounded(asdict(self)), indent=2) + "\n", encoding="utf-8")


def _rounded(value: object) -> object:
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    return round(value, 4) if isinstance(value, float) else value
