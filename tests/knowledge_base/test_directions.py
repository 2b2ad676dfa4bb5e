"""Vectors are compared where services differ; what was counted and learned is kept between starts."""

from pathlib import Path

import numpy as np
import pytest

from knowledge_base.directions import FEWEST_SERVICES, telling_directions, turned
from knowledge_base.lexical import Fields, LexicalIndex
from knowledge_base.lexical_file import kept_index
from knowledge_base.sentence_model import Recipe, SentenceModel

RECORDS = [
    Fields(((4.0, ("Hundesteuer", "dog tax")),)),
    Fields(((4.0, ("Reisepass", "passport")), (2.0, ("Wo ist mein Pass?",)))),
]


def test_what_services_have_in_common_no_longer_counts() -> None:
    dice = np.random.default_rng(1)
    rows = np.repeat(np.arange(FEWEST_SERVICES), 6)
    own, noise = np.eye(FEWEST_SERVICES)[rows], dice.normal(size=(len(rows), 8))
    vectors = np.hstack([own, noise]).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    telling = turned(vectors, telling_directions(vectors, rows))
    similar = telling @ telling.T - 2 * np.eye(len(rows))
    assert (rows[similar.argmax(axis=1)] == rows).mean() > 0.9
    plain = vectors @ vectors.T - 2 * np.eye(len(rows))
    assert (rows[plain.argmax(axis=1)] == rows).mean() < 0.5


def test_few_services_are_compared_as_they_are() -> None:
    vectors = np.eye(4, dtype=np.float32)
    assert telling_directions(vectors, np.arange(4)) is None
    assert turned(vectors, None) is vectors


def test_a_kept_index_says_the_same_as_a_new_one(tmp_path: Path) -> None:
    built, kept, read = LexicalIndex.of(RECORDS), kept_index(RECORDS, tmp_path), kept_index(RECORDS, tmp_path)
    for index in (kept, read):
        assert index.word_scores("mein Pass").tolist() == built.word_scores("mein Pass").tolist()
        assert index.gram_scores("hundestuer").tolist() == built.gram_scores("hundestuer").tolist()


def test_a_kept_index_is_read_and_not_counted_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept_index(RECORDS, tmp_path)
    monkeypatch.setattr(LexicalIndex, "of", None)
    assert kept_index(RECORDS, tmp_path).size == 2


def test_a_torn_file_is_made_anew(tmp_path: Path) -> None:
    kept_index(RECORDS, tmp_path)
    (file,) = tmp_path.glob("words-*.npz")
    file.write_bytes(file.read_bytes()[:200])
    assert kept_index(RECORDS, tmp_path).word_scores("Reisepass")[1] > 0


def test_a_model_that_was_written_says_the_same(tmp_path: Path) -> None:
    texts = ["wo ist der hund", "der hund bellt laut", "wo ist mein pass", "der pass ist weg"]
    model = SentenceModel.train(texts, ["dog", "dog", "passport", "passport"], None, Recipe(parts=("phrases",)))
    model.save(tmp_path)
    assert SentenceModel.load(tmp_path).probabilities("der hund ist weg", None) == model.probabilities("der hund ist weg", None)
