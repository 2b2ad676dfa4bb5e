"""Every word that the lists name, and what it counts as; key words also with a typo (optimal string alignment)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from knowledge_base.ordinary_words import is_ordinary
from knowledge_base.sound import sound

AUDIBLE, SHORT, LONG = 4, 5, 9
"""Letters from which a word is known by its sound, may have one typo, and two."""

Table = dict[str, set[str]]


@dataclass
class Vocabulary:
    """Words, whole or by their start or end, and the words and groups that each counts as."""

    exact: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Words and their groups; a word counts as itself besides."""
    starts: Table = field(default_factory=dict)
    ends: Table = field(default_factory=dict)
    parts: Table = field(default_factory=dict)
    parts_by_start: Table = field(default_factory=dict)
    """The same parts by their first two letters."""
    fillers: set[str] = field(default_factory=set)
    """Words that may stand between any two others."""
    sounds: dict[str, list[str]] = field(default_factory=dict)
    """The longer words of `exact` by their sound."""
    starts_and_ends: Table = field(default_factory=dict)
    """The longer words of `starts` and `ends` by their sound, with `*`."""
    sounds_alike: dict[tuple[int, str, str], list[str]] = field(default_factory=dict)
    """Sounds by their length and what a typo may leave of them."""

    def add(self, word: str) -> None:
        """Find the folded word, which may begin or end with `*`."""
        if "*" in word:
            self.add_to_group(word, word)
        elif word not in self.exact:
            self.exact[word] = ()

    def add_to_group(self, word: str, group: str) -> None:
        """Make the folded word, which may begin or end with `*`, count as the group."""
        if "*" not in word:
            self.exact[word] = (*self.exact.get(word, ()), group)
        elif word[0] != "*":
            self.starts.setdefault(word[:-1], set()).add(group)
        elif word[-1] != "*":
            self.ends.setdefault(word[1:], set()).add(group)
        else:
            self.parts.setdefault(word[1:-1], set()).add(group)
            self.parts_by_start.setdefault(word[1:3], set()).add(word[1:-1])

    def allow_typos(self) -> None:
        """Find the words added so far also where they are spelt otherwise."""
        for word, heard in _heard(self.exact):
            if len(word) >= AUDIBLE:
                self.sounds.setdefault(heard, []).append(word)
        for table, sign in ((self.starts, "{}*"), (self.ends, "*{}")):
            for word, heard in _heard(table):
                if len(heard) >= SHORT:
                    self.starts_and_ends.setdefault(sign.format(heard), set()).update(table[word])
        for heard in self.sounds:
            for key in _halves(heard, len(heard)) if len(heard) >= SHORT else ():
                self.sounds_alike.setdefault(key, []).append(heard)

    def look_up(self, word: str) -> set[str]:
        """Return all that the word counts as."""
        found = self._look_up_written(word)
        if word in self.exact:
            return found
        typo = self._look_up_typo(sound(word))
        return found if not typo or is_ordinary(word) else found | typo

    def _look_up_written(self, word: str) -> set[str]:
        found = {word, *self.exact[word]} if word in self.exact else set()
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

    def _look_up_typo(self, heard: str) -> set[str]:
        found = {name for word in self._meant(heard) for name in (word, *self.exact[word])}
        for cut in range(SHORT, len(heard)):
            found |= self.starts_and_ends.get(f"{heard[:cut]}*", set()) | self.starts_and_ends.get(f"*{heard[-cut:]}", set())
        return found

    def _meant(self, heard: str) -> Iterable[str]:
        if heard in self.sounds:
            yield from self.sounds[heard]
            return
        for length in range(max(SHORT, len(heard) - 2), len(heard) + 3):
            edits = 2 if length >= LONG else 1
            for key in _halves(heard, length):
                for near in self.sounds_alike.get(key, ()):
                    if OSA.distance(heard, near, score_cutoff=edits) <= edits:
                        yield from self.sounds[near]


def _heard(words: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Return the words, each with its sound, which is quicker found for all at once."""
    return zip(words, sound("\n".join(words)).split("\n"), strict=True)


def _halves(heard: str, length: int) -> tuple[tuple[int, str, str], tuple[int, str, str]]:
    """Return the start and the end, one of which a typo leaves as it is in a word of that length; of long words a third."""
    part = length // 3 if length >= LONG else (length - 1) // 2
    return (length, heard[:part], ""), (length, "", heard[-part:])
