"""Tells ordinary words from typing errors, so that a word which only looks like an alarm is not read as one."""

from functools import lru_cache

from simplemma import is_known

DICTIONARIES = ("de", "en")
UNFOLDED = (("a", "ä"), ("o", "ö"), ("u", "ü"), ("a", "ae"), ("o", "oe"), ("u", "ue"), ("ss", "ß"))
"""Folding took umlauts and the e behind a, o and u away; the dictionaries have them."""


@lru_cache(maxsize=8192)
def is_ordinary(word: str) -> bool:
    """Tell whether a folded word is in a dictionary, as a noun or not, with or without its umlauts."""
    return any(is_known(variant, lang=DICTIONARIES) for spelt in _spellings(word) for variant in (spelt, spelt.capitalize()))


def _spellings(word: str) -> list[str]:
    spellings = [word]
    for plain, unfolded in UNFOLDED:
        at = word.find(plain)
        while at >= 0:
            spellings.append(word[:at] + unfolded + word[at + len(plain) :])
            at = word.find(plain, at + 1)
    return spellings
