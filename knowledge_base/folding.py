"""German-aware folding: the same word written with umlaut, ae or without becomes the same letters (Unicode NFKC, UAX #15)."""

import re
import unicodedata
from functools import lru_cache

import Stemmer

_LETTERS = str.maketrans({"ı": "i", "ł": "l", "đ": "d", "ø": "o"})
_OWN_LETTERS = frozenset("йї")
"""Letters of their own that Unicode writes as another letter with a mark."""
_INVISIBLE = ("Mn", "Cf")
"""Categories of marks and of signs that steer the layout."""
_FILLERS = "\u115f\u1160"
"""Invisible, and letters to Unicode."""
# After a vowel or q, ue is no umlaut (Bauer, neue, quer), except in über and üben (Kontouebersicht, ausgeuebt).
_UMLAUT_E = re.compile(r"([ao]|(?<![aeiouyq])u|u(?=e+b))e+")
_NO_WORD = re.compile(r"[\W_]+")
_STEMMER = Stemmer.Stemmer("german", 0)  # without a memory of its own, which would keep citizens' words


def fold(text: str) -> str:
    """Return small letters in words parted by single spaces, with ä = ae = a, ö = oe = o, ü = ue = u, ß = ss.

    Folding twice changes nothing.
    """
    small = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    plain = unicodedata.normalize("NFC", "".join(map(_without_marks, small)))
    return _UMLAUT_E.sub(r"\1", _NO_WORD.sub(" ", plain)).strip()


@lru_cache(maxsize=4096)
def _without_marks(char: str) -> str:
    if char in _OWN_LETTERS:
        return char
    parts = unicodedata.normalize("NFD", char).translate(_LETTERS)
    return "".join(part for part in parts if unicodedata.category(part) not in _INVISIBLE and part not in _FILLERS)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the German stem of one folded word."""
    return str(_STEMMER.stemWord(word))


def stems(text: str) -> list[str]:
    """Return the stems of a text's words in their order."""
    return [stem(word) for word in fold(text).split()]


def trigrams(text: str) -> frozenset[str]:
    """Return the character trigrams of a folded text, word borders marked by spaces."""
    padded = f"  {fold(text)} "
    return frozenset(padded[start : start + 3] for start in range(len(padded) - 2))
