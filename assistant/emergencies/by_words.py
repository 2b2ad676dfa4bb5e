"""Hears emergencies by the words in `words/`: works without any model, and on reserve it is all there is."""

from pathlib import Path

from assistant.emergencies.kinds import KINDS
from assistant.emergencies.words.lexicon import Lexicon

HALF = 1000
"""Characters looked at from either end of a long text."""
LEXICON = Lexicon(Path(__file__).parent / "words", KINDS)


def hear_words(text: str) -> str | None:
    """Return the most urgent kind that the text tells of in any of the languages of `words/`, or ``None``."""
    return LEXICON.find_kind(ends_of(text))


def ends_of(text: str) -> str:
    """Return what of a text is looked at."""
    return text if len(text) <= 2 * HALF else f"{text[:HALF]}\n{text[-HALF:]}"
