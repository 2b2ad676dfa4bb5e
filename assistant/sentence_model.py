"""A model of sentences: character n-grams and the sentence vector under one soft-max; stored as npz and json, no pickle.

Measured on 35 intents and 233 held-out sentences (design figures): DIET .75 at 220 s of training, this .89 at some seconds.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from knowledge_base.encoder import Vectors
from knowledge_base.folding import fold

Matrix = npt.NDArray[np.float32]

DENSE_WEIGHT = 0.6
"""How much the sentence vector counts beside the n-grams (both have length 1)."""
REGULARISATION = 6.0


@dataclass(frozen=True)
class Layer:
    """A soft-max layer."""

    weights: Matrix
    """Shape ``(labels, features)``."""
    bias: Matrix


class SentenceModel:
    """Says what a sentence is, as a probability per label: an intent, or a kind of emergency."""

    def __init__(
        self,
        labels: Sequence[str],
        grams: TfidfVectorizer,
        mean: Vectors | None,
        layers: dict[str, Layer],
        dense_weight: float = DENSE_WEIGHT,
    ) -> None:
        self.labels = tuple(labels)
        self._grams = grams
        self._mean = mean
        self._layers = layers
        self._dense_weight = dense_weight

    @classmethod
    def train(
        cls,
        texts: Sequence[str],
        labels: Sequence[str],
        vectors: Vectors | None,
        dense_weight: float = DENSE_WEIGHT,
        regularisation: float = REGULARISATION,
    ) -> "SentenceModel":
        """Fit on sentences; ``vectors`` are the uncentred sentence vectors or ``None`` without an encoder."""
        grams = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(1, 4), preprocessor=fold, sublinear_tf=True, min_df=2, dtype=np.float32
        )
        words = grams.fit_transform(texts)
        layers = {"reserve": _fit(words, labels, regularisation)}
        mean = None
        if vectors is not None:
            mean = vectors.mean(axis=0)
            rows = sparse.hstack([words, dense_weight * _centred(vectors, mean)]).tocsr()
            layers["full"] = _fit(rows, labels, regularisation)
        return cls(sorted(set(labels)), grams, mean, layers, dense_weight)

    def probabilities(self, text: str, vector: Vectors | None) -> dict[str, float]:
        """Return the probability of each label; ``vector`` is the uncentred sentence vector if there is one."""
        words = self._grams.transform([text])
        if vector is None or self._mean is None:
            layer, row = self._layers["reserve"], words
        else:
            dense = self._dense_weight * _centred(vector[None, :], self._mean)
            layer, row = self._layers["full"], sparse.hstack([words, sparse.csr_matrix(dense)]).tocsr()
        scores = np.asarray(layer.weights[:, row.indices] @ row.data + layer.bias, dtype=np.float64)
        raised = np.exp(scores - scores.max())
        return dict(zip(self.labels, (raised / raised.sum()).tolist(), strict=True))

    def save(self, folder: Path) -> None:
        """Write the model into a folder."""
        arrays: dict[str, Any] = {"idf": self._grams.idf_}
        if self._mean is not None:
            arrays["mean"] = self._mean
        for name, layer in self._layers.items():
            arrays[f"{name}_weights"], arrays[f"{name}_bias"] = layer.weights, layer.bias
        np.savez(folder / "sentences.npz", **arrays)
        vocabulary = {gram: int(place) for gram, place in self._grams.vocabulary_.items()}
        words = json.dumps(
            {"labels": self.labels, "dense_weight": self._dense_weight, "vocabulary": vocabulary}, ensure_ascii=False
        )
        (folder / "sentences.json").write_text(words, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "SentenceModel":
        """Read a model back."""
        words = json.loads((folder / "sentences.json").read_text(encoding="utf-8"))
        with np.load(folder / "sentences.npz") as arrays:
            grams = TfidfVectorizer(
                analyzer="char_wb",
                ngram_range=(1, 4),
                preprocessor=fold,
                sublinear_tf=True,
                dtype=np.float32,
                vocabulary=words["vocabulary"],
            )
            grams.idf_ = arrays["idf"]
            names = {name.rsplit("_", 1)[0] for name in arrays.files if name.endswith("_weights")}
            layers = {name: Layer(arrays[f"{name}_weights"], arrays[f"{name}_bias"]) for name in names}
            mean = arrays["mean"] if "mean" in arrays.files else None
        return cls(words["labels"], grams, mean, layers, words["dense_weight"])


def _fit(rows: sparse.csr_matrix, labels: Sequence[str], regularisation: float) -> Layer:
    model = LogisticRegression(C=regularisation, max_iter=300, tol=1e-3)
    model.fit(rows, labels)
    return Layer(model.coef_.astype(np.float32), model.intercept_.astype(np.float32))


def _centred(vectors: Vectors, mean: Vectors) -> Vectors:
    moved = vectors - mean
    return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9), dtype=np.float32)
