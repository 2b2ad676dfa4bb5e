"""The shortest answers, known by heart: yes, no, stop, a language; pure. The words stand in ``short_answers.yml``."""

from pathlib import Path
from typing import Any

from knowledge_base.folding import fold
from knowledge_base.yaml_file import read_yaml

_DATA: dict[str, Any] = read_yaml(Path(__file__).with_name("short_answers.yml"))


def _folded(rows: list[list[str]]) -> frozenset[str]:
    return frozenset(fold(phrase) for row in rows for phrase in row)


_ANSWERS = {intent: _folded(_DATA[intent]) for intent in ("abort", "deny", "affirm")}
LANGUAGES = {code: frozenset(names) for code, names in _DATA["languages"].items()}
_AROUND_LANGUAGE = _folded(_DATA["around_languages"])


def wanted_language(text: str) -> str | None:
    """Return the language that a text names, the last one if it names several."""
    named = [code for word in fold(text).split() for code, names in LANGUAGES.items() if word in names]
    return named[-1] if named else None


def is_language_wish(text: str) -> bool:
    """Tell whether a text is nothing but the wish for a language ("english please")."""
    rest = {word for word in fold(text).split() if not any(word in names for names in LANGUAGES.values())}
    return wanted_language(text) is not None and rest <= _AROUND_LANGUAGE


def short_answer(text: str) -> str | None:
    """Return ``affirm``, ``deny`` or ``abort`` when the text is nothing else."""
    folded = fold(text)
    return next((intent for intent, phrases in _ANSWERS.items() if folded in phrases), None)
