"""Search by words: stemmed BM25F over a record's fields, and character n-grams that find German compounds."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge_base.folding import fold, stems

Scores = npt.NDArray[np.float32]

_K1 = 1.2
_B = 0.6
_GRAM_SIZES = (3, 4, 5)


@dataclass(frozen=True)
class Fields:
    """The texts of one record by weight."""

    weighted: tuple[tuple[float, tuple[str, ...]], ...]
    """(weight, texts) per field, for example (4.0, titles)."""


class LexicalIndex:
    """Word scores for a fixed list of records."""

    def __init__(self, records: Sequence[Fields]) -> None:
        self._size = len(records)
        self._words = _bm25f(records)
        self._vocabulary, self._idf, self._grams = _gram_matrix(records)

    def word_scores(self, text: str) -> Scores:
        """Return BM25F per record, scaled by the weight of the question's known words (0 to about 1)."""
        scores = np.zeros(self._size, dtype=np.float32)
        terms = set(stems(text))
        for term in terms:
            if term in self._words:
                rows, values = self._words[term]
                scores[rows] += values
        return scores / np.float32(2.5 * max(len(terms), 1) ** 0.5)

    def gram_scores(self, text: str) -> Scores:
        """Return the cosine between the question's character n-grams and each record's best text (0 to 1)."""
        counts = Counter(gram for gram in _grams_of(text) if gram in self._vocabulary)
        if not counts:
            return np.zeros(self._size, dtype=np.float32)
        columns = [self._vocabulary[gram] for gram in counts]
        weights = self._idf[columns] * (1 + np.log(list(counts.values())))
        norm = float(np.linalg.norm(weights)) or 1.0
        by_gram, owners = self._grams
        similar = ((weights / norm).astype(np.float32) @ by_gram[columns]).ravel()
        best = np.zeros(self._size, dtype=np.float32)
        np.maximum.at(best, owners, similar)
        return best


def _bm25f(records: Sequence[Fields]) -> dict[str, tuple[npt.NDArray[np.int64], Scores]]:
    frequencies = [_weighted_terms(record) for record in records]
    lengths = np.array([sum(counts.values()) for counts in frequencies]) if records else np.zeros(0)
    mean = float(lengths.mean()) if len(lengths) else 1.0
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for row, counts in enumerate(frequencies):
        for term, count in counts.items():
            postings[term].append((row, count / (1 - _B + _B * lengths[row] / mean)))
    index = {}
    for term, entries in postings.items():
        idf = np.log(1 + (len(records) - len(entries) + 0.5) / (len(entries) + 0.5))
        rows = np.array([row for row, _ in entries])
        weights = np.array([weight for _, weight in entries])
        index[term] = (rows, (idf * weights * (_K1 + 1) / (weights + _K1)).astype(np.float32))
    return index


def _weighted_terms(record: Fields) -> dict[str, float]:
    counts: dict[str, float] = defaultdict(float)
    for weight, texts in record.weighted:
        for text in texts:
            for term in stems(text):
                counts[term] += weight / max(len(texts), 1) ** 0.5
    return counts


def _grams_of(text: str) -> list[str]:
    grams = []
    for word in fold(text).split():
        padded = f" {word} "
        for size in _GRAM_SIZES:
            grams += [padded[start : start + size] for start in range(len(padded) - size + 1)]
    return grams


def _gram_matrix(
    records: Sequence[Fields],
) -> tuple[dict[str, int], npt.NDArray[np.float64], tuple[sparse.csr_matrix, npt.NDArray[np.int64]]]:
    texts = [(row, text) for row, record in enumerate(records) for _, field in record.weighted for text in field]
    vectorizer = TfidfVectorizer(analyzer=_grams_of, sublinear_tf=True, dtype=np.float32)
    by_gram = vectorizer.fit_transform([text for _, text in texts]).T.tocsr()
    owners = np.array([row for row, _ in texts], dtype=np.int64)
    return vectorizer.vocabulary_, vectorizer.idf_, (by_gram, owners)
