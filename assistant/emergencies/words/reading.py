"""One text, and where in it words, groups and rules are found."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import accumulate
from operator import or_
from typing import NamedTuple

from assistant.emergencies.words.folding import fold
from assistant.emergencies.words.vocabulary import SHORT, Vocabulary

SENTENCE_END = re.compile(r"[.!?;:…\n]+(?=\s|$)|[!?…\n]")
NEAR = 8
"""Words between the two sides of `&`."""
EARSHOT = 12
"""Words over which a calm or past word silences a rule of the same sentence."""
ENOUGH = 100
"""Ways to fit a rule that are followed in one text."""
PAST, CALM, TURN, START, END = "!past", "!calm", "!turn", "^", "$"

Span = tuple[int, int]
"""First word, and the one after the last."""
Found = tuple[int, int, int]
"""A span, and its words that were used, one bit each; others may stand between them."""
Step = tuple[frozenset[str], int]
"""Words and groups that may stand in one place of a phrase, and how many words may be left out before it."""
Phrase = tuple[Step, ...]


class Rule(NamedTuple):
    """One line of an editor's list: phrases that stand near one another."""

    phrases: tuple[Phrase, ...]
    target: str
    """The kind or the group that the rule stands for."""
    silenced_by: tuple[str, ...] = ()


class Reading:
    """What was found so far in one text."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        sentences = [fold(sentence).split() for sentence in SENTENCE_END.split(text)]
        self.words = [word for sentence in sentences for word in sentence]
        self.sentence = [number for number, sentence in enumerate(sentences) for _ in sentence]
        self.weight = list(accumulate((word not in vocabulary.fillers for word in self.words), initial=0))
        ends = list(accumulate(len(sentence) for sentence in sentences if sentence))
        self.hits: dict[str, list[Span]] = {END: [(end, end) for end in ends], START: [(end, end) for end in [0, *ends[:-1]]]}
        self._merged: dict[frozenset[str], list[Span]] = {}
        self._note_words(vocabulary)

    def _note_words(self, vocabulary: Vocabulary) -> None:
        known = {word: vocabulary.look_up(word) for word in set(self.words)}
        for place, word in enumerate(self.words):
            self.note(known[word], (place, place + 1))
            joined = "".join(self.words[place : place + 2])
            if len(joined) > max(len(word), SHORT) and joined in vocabulary.exact:
                self.note((joined, *vocabulary.exact[joined]), (place, place + 2))

    def note(self, counts_as: Iterable[str], span: Span) -> None:
        """Note where a word was heard, under every name it counts as."""
        for name in counts_as:
            self.hits.setdefault(name, []).append(span)
        self._merged.clear()

    def mask(self, found: Iterable[Found]) -> None:
        """Forget what was found in these words of one sentence, except what silences."""
        masked = reduce(or_, (bits for start, end, bits in found if self.sentence[start] == self.sentence[end - 1]), 0)
        for name in self.hits.keys() - {PAST, CALM, TURN, START, END} if masked else ():
            self.hits[name] = [span for span in self.hits[name] if not masked & _bits(*span)]
        self._merged.clear()

    def matches(self, rule: Rule) -> list[Found]:
        """Return every way in which the text fits the rule."""
        if any(self.hits.keys().isdisjoint(ids) for phrase in rule.phrases for ids, _ in phrase):
            return []
        found = self._find(rule.phrases[0])
        for phrase in rule.phrases[1:]:
            others = self._find(phrase) if found else []
            found = [_both(one, other) for one in found for other in others if self._is_near(one, other)][:ENOUGH]
        return found

    def _find(self, phrase: Phrase) -> list[Found]:
        found = [(start, end, _bits(start, end)) for start, end in self._spans(phrase[0][0])]
        for ids, reach in phrase[1:]:
            found = [
                (start, end, bits | _bits(next_start, end))
                for start, before, bits in found
                for next_start, end in self._next_spans(ids, reach, before)
            ]
        return found

    def _is_near(self, one: Found, other: Found) -> bool:
        return not one[2] & other[2] and self._distance(one[:2], other[:2]) <= NEAR

    def _spans(self, ids: frozenset[str]) -> list[Span]:
        if ids not in self._merged:
            self._merged[ids] = sorted({span for name in self.hits.keys() & ids for span in self.hits[name]})
        return self._merged[ids]

    def _next_spans(self, ids: frozenset[str], reach: int, before: int) -> Iterator[Span]:
        spans = self._spans(ids)
        for span in spans[bisect_left(spans, (before, 0)) :]:
            if self.weight[span[0]] - self.weight[before] > reach:
                return
            yield span

    def _distance(self, one: Span, other: Span) -> int:
        """Count the words between two places, none when one holds the other."""
        first, second = (one, other) if one < other else (other, one)
        return max(0, self.weight[second[0]] - self.weight[first[1]])

    def is_silenced(self, found: Found, by: Iterable[str]) -> bool:
        """Tell whether a past or calm word stands near in the same sentence, and no turn of speech between."""
        span = found[:2]
        sentences = set(self.sentence[span[0] : span[1]])
        return any(
            self.sentence[other[0]] in sentences and self._distance(span, other) <= EARSHOT and not self._is_turned(span, other)
            for name in by
            for other in self.hits.get(name, ())
        )

    def _is_turned(self, span: Span, other: Span) -> bool:
        start, end = (other[0], span[0]) if other < span else (span[1], other[1])
        return any((start <= turn[0] and turn[1] <= end) or _holds(turn, other) for turn in self.hits.get(TURN, ()))


def _holds(one: Span, other: Span) -> bool:
    return one[0] <= other[0] and other[1] <= one[1]


def _bits(start: int, end: int) -> int:
    return (1 << end) - (1 << start)


def _both(one: Found, other: Found) -> Found:
    return min(one[0], other[0]), max(one[1], other[1]), one[2] | other[2]
