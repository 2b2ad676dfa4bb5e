"""One text, and where in it words, groups and rules are found."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from assistant.conversations.emergency_words.vocabulary import SHORT, Vocabulary
from assistant.conversations.folding import fold

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
Step = tuple[frozenset[str], int]
"""Words and groups that may stand in one place of a phrase, and how many words may be left out before it."""
Phrase = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Rule:
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
                self.note(vocabulary.exact[joined], (place, place + 2))

    def note(self, counts_as: Iterable[str], span: Span) -> None:
        for name in counts_as:
            self.hits.setdefault(name, []).append(span)
        self._merged.clear()

    def mask(self, spans: list[Span]) -> None:
        """Forget what was found in these places, except what silences."""
        masked = {place for start, end in spans for place in range(start, end)}
        for name in self.hits.keys() - {PAST, CALM, TURN, START, END} if masked else ():
            self.hits[name] = [span for span in self.hits[name] if masked.isdisjoint(range(*span))]
        self._merged.clear()

    def matches(self, rule: Rule) -> list[Span]:
        """Return the places from the first to the last word of the rule."""
        if any(self.hits.keys().isdisjoint(ids) for phrase in rule.phrases for ids, _ in phrase):
            return []
        found = [(span,) for span in self._find(rule.phrases[0])]
        for phrase in rule.phrases[1:]:
            others = self._find(phrase) if found else []
            found = [(*spans, other) for spans in found for other in others if self._is_near(other, spans)][:ENOUGH]
        return [_around(spans) for spans in found]

    def _find(self, phrase: Phrase) -> list[Span]:
        found = self._spans(phrase[0][0])
        for ids, reach in phrase[1:]:
            found = [(start, end) for start, before in found for end in self._next_ends(ids, reach, before)]
        return found

    def _spans(self, ids: frozenset[str]) -> list[Span]:
        if ids not in self._merged:
            self._merged[ids] = sorted({span for name in self.hits.keys() & ids for span in self.hits[name]})
        return self._merged[ids]

    def _next_ends(self, ids: frozenset[str], reach: int, before: int) -> Iterator[int]:
        spans = self._spans(ids)
        for start, end in spans[bisect_left(spans, (before, 0)) :]:
            if self.weight[start] - self.weight[before] > reach:
                return
            yield end

    def _distance(self, one: Span, other: Span) -> int:
        """Count the words between two places, none when one holds the other."""
        first, second = (one, other) if one < other else (other, one)
        return max(0, self.weight[second[0]] - self.weight[first[1]])

    def _is_near(self, other: Span, spans: tuple[Span, ...]) -> bool:
        apart = all(other[1] <= start or end <= other[0] for start, end in spans)
        return apart and self._distance(other, _around(spans)) <= NEAR

    def is_silenced(self, span: Span, by: Iterable[str]) -> bool:
        """Tell whether a past or calm word stands near in the same sentence, and no turn of speech between."""
        sentences = set(self.sentence[span[0] : span[1]])
        return any(
            self.sentence[other[0]] in sentences and self._distance(span, other) <= EARSHOT and not self._is_turned(span, other)
            for name in by
            for other in self.hits.get(name, ())
        )

    def _is_turned(self, span: Span, other: Span) -> bool:
        start, end = (other[0], span[0]) if other < span else (span[1], other[1])
        return any(start <= turn[0] and turn[1] <= end or _holds(turn, other) for turn in self.hits.get(TURN, ()))


def _holds(one: Span, other: Span) -> bool:
    return one[0] <= other[0] and other[1] <= one[1]


def _around(spans: Iterable[Span]) -> Span:
    return min(span[0] for span in spans), max(span[1] for span in spans)
