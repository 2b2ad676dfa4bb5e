"""The measurements measure what they say."""

import hashlib

from evaluation.figures import figures_of, judge
from evaluation.items import FOLDER, HELD_OUT, Item, read_items
from evaluation.overlap import MOST_TOO_NEAR, share_too_near


def test_the_held_out_file_is_frozen() -> None:
    stored = (FOLDER / "held_out.sha256").read_text(encoding="utf-8").strip()
    assert hashlib.sha256(HELD_OUT.read_bytes()).hexdigest() == stored


def test_held_out_sentences_are_strangers_to_the_training_data() -> None:
    assert share_too_near(read_items(HELD_OUT)) <= MOST_TOO_NEAR


def test_the_right_service_under_another_section_is_found_but_not_right() -> None:
    item = Item("?", "de", "brisk", "answer", service="reisepass", sections=("fees",))
    verdict = judge(item, [{"type": "answer", "service": "reisepass", "section": "general", "confidence": 1.0}])
    assert (verdict.kind, verdict.found, verdict.right) == ("wrong_section", True, False)


def test_asking_back_counts_only_when_the_right_service_is_among_those_offered() -> None:
    item = Item("?", "de", "brisk", "answer", service="reisepass", sections=("fees",))
    kinds = [
        judge(item, [{"type": "candidates", "services": slugs}]).kind for slugs in (["reisepass"], ["x", "reisepass"], ["x"])
    ]
    assert kinds == ["asked_first", "asked_right", "asked_wrong"]
    assert figures_of([judge(item, [{"type": "candidates", "services": ["x"]}])])["right among asked"] == 0.0
