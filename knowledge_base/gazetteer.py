"""Finds names in a text, inflected or not: spaCy's phrase matcher over the stems of folded words."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from knowledge_base.folding import stems


@dataclass(frozen=True)
class Mention:
    """One name in a text."""

    key: str
    """What the name stands for."""
    start: int
    """First word, counted from 0."""
    end: int
    """The word after the last."""


class Gazetteer:
    """Names, each with the key of what it stands for; several keys may share a name."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Learn ``(key, name)`` pairs."""
        self._one_at_a_time = threading.Lock()  # zones of two threads must not overlap
        self._vocab = Vocab()
        self._matcher = PhraseMatcher(self._vocab)
        for key, name in names:
            if words := stems(name):
                self._matcher.add(key, [Doc(self._vocab, words=words)])

    def mentions(self, text: str) -> list[Mention]:
        """Return every name in the text in the order of the words, also one inside another.

        The memory zone makes spaCy forget the words of the text again; without it they would stay in its store of strings.
        """
        words = stems(text)
        if not words:
            return []
        with self._one_at_a_time, self._vocab.memory_zone():
            found = self._matcher(Doc(self._vocab, words=words))
            return [Mention(self._vocab.strings[key], start, end) for key, start, end in found]
