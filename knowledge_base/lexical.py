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


@dataclass(frozen=True)
class Postings:
    """Which records have a word, and how much it weighs there (BM25F)."""

    words: dict[str, int]
    """Word to its place in ``starts``."""
    starts: npt.NDArray[np.int64]
    """Shape ``(words + 1,)``: where the word's rows begin and end."""
    rows: npt.NDArray[np.int64]
    weights: Scores

    def of(self, word: str) -> tuple[npt.NDArray[np.int64], Scores]:
        """Return the records that have a word and its weight in each."""
        place = self.words.get(word)
        span = slice(0) if place is None else slice(self.starts[place], self.starts[place + 1])
        return self.rows[span], self.weights[span]


@dataclass(frozen=True)
class Grams:
    """The character n-grams of every text of every record."""

    places: dict[str, int]
    """N-gram to its row in ``by_gram``."""
    rarity: npt.NDArray[np.float64]
    by_gram: sparse.csr_matrix
    """Shape ``(n-grams, texts)``; the column of a text has length 1."""
    owners: npt.NDArray[np.int64]
    """The record of each text."""


@dataclass(frozen=True)
class LexicalIndex:
    """Word scores for a fixed list of records."""

    size: int
    """Number of records."""
    postings: Postings
    grams: Grams

    @classmethod
    def of(cls, records: Sequence[Fields]) -> "LexicalIndex":
        """Count the words and n-grams of records."""
        return cls(len(records), _bm25f(records), _gram_matrix(records))

    def word_scores(self, text: str) -> Scores:
        """Return BM25F per record, scaled by the weight of the question's known words (0 to about 1)."""
        scores = np.zeros(self.size, dtype=np.float32)
        terms = set(stems(text))
        for term in terms:
            rows, weights = self.postings.of(term)
            scores[rows] += weights
        return scores / np.float32(2.5 * max(len(terms), 1) ** 0.5)

    def gram_scores(self, text: str) -> Scores:
        """Return the cosine between the question's character n-grams and each record's best text (0 to 1)."""
        grams = self.grams
        counts = Counter(gram for gram in _grams_of(text) if gram in grams.places)
        if not counts:
            return np.zeros(self.size, dtype=np.float32)
        columns = [grams.places[gram] for gram in counts]
        weights = grams.rarity[columns] * (1 + np.log(list(counts.values())))
        norm = float(np.linalg.norm(weights)) or 1.0
        similar = ((weights / norm).astype(np.float32) @ grams.by_gram[columns]).ravel()
        best = np.zeros(self.size, dtype=np.float32)
        np.maximum.at(best, grams.owners, similar)
        return best


def _bm25f(records: Sequence[Fields]) -> Postings:
    frequencies = [_weighted_terms(record) for record in records]
    lengths = np.array([sum(counts.values()) for counts in frequencies]) if records else np.zeros(0)
    mean = float(lengths.mean()) if len(lengths) else 1.0
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for row, counts in enumerate(frequencies):
        for term, count in counts.items():
            found[term].append((row, count / (1 - _B + _B * lengths[row] / mean)))
    counts_of = np.array([len(entries) for entries in found.values()], dtype=np.int64)
    rows = np.array([row for entries in found.values() for row, _ in entries], dtype=np.int64)
    weights = np.array([weight for entries in found.values() for _, weight in entries])
    idf = np.repeat(np.log(1 + (len(records) - counts_of + 0.5) / (counts_of + 0.5)), counts_of)
    scaled = (idf * weights * (_K1 + 1) / (weights + _K1)).astype(np.float32)
    starts = np.concatenate([[0], counts_of.cumsum()]).astype(np.int64)
    return Postings({term: place for place, term in enumerate(found)}, starts, rows, scaled)


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


def _gram_matrix(records: Sequence[Fields]) -> Grams:
    texts = [(row, text) for row, record in enumerate(records) for _, field in record.weighted for text in field]
    vectorizer = TfidfVectorizer(analyzer=_grams_of, sublinear_tf=True, dtype=np.float32)
    by_gram = vectorizer.fit_transform([text for _, text in texts]).T.tocsr()
    owners = np.array([row for row, _ in texts], dtype=np.int64)
    places = {gram: int(place) for gram, place in vectorizer.vocabulary_.items()}
    return Grams(places, vectorizer.idf_, by_gram, owners)
