"""Typing errors become the words that were meant; words that people know stay."""

import pytest

from knowledge_base.spelling import Spelling


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    return Spelling(["Personalausweis", "Termin", "Führerschein", "Auto"], ["was kostet das", "was kostet es", "kostet"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Personalauswies", "personalausweis"),
        ("Fürerschein", "fuhrerschein"),
        ("Dermin", "termin"),
        ("Gosdet", "kostet"),
        ("Audo", "auto"),
    ],
)
def test_a_typing_error_or_a_word_spelt_by_ear_is_mended(spelling: Spelling, typed: str, meant: str) -> None:
    assert spelling.mended(f"der {typed}, bitte") == f"der {meant}, bitte"


@pytest.mark.parametrize("word", ["Terrasse", "Brandis", "hat", "und", "паспорт", "2026"])
def test_known_short_and_foreign_words_stay(spelling: Spelling, word: str) -> None:
    assert spelling.mended(word) == word
