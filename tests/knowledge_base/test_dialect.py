"""Dialect becomes the German of the records, standard German stays as it is."""

import pytest

from knowledge_base.dialect import standard_german


@pytest.mark.parametrize(
    ("said", "standard"),
    [
        ("Wo muss'sch'n hin?", "Wo muss ich n hin?"),
        ("Gannsch ma eener was sachen", "kann ich ma einer was sachen"),
        ("Mir ham keene Zeit", "Mir haben keine Zeit"),
        ("Isch hab'n Hund", "ich hab n Hund"),
    ],
)
def test_words_of_dialect_become_standard(said: str, standard: str) -> None:
    assert standard_german(said) == standard


@pytest.mark.parametrize("text", ["Was kostet ein Personalausweis?", "Wir ziehen um.", "O'Brien", ""])
def test_standard_german_stays(text: str) -> None:
    assert standard_german(text) == text
