"""Tells what a question about the state of things is about: a report, a booking, or a call-back; pure."""

from pathlib import Path

from knowledge_base.folding import fold
from knowledge_base.yaml_file import read_yaml

_STARTS = {topic: tuple(starts) for topic, starts in read_yaml(Path(__file__).with_name("status_words.yml")).items()}


def asked_about(text: str) -> str:
    """Return ``report``, ``booking`` or ``callback``."""
    words = fold(text).split()
    return next((topic for topic, starts in _STARTS.items() if any(word.startswith(starts) for word in words)), "callback")
