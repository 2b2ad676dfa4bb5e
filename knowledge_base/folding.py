"""German-aware folding: the same word written with umlaut, ae or without becomes the same letters."""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

_UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "ı": "i", "ł": "l", "đ": "d", "ø": "o"})
_DIGRAPHS = re.compile(r"(?<![aeiouq])(a|o|u)e(?!u)")
_NOT_A_LETTER = re.compile(r"[^\w]+|_+")
_STEMMER = snowballstemmer.stemmer("german")


def fold(text: str) -> str:
    """Return lower-case words parted by single spaces, with ä = ae = a, ö = oe = o, ü = ue = u, ß = ss."""
    lowered = unicodedata.normalize("NFKC", text).lower().translate(_UMLAUTS)
    stripped = "".join(char for char in unicodedata.normalize("NFD", lowered) if unicodedata.category(char) not in ("Mn", "Cf"))
    return _NOT_A_LETTER.sub(" ", _DIGRAPHS.sub(r"\1", stripped)).strip()


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
