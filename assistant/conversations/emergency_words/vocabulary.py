"""Every word that the lists name, and what it counts as; key words also with a typo (optimal string alignment)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

VOWELS = "aeiouаеиоуыэюяіїє"
SAME_LETTERS = re.compile(rf"([^\W\d_{VOWELS}])\1+|([{VOWELS}])\2\2+")
SHORT, LONG = 5, 9
"""Letters from which a key word may have one typo, and two."""

Table = dict[str, set[str]]


def squeeze(text: str) -> str:
    """Write doubled consonants and tripled vowels once, since people in fear leave them out or hold them down."""
    return SAME_LETTERS.sub(r"\1\2", text)


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
    squeezed: Table = field(default_factory=dict)
    """All words of `exact`, doubled letters written once."""
    key_words: Table = field(default_factory=dict)
    """The squeezed key words by their first letter, and by their last three."""

    def add(self, word: str, counts_as: str) -> None:
        """Make the folded word, which may begin or end with `*`, count as something more."""
        bare = word.strip("*")
        if word[0] == "*" and word[-1] == "*":
            self.parts_by_start.setdefault(bare[:2], set()).add(bare)
            table = self.parts
        else:
            table = self.ends if word[0] == "*" else self.starts if word[-1] == "*" else self.exact
        table.setdefault(bare, set()).add(counts_as)

    def allow_typos(self, key_words: Iterable[str]) -> None:
        """Find all words added so far also with other doubled letters, and the key words also with typos."""
        for word, squeezed in zip(self.exact, squeeze("\n".join(self.exact)).split("\n"), strict=True):
            self.squeezed.setdefault(squeezed, set()).update(self.exact[word])
        for word in map(squeeze, key_words):
            if len(word) >= SHORT and word in self.squeezed:
                self.key_words.setdefault(word[0], set()).add(word)
                self.key_words.setdefault(word[-3:], set()).add(word)

    def look_up(self, word: str) -> set[str]:
        """Return all that the word counts as."""
        return self._look_up_written(word) or (set() if word in self.no_typos else self._look_up_typo(squeeze(word)))

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
        found = set(self.squeezed.get(word, ()))
        if not found and len(word) >= SHORT - 1:
            near = self.key_words.get(word[0], set()) | self.key_words.get(word[-3:], set())
            for meant, edits, _ in extract(word, near, scorer=OSA.distance, score_cutoff=2, limit=None):
                if edits == 1 or len(meant) >= LONG:
                    found |= self.squeezed[meant]
        return found
