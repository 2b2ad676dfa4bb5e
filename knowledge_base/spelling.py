"""Mends typing errors before a question is read: an unknown word becomes the known one that it nearly is.

Only what is compared is mended; what a citizen said is stored as it was said.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge_base.folding import fold
from knowledge_base.ordinary_words import is_word
from knowledge_base.sound import sound

SHORTEST = 4
"""Shorter words have too many neighbours."""
LONG = 8
"""From this length on two errors are mended."""
_WORD = re.compile(r"[^\W\d_]+")


class Spelling:
    """The words that are known, by how often they occur."""

    def __init__(self, names: Iterable[str], texts: Iterable[str]) -> None:
        """Learn words; ``names`` of services count most, words of ``texts`` only when they occur twice."""
        counts = Counter(word for text in texts for word in fold(text).split())
        named = Counter(word for name in names for word in fold(name).split())
        self._counts = Counter({word: count for word, count in counts.items() if count > 1})
        for word, count in named.items():
            self._counts[word] += 10 * count
        self._known = sorted(word for word in self._counts if len(word) >= SHORTEST and word.isascii())
        self._by_sound: dict[str, str] = {}
        for word in sorted(self._known, key=lambda word: self._counts[word]):
            self._by_sound[sound(word)] = word
        is_word("Rathaus")  # loads the dictionaries now, not during a citizen's first turn
        self._mended = lru_cache(maxsize=4096)(self._nearest)

    def mended(self, text: str) -> str:
        """Return the text with words replaced that are nearly known; everything else stays as it is."""
        return _WORD.sub(lambda match: self._mended(match.group()), text)

    def forget(self) -> None:
        """Empty the memory of mended words."""
        self._mended.cache_clear()

    def _nearest(self, word: str) -> str:
        folded = fold(word)
        if len(folded) < SHORTEST or folded in self._counts or not folded.isascii() or is_word(word):
            return word
        if (heard := self._by_sound.get(sound(folded))) is not None:
            return heard
        return self._nearest_letters(folded) or word

    def _nearest_letters(self, folded: str) -> str | None:
        if len(folded) <= SHORTEST:
            return None
        near = process.extract(folded, self._known, scorer=OSA.distance, score_cutoff=2 if len(folded) >= LONG else 1, limit=8)
        same_start = [found for found in near if found[0][0] == folded[0] or found[1] == 1]
        if not same_start:
            return None
        return str(min(same_start, key=lambda found: (found[1], -self._counts[found[0]]))[0])
