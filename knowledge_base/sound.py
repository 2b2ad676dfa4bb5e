"""Writes alike what sounds alike in German: people spell by ear when they hurry, are afraid, or speak dialect."""

import re

_SPELT = re.compile(r"ph|th|dt|ck|tz|i[eh]+|(?<=[aeou])h|a[iy]|ey")
_SOUNDS = {"ph": "f", "th": "t", "dt": "t", "ck": "k", "tz": "s", "h": "", "ai": "ei", "ay": "ei", "ey": "ei"}
_SAME_SOUND = str.maketrans("vdgbzcyq", "ftkpskik")
VOWELS = "aeiouаеиоуыэюяіїє"
_SAME_LETTERS = re.compile(rf"([^\W\d_{VOWELS}])\1+|([{VOWELS}])\2\2+")


def sound(text: str) -> str:
    """Return the sound of a folded text: hard for soft consonants, doubled consonants and tripled vowels once."""
    spelt = _SPELT.sub(lambda found: _SOUNDS.get(found[0], "i"), text).translate(_SAME_SOUND)
    return _SAME_LETTERS.sub(r"\1\2", spelt)
