"""Recognises emergencies and crises, before anything else looks at a message; the words stand in `emergency_words/`."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from assistant.conversations.folding import fold

WORDS = Path(__file__).parent / "emergency_words"
SENTENCE_END = re.compile(r"[.!?;:…\n]+(?=\s|$)|[!?…\n]")
SAME_LETTERS = re.compile(r"([^\W\d_])\1+")
HALF = 1000
"""Characters looked at from either end of a long text."""
NEAR = 8
"""Words between the two sides of `&`."""
EARSHOT = 12
"""Words over which a calm or past word silences a pattern of the same sentence."""
REACH = {"..": 2, "...": 5}
"""Words that each sign lets pass."""
ENOUGH = 200
"""Ways to fit a rule that are followed in one text."""
SHORT, LONG = 5, 9
"""Letters from which a word may have one typo, and two."""
PAST, CALM, TURN, START, END = "!past", "!calm", "!turn", "^", "$"
SILENCED_BY: dict[str, tuple[str, ...]] = {"always": (), "unless_past": (PAST,), "unless_calm": (PAST, CALM)}


@dataclass(frozen=True)
class Emergency:
    """A danger somebody tells of."""

    kind: str
    """One of `KINDS`."""
    number: str
    """The telephone number that helps, as it is written on the card."""
    crisis: bool
    """True: a person in need of somebody to talk to, rather than of a rescue or the police."""


MOST_URGENT_FIRST = (
    Emergency("fire", "112", False),
    Emergency("gas", "112", False),
    Emergency("electricity", "112", False),
    Emergency("suicide", "112", True),
    Emergency("injury", "112", False),
    Emergency("danger", "112", False),
    Emergency("child", "112", False),
    Emergency("crime", "110", False),
    Emergency("poisoning", "0361 730730", False),
    Emergency("violence", "116016", True),
    Emergency("youth", "116111", True),
    Emergency("doctor", "116117", False),
    Emergency("card", "116116", False),
)
KINDS = {emergency.kind: rank for rank, emergency in enumerate(MOST_URGENT_FIRST)}

Span = tuple[int, int]


@dataclass(frozen=True)
class _Step:
    """One place of a phrase."""

    ids: frozenset[str]
    """Words and groups that may stand here."""
    reach: int
    """Words that may be left out before it."""


_Phrase = tuple[_Step, ...]


@dataclass(frozen=True)
class _Rule:
    """One line of an editor's list: phrases that stand near one another."""

    phrases: tuple[_Phrase, ...]
    target: str
    """Kind, group or `mask` that the rule stands for."""
    silenced_by: tuple[str, ...] = ()


@dataclass
class _Vocabulary:
    """Every word that the lists name, and what it counts as."""

    exact: dict[str, set[str]] = field(default_factory=dict)
    starts: dict[str, set[str]] = field(default_factory=dict)
    ends: dict[str, set[str]] = field(default_factory=dict)
    parts: dict[str, set[str]] = field(default_factory=dict)
    no_typos: set[str] = field(default_factory=set)
    fillers: set[str] = field(default_factory=set)
    typos: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    """Words by length and first letter or last three letters."""

    def add(self, word: str, counts_as: str) -> None:
        """Make the word, which may begin or end with `*`, count as something more."""
        bare = word.strip("*")
        tables = {(False, False): self.exact, (False, True): self.starts, (True, False): self.ends, (True, True): self.parts}
        tables[word.startswith("*"), word.endswith("*")].setdefault(bare, set()).add(counts_as)

    def allow_typos(self, word: str) -> None:
        if len(word) >= SHORT and word in self.exact:
            for key in (word[0], word[-3:]):
                self.typos.setdefault((key, len(word)), []).append(word)

    def look_up(self, word: str) -> set[str]:
        """Return all that the word counts as."""
        found = set(self.exact.get(word, ()))
        for cut in range(2, len(word) + 1):
            found |= self.starts.get(word[:cut], set()) | self.ends.get(word[-cut:], set())
        for part, counts_as in self.parts.items():
            if part in word:
                found |= counts_as
        return found or self._look_up_typo(word)

    def _look_up_typo(self, word: str) -> set[str]:
        if len(word) < SHORT - 1 or word in self.no_typos:
            return set()
        found: set[str] = set()
        for meant in self._meant(word):
            found |= self.exact[meant]
        return found

    def _meant(self, word: str) -> Iterator[str]:
        for length in range(len(word) - 2, len(word) + 3):
            edits = 2 if length >= LONG else 1
            if length >= SHORT and abs(length - len(word)) <= edits:
                near = {*self.typos.get((word[0], length), ()), *self.typos.get((word[-3:], length), ())}
                yield from (meant for meant, _, _ in extract(word, near, scorer=OSA.distance, score_cutoff=edits, limit=None))


class _Reading:
    """One text, and where in it things were found."""

    def __init__(self, text: str, vocabulary: _Vocabulary) -> None:
        sentences = [_words(sentence) for sentence in SENTENCE_END.split(text)]
        self.words = [word for sentence in sentences for word in sentence]
        self.sentence = [number for number, sentence in enumerate(sentences) for _ in sentence]
        self.weight = list(accumulate((word not in vocabulary.fillers for word in self.words), initial=0))
        self.hits: dict[str, list[Span]] = {}
        self._merged: dict[frozenset[str], list[Span]] = {}
        self._note_edges(sentences)
        self._note_words(vocabulary)

    def _note_edges(self, sentences: list[list[str]]) -> None:
        ends = list(accumulate(len(sentence) for sentence in sentences if sentence))
        self.hits[END] = [(end, end) for end in ends]
        self.hits[START] = [(start, start) for start in [0, *ends[:-1]]]

    def _note_words(self, vocabulary: _Vocabulary) -> None:
        known: dict[str, set[str]] = {}
        for place, word in enumerate(self.words):
            if word not in known:
                known[word] = vocabulary.look_up(word)
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
        for name in self.hits.keys() - {PAST, CALM, TURN, START, END}:
            self.hits[name] = [span for span in self.hits[name] if masked.isdisjoint(range(*span))]
        self._merged.clear()

    def distance(self, one: Span, other: Span) -> int:
        """Count the words between two places; negative when they overlap."""
        first, second = sorted((one, other))
        return self.weight[second[0]] - self.weight[first[1]] if second[0] >= first[1] else -1

    def spans(self, step: _Step) -> list[Span]:
        if step.ids not in self._merged:
            self._merged[step.ids] = sorted({span for name in step.ids for span in self.hits.get(name, ())})
        return self._merged[step.ids]

    def find(self, phrase: _Phrase) -> list[Span]:
        """Return every place where the phrase stands."""
        found = self.spans(phrase[0])
        for step in phrase[1:]:
            found = sorted({(start, end) for start, before in found for end in self._next_ends(step, before)})
        return found

    def _next_ends(self, step: _Step, before: int) -> Iterator[int]:
        spans = self.spans(step)
        for start, end in spans[bisect_left(spans, (before, 0)) :]:
            if self.weight[start] - self.weight[before] > step.reach:
                return
            yield end

    def matches(self, rule: _Rule) -> list[Span]:
        """Return the places from the first to the last word of the rule."""
        found = [(span,) for span in self.find(rule.phrases[0])]
        for phrase in rule.phrases[1:]:
            others = self.find(phrase) if found else []
            found = [(*spans, other) for spans in found for other in others if self._is_near(other, spans)][:ENOUGH]
        return [_around(spans) for spans in found]

    def _is_near(self, other: Span, spans: tuple[Span, ...]) -> bool:
        apart = all(other[1] <= start or end <= other[0] for start, end in spans)
        return apart and self.distance(other, _around(spans)) <= NEAR

    def is_silenced(self, span: Span, by: tuple[str, ...]) -> bool:
        sentences = set(self.sentence[span[0] : span[1]])
        return any(
            self.sentence[other[0]] in sentences and self.distance(span, other) <= EARSHOT and not self._is_turned(span, other)
            for name in by
            for other in self.hits.get(name, ())
        )

    def _is_turned(self, span: Span, other: Span) -> bool:
        """Tell whether the speaker turns to something else between the two."""
        start, end = (other[0], span[0]) if other < span else (span[1], other[1])
        return any(start <= turn[0] and turn[1] <= end for turn in self.hits.get(TURN, ()))


class _Lexicon:
    """All lists of all languages, ready for use."""

    def __init__(self, files: Iterable[Path]) -> None:
        self.vocabulary = _Vocabulary()
        self._joined: set[str] = set()
        self.rules: dict[str, list[tuple[frozenset[str], _Rule]]] = {"group": [], "mask": [], "kind": []}
        for path in files:
            self._read(path.stem, yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
        self.rules["kind"].sort(key=lambda entry: KINDS[entry[1].target])

    def _read(self, language: str, lists: dict[str, Any]) -> None:
        self.vocabulary.no_typos |= {_squeeze(word) for word in fold(lists["not_typos"]).split()}
        self.vocabulary.fillers |= {_squeeze(word) for word in fold(lists["fillers"]).split()}
        groups = {f"<{language}:{name}>": text for name, text in lists["groups"].items()}
        for name, text in {**groups, PAST: lists["past"], CALM: lists["calm"], TURN: lists["turns"]}.items():
            self._read_group(language, name, text)
        self._read_rules(language, "mask", "mask", lists["near_misses"], ())
        for kind, strengths in lists["kinds"].items():
            for strength, text in strengths.items():
                self._read_rules(language, "kind", kind, text, SILENCED_BY[strength])
        for word in fold(lists["key_words"]).split():
            self.vocabulary.allow_typos(_squeeze(word))

    def _read_group(self, language: str, name: str, text: str) -> None:
        for member in text.split(","):
            words = member.split()
            if len(words) == 1 and words[0][0] != "<":
                self.vocabulary.add(_squeeze_pattern(words[0]), name)
            elif words:
                self._add(language, "group", _Rule((self._phrase(language, words),), name))

    def _read_rules(self, language: str, stage: str, target: str, text: str, silenced_by: tuple[str, ...]) -> None:
        for line in text.splitlines():
            if line.strip() and not line.lstrip().startswith("#"):
                phrases = tuple(self._phrase(language, part.split()) for part in line.split("&"))
                self._add(language, stage, _Rule(phrases, target, silenced_by))

    def _phrase(self, language: str, signs: list[str]) -> _Phrase:
        steps, reach = [], 0
        for sign in signs:
            if sign in REACH:
                reach = REACH[sign]
            else:
                steps.append(_Step(frozenset(self._ids(language, sign)), reach))
                reach = 0
        return tuple(steps)

    def _ids(self, language: str, sign: str) -> Iterator[str]:
        for choice in sign.split("|"):
            if choice in (START, END):
                yield choice
            elif "_" in choice:
                yield self._phrase_group(language, choice)
            elif choice.startswith("<"):
                yield f"<{language}:{choice[1:]}"
            else:
                word = _squeeze_pattern(choice)
                self.vocabulary.add(word, word)
                yield word

    def _phrase_group(self, language: str, choice: str) -> str:
        name = f"<{language}:{choice}>"
        if name not in self._joined:
            self._joined.add(name)
            self._add(language, "group", _Rule((self._phrase(language, choice.split("_")),), name))
        return name

    def _add(self, language: str, stage: str, rule: _Rule) -> None:
        """File the rule under its rarest place, so that it is only tried when that is there."""
        steps = [step for phrase in rule.phrases for step in phrase]
        self.rules[stage].append((min(steps, key=_commonness).ids, rule))

    def read(self, text: str) -> _Reading:
        """Find words, then phrases that count as a group, then drop what a near miss covers."""
        reading = _Reading(text, self.vocabulary)
        for rule in self.candidates("group", reading):
            for span in reading.find(rule.phrases[0]):
                reading.note((rule.target,), span)
        reading.mask([span for rule in self.candidates("mask", reading) for span in reading.matches(rule)])
        return reading

    def candidates(self, stage: str, reading: _Reading) -> Iterator[_Rule]:
        for anchor, rule in self.rules[stage]:
            if not reading.hits.keys().isdisjoint(anchor):
                yield rule


def _around(spans: Iterable[Span]) -> Span:
    starts, ends = zip(*spans, strict=True)
    return min(starts), max(ends)


def _words(text: str) -> list[str]:
    return [_squeeze(word) for word in fold(text).split()]


def _squeeze(word: str) -> str:
    """Write doubled letters once, since people in fear leave them out or hold them down."""
    return SAME_LETTERS.sub(r"\1", word)


def _squeeze_pattern(word: str) -> str:
    return "*" * word.startswith("*") + _squeeze(fold(word)) + "*" * (word.endswith("*") and len(word) > 1)


def _commonness(step: _Step) -> tuple[int, int]:
    names = [name for name in step.ids if name not in (START, END)]
    groups = sum(name.startswith("<") for name in names)
    return (len(names) + 100 * groups if names else 10_000, -min(map(len, names), default=0))


def _ends_of(text: str) -> str:
    return text if len(text) <= 2 * HALF else f"{text[:HALF]}\n{text[-HALF:]}"


LEXICON = _Lexicon(sorted(WORDS.glob("*.yml")))


def recognise_emergency(text: str) -> Emergency | None:
    """Return the most urgent emergency that the text tells of, in any of the languages of `emergency_words/`."""
    reading = LEXICON.read(_ends_of(text))
    for rule in LEXICON.candidates("kind", reading):
        if any(not reading.is_silenced(span, rule.silenced_by) for span in reading.matches(rule)):
            return MOST_URGENT_FIRST[KINDS[rule.target]]
    return None
