"""The searchable form of a town's services: passages as vectors, words and n-grams, and the evidence a question finds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge_base.directions import telling_directions, turned
from knowledge_base.encoder import CachedEncoder, EncoderError, Vectors, shortened
from knowledge_base.lexical import Fields, Scores
from knowledge_base.lexical_file import kept_index
from knowledge_base.model import Section, Service
from knowledge_base.names import ServiceNames, names_of
from knowledge_base.sentence_model import SentenceModel
from knowledge_base.service_model import service_model

FIRST_SENTENCE_WORDS = 20
FEATURES = (
    "model",
    "model_log",
    "dense",
    "dense_mean",
    "dense_lead",
    "vote",
    "vote_lead",
    "centre",
    "centre_lead",
    "familiar",
    "words",
    "words_lead",
    "grams",
    "grams_lead",
    "phrase",
    "phrase_lead",
)
DENSE_FEATURES = FEATURES[:10]
"""What is left for questions in languages whose words no record has."""
LEXICAL_FEATURES = FEATURES[10:]
"""What is left without vectors."""
VOTERS = 20
"""The nearest passages vote for their records."""
VOTE_SHARPNESS = 12.0
LEAST_CHANCE = 1e-6
NEAR_RECORDS = 32
"""So many records are looked at closely."""


@dataclass(frozen=True)
class Passage:
    """One text of a record that a question is compared with."""

    text: str
    row: int
    """Place of the record in the index."""
    section: Section | None
    """The section the passage speaks of; ``None`` for titles and synonyms."""


@dataclass(frozen=True)
class Evidence:
    """What one question finds: a matrix of features per record, and the similarity to each passage."""

    features: npt.NDArray[np.float32]
    """Shape ``(records, len(FEATURES))``; the dense columns are 0 on reserve."""
    vector: Vectors | None
    """The question's centred vector; ``None`` when the encoder did not answer."""


class ServiceIndex:
    """All services of a town, ready to be searched."""

    def __init__(
        self,
        services: Sequence[Service],
        encoder: CachedEncoder | None,
        strange: Sequence[str] = (),
    ) -> None:
        """Prepare the index; ``strange`` are sentences about other matters, so that it knows what is none of its own."""
        self.services = tuple(services)
        self.passages = tuple(_passages(self.services))
        self._rows = np.array([passage.row for passage in self.passages], dtype=np.int64)
        self._starts = np.searchsorted(self._rows, np.arange(len(self.services)))
        self._ends = np.searchsorted(self._rows, np.arange(len(self.services)), side="right")
        self._encoder = encoder
        self._strange = tuple(shortened(text) for text in strange)
        self._lexical = kept_index([_fields(service) for service in self.services], encoder.folder if encoder else None)
        self.names = ServiceNames(self.services)
        self._vectors: npt.NDArray[np.float16] | None = None
        self._mean: Vectors | None = None
        self._directions: Vectors | None = None
        self._telling: Vectors = np.zeros((0, 1), dtype=np.float32)
        self._model: SentenceModel | None = None
        self._strange_vectors: Vectors = np.zeros((0, 1), dtype=np.float32)
        self._centres: Vectors = np.zeros((len(self.services), 1), dtype=np.float32)

    @property
    def is_on_reserve(self) -> bool:
        """True while there are no vectors and only words are compared."""
        return self._vectors is None

    def embed(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Encode all passages (from the cache where they are known); without an encoder the index stays on reserve."""
        if self._encoder is None or not self.passages:
            return
        texts = [passage.text for passage in self.passages]
        try:
            self._encoder.store([*texts, *self._strange], progress)
            vectors = self._encoder.encode(texts)
            strange = self._encoder.encode(self._strange) if self._strange else vectors[:0]
        except EncoderError:
            return
        self._mean = vectors.mean(axis=0)
        centred = _centred(vectors, self._mean)
        self._vectors = centred.astype(np.float16)
        self._directions = telling_directions(centred, self._rows)
        self._telling = turned(centred, self._directions)
        self._strange_vectors = turned(_centred(strange, self._mean), self._directions)
        sums = np.zeros((len(self.services), self._telling.shape[1]), dtype=np.float32)
        np.add.at(sums, self._rows, self._telling)
        self._centres = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
        slugs = [self.services[row].slug for row in self._rows]
        self._model = service_model(texts, slugs, centred, self._encoder)

    def encode(self, text: str) -> Vectors | None:
        """Return the sentence vector of a question and remember it; ``None`` on reserve."""
        if self._encoder is None or self._mean is None:
            return None
        try:
            vector: Vectors = self._encoder.encode([shortened(text)])[0]
        except EncoderError:
            return None
        return vector

    def remembered(self, text: str) -> Vectors | None:
        """Return the sentence vector of a question that was encoded before, without encoding."""
        return None if self._encoder is None or self._mean is None else self._encoder.remembered(shortened(text))

    def centred(self, vector: Vectors | None) -> Vectors | None:
        """Return a sentence vector as it is compared with the records."""
        return None if vector is None or self._mean is None else _centred(vector[None, :], self._mean)[0]

    def evidence(self, text: str, vector: Vectors | None) -> Evidence:
        """Compare a question with every record."""
        columns = {name: np.zeros(len(self.services), dtype=np.float32) for name in FEATURES}
        if vector is not None and self._vectors is not None:
            telling = turned(vector[None, :], self._directions)[0]
            similarities = self._telling @ telling
            columns["dense"], columns["dense_mean"] = self._best_and_mean(similarities)
            columns["vote"] = self._votes(similarities)
            columns["centre"] = np.asarray(self._centres @ telling, dtype=np.float32)
            columns["familiar"] = columns["dense"] - self._strangeness(telling)
            columns["model"], columns["model_log"] = self._modelled(text, vector)
        columns["words"] = self._lexical.word_scores(text)
        columns["grams"] = self._lexical.gram_scores(text)
        columns["phrase"] = self._phrase_scores(text)
        for name in ("dense", "vote", "centre", "words", "grams", "phrase"):
            columns[f"{name}_lead"] = _lead(columns[name])
        return Evidence(np.column_stack([columns[name] for name in FEATURES]), vector)

    def section_scores(self, evidence: Evidence, row: int) -> dict[Section, float]:
        """Return per section how near the question comes to what the record has under it (-1 to 1)."""
        scores: dict[Section, float] = {}
        if evidence.vector is None or self._vectors is None:
            return scores
        first = self._starts[row]
        similarities = self._vectors[first : self._ends[row]].astype(np.float32) @ evidence.vector
        for passage, similarity in zip(self.passages[first : self._ends[row]], similarities.tolist(), strict=True):
            if passage.section is not None:
                scores[passage.section] = max(scores.get(passage.section, -1.0), similarity)
        return scores

    def _modelled(self, text: str, vector: Vectors) -> tuple[Scores, Scores]:
        """Return per record the model's probability and its logarithm; zeros without a model."""
        if self._model is None:
            return np.zeros(len(self.services), np.float32), np.zeros(len(self.services), np.float32)
        found = self._model.probabilities(text, vector)
        chances = np.array([found[service.slug] for service in self.services], dtype=np.float32)
        return chances, np.log(np.maximum(chances, LEAST_CHANCE))

    def _best_and_mean(self, similarities: Scores) -> tuple[Scores, Scores]:
        """Return per record its nearest passage, and the mean of its three nearest (of far records the nearest alone)."""
        best = np.maximum.reduceat(similarities, self._starts) if len(self.services) else similarities
        mean = best.copy()
        for row in np.argpartition(-best, min(NEAR_RECORDS, len(best)) - 1)[:NEAR_RECORDS]:
            own = similarities[self._starts[row] : self._ends[row]]
            mean[row] = np.sort(own)[-3:].mean()
        return best, mean

    def _strangeness(self, vector: Vectors) -> np.float32:
        """Return how near the nearest sentence about another matter comes."""
        return np.float32((self._strange_vectors @ vector).max()) if len(self._strange_vectors) else np.float32(0.0)

    def _votes(self, similarities: Scores) -> Scores:
        """Let the nearest passages vote; the votes of all records sum up to 1."""
        nearest = np.argpartition(-similarities, min(VOTERS, len(similarities) - 1))[:VOTERS]
        weights = np.exp(VOTE_SHARPNESS * (similarities[nearest] - similarities[nearest].max()))
        votes = np.zeros(len(self.services), dtype=np.float32)
        np.add.at(votes, self._rows[nearest], weights / weights.sum())
        return votes

    def _phrase_scores(self, text: str) -> Scores:
        called = self.names.called(text)
        return np.array([called.get(service.slug, 0.0) for service in self.services], dtype=np.float32)


def _lead(scores: Scores) -> Scores:
    """Return how far each record is ahead of the best other one (negative: behind)."""
    if len(scores) < 2:
        return scores
    first, second = np.partition(scores, -2)[-1], np.partition(scores, -2)[-2]
    return np.where(scores == first, scores - second, scores - first).astype(np.float32)


def _centred(vectors: Vectors, mean: Vectors) -> Vectors:
    moved = vectors - mean
    return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def _first_sentence(text: str) -> str:
    sentence = text.split(". ")[0].rstrip(".") + "."
    return " ".join(sentence.split()[:FIRST_SENTENCE_WORDS])


def _passages(services: Sequence[Service]) -> list[Passage]:
    found = []
    for row, service in enumerate(services):
        found += [Passage(name, row, None) for name in dict.fromkeys(names_of(service))]
        found += [Passage(question.text, row, question.section) for question in service.questions]
        for section, content in service.sections.items():
            for text in (content.text.de, content.text.en):
                found.append(Passage(f"{service.short.de}: {_first_sentence(text)}", row, section))
    return found


def _fields(service: Service) -> Fields:
    sections = tuple(_first_sentence(content.text.de) for content in service.sections.values())
    return Fields(
        (
            (4.0, (service.title.de, service.title.en, service.short.de)),
            (4.0, tuple(synonym.word for words in service.synonyms.values() for synonym in words)),
            (2.0, tuple(question.text for question in service.questions)),
            (1.0, sections),
        )
    )
