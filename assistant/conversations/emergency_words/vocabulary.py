"""Every word that the lists name, and what it counts as; key words also with a typo (optimal string alignment)."""

import re
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

SPELT = re.compile(r"ph|th|dt|ck|tz|i[eh]+|(?<=[aeou])h|a[iy]|ey")
SOUNDS = {"ph": "f", "th": "t", "dt": "t", "ck": "k", "tz": "s", "h": "", "ai": "ei", "ay": "ei", "ey": "ei"}
SAME_SOUND = str.maketrans("vdgbzcyq", "ftkpskik")
VOWELS = "aeiouаеиоуыэюяіїє"
SAME_LETTERS = re.compile(rf"([^\W\d_{VOWELS}])\1+|([{VOWELS}])\2\2+")
SHORT, LONG = 5, 9
"""Letters from which a key word may have one typo, and two."""

Table = dict[str, set[str]]


def sound(text: str) -> str:
    """Write alike what sounds alike in German, doubled consonants and tripled vowels once: people in fear spell badly."""
    spelt = SPELT.sub(lambda found: SOUNDS.get(found[0], "i"), text).translate(SAME_SOUND)
    return SAME_LETTERS.sub(r"\1\2", spelt)


@dataclass
class Vocabulary:
    """Words, whole or by their start or end, and the words and groups that each counts as."""

    exact: Table = field(default_factory=dict)
    starts: Table = field(default_factory=dict)
    ends: Table = field(default_factory=dict)
    parts: Table = field(default_factory=dict)
    parts_by_start: Table = field(default_factory=dict)
    """The same parts by their first two letters."""
    fillers: set[str] = field(default_factory=set)
    """Words that may stand between any two others."""
    no_typos: set[str] = field(default_factory=set)
    """Words that look like another one with a typo and are none."""
    sounds: Table = field(default_factory=dict)
    """Sounds, and what the words so spoken count as."""
    sounds_by_ends: Table = field(default_factory=dict)
    """Sounds of the key words by their first letter, and by their last three."""

    def add(self, word: str, counts_as: str) -> None:
        """Make the folded word, which may begin or end with `*`, count as something more."""
        bare = word.strip("*")
        if word[0] == "*" and word[-1] == "*":
            self.parts_by_start.setdefault(bare[:2], set()).add(bare)
            table = self.parts
        else:
            table = self.ends if word[0] == "*" else self.starts if word[-1] == "*" else self.exact
        table.setdefault(bare, set()).add(counts_as)

    def hear(self, word: str) -> str:
        """Find the word, which was added before, also where another spelling sounds like it; return its sound."""
        heard = sound(word)
        self.sounds.setdefault(heard, set()).update(self._look_up_written(word))
        return heard

    def allow_typos(self, key_word: str) -> None:
        """Find the word, which was added before, also where its sound has a typo."""
        heard = self.hear(key_word)
        if len(heard) >= SHORT:
            self.sounds_by_ends.setdefault(heard[0], set()).add(heard)
            self.sounds_by_ends.setdefault(heard[-3:], set()).add(heard)

    def look_up(self, word: str) -> set[str]:
        """Return all that the word counts as."""
        return self._look_up_written(word) or (set() if word in self.no_typos else self._look_up_typo(sound(word)))

    def _look_up_written(self, word: str) -> set[str]:
        found = set(self.exact.get(word, ()))
        for cut in range(2, len(word) + 1):
            if word[:cut] in self.starts:
                found |= self.starts[word[:cut]]
            if word[-cut:] in self.ends:
                found |= self.ends[word[-cut:]]
        return found if word.isascii() else found | self._look_up_parts(word)

    def _look_up_parts(self, word: str) -> set[str]:
        places = range(len(word) - 1)
        parts = {part for at in places for part in self.parts_by_start.get(word[at : at + 2], ()) if word.startswith(part, at)}
        return {name for part in parts for name in self.parts[part]}

    def _look_up_typo(self, word: str) -> set[str]:
        found = set(self.sounds.get(word, ()))
        if not found and len(word) >= SHORT - 1:
            near = self.sounds_by_ends.get(word[0], set()) | self.sounds_by_ends.get(word[-3:], set())
            for meant, edits, _ in extract(word, near, scorer=OSA.distance, score_cutoff=2, limit=None):
                if edits == 1 or len(meant) >= LONG:
                    found |= self.sounds[meant]
        return found
