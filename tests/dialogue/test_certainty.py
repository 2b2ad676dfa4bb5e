"""Trees of plain numbers say the same as those they were learned from, and survive being written."""

from pathlib import Path

import numpy as np
import pytest
from sklearn.ensemble import GradientBoostingClassifier

from assistant.dialogue.certainty import Certainties, certainties
from assistant.trees import Trees, log_odds
from evaluation.boosting import learned, unseen


@pytest.fixture(scope="module")
def rows() -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    dice = np.random.default_rng(1)
    features = dice.normal(size=(300, 4))
    return features, features[:, 0] + features[:, 1] * features[:, 2] > 0


def test_the_trees_say_what_scikit_learn_says(rows: tuple[np.ndarray, np.ndarray]) -> None:  # type: ignore[type-arg]
    features, right = rows
    model = GradientBoostingClassifier(
        n_estimators=150, max_depth=3, subsample=0.7, learning_rate=0.08, max_features=0.4, random_state=115
    ).fit(features, right)
    ours = [learned(features, right).probability(row) for row in features.tolist()]
    assert np.abs(model.predict_proba(features)[:, 1] - ours).max() < 0.02


def test_rows_are_judged_by_trees_that_never_saw_them(rows: tuple[np.ndarray, np.ndarray]) -> None:  # type: ignore[type-arg]
    features, right = rows
    assert 0.7 < ((unseen(features, right) > 0.5) == right).mean() < 1.0


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    certainties().save(tmp_path / "certainty.json")
    assert Certainties.load(tmp_path / "certainty.json") == certainties()


def test_answers_and_questions_back_need_some_certainty() -> None:
    assert 0.3 < certainties().answer < 1
    assert 0.1 < certainties().offer < 1


def test_without_trees_the_start_decides() -> None:
    assert Trees(log_odds(0.25), ()).probability([]) == pytest.approx(0.25)
