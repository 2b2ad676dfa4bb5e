"""Reads the lists of all languages, each folded and compiled once."""

from collections.abc import Iterable, Iterator
from heapq import heapify, heappop, heappush
from pathlib import Path
from typing import Any

from assistant.emergencies.words.folding import fold_letters
from assistant.emergencies.words.reading import CALM, END, PAST, START, TURN, Phrase, Reading, Rule, Step
from assistant.emergencies.words.vocabulary import Vocabulary
from knowledge_base.yaml_file import read_yaml

REACH = {"..": 2, "...": 5}
"""Words that each sign lets pass."""
SILENCED_BY: dict[str, tuple[str, ...]] = {"always": (), "unless_past": (PAST,), "unless_calm": (PAST, CALM)}


class RuleBook:
    """Rules in their order, each filed under its rarest place, so that it is only tried when that is there."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []
        self._by_place: dict[str, list[int]] = {}

    def add(self, rule: Rule) -> None:
        """Keep a rule under the rarest of its words."""
        for name in min((step for phrase in rule.phrases for step in phrase), key=_commonness)[0]:
            self._by_place.setdefault(name, []).append(len(self.rules))
        self.rules.append(rule)

    def candidates(self, reading: Reading) -> Iterator[Rule]:
        """Yield what may be found in the text, also by what is noted there meanwhile."""
        seen = set(reading.hits)
        waiting = list({number for name in seen for number in self._by_place.get(name, ())})
        heapify(waiting)
        last = -1
        while waiting:
            number = heappop(waiting)
            if number > last:
                yield self.rules[number]
                last = number
            if len(reading.hits) > len(seen):
                for name in reading.hits.keys() - seen:
                    seen.add(name)
                    for follower in self._by_place.get(name, ()):
                        heappush(waiting, follower)


class Lexicon:
    """All lists of all languages."""

    def __init__(self, folder: Path, kinds: Iterable[str]) -> None:
        """Read the files; `kinds` stands in the order in which their rules are tried."""
        self._vocabulary = Vocabulary()
        self._names: dict[str, frozenset[str]] = {}
        self._groups, self._masks = RuleBook(), RuleBook()
        self._kinds = {kind: RuleBook() for kind in kinds}
        files = {f"{path.stem}:": _read_file(path) for path in sorted(folder.glob("*.yml"))}
        for language, lists in files.items():
            self._read_dangers(language, lists)
        self._vocabulary.allow_typos()
        for language, lists in files.items():
            self._read_the_rest(language, lists)

    def _read_dangers(self, language: str, lists: dict[str, Any]) -> None:
        for name, members in lists["groups"].items():
            self._read_group(language, f"<{language}{_folded(name)}>", members)
        for kind, strengths in lists["kinds"].items():
            for strength, lines in strengths.items():
                self._read_rules(language, lines, self._kinds[kind], Rule((), kind, SILENCED_BY[strength]))

    def _read_the_rest(self, language: str, lists: dict[str, Any]) -> None:
        self._vocabulary.fillers.update(lists["fillers"].split())
        for name, list_name in ((PAST, "past"), (CALM, "calm"), (TURN, "turns")):
            self._read_group(language, name, lists[list_name])
        self._read_rules(language, lists["near_misses"], self._masks, Rule((), ""))

    def _read_group(self, language: str, name: str, members: str) -> None:
        for member in members.split(","):
            signs = member.split()
            if len(signs) == 1 and signs[0][0] != "<":
                self._vocabulary.add_to_group(signs[0], name)
            elif signs:
                self._groups.add(Rule((self._phrase(language, signs),), name))

    def _read_rules(self, language: str, lines: str, book: RuleBook, like: Rule) -> None:
        for line in lines.splitlines():
            if line.strip() and not line.lstrip().startswith("#"):
                phrases = tuple(self._phrase(language, part.split()) for part in line.split("&"))
                book.add(Rule(phrases, like.target, like.silenced_by))

    def _phrase(self, language: str, signs: list[str]) -> Phrase:
        steps: list[Step] = []
        reach = 0
        for sign in signs:
            if sign in REACH:
                reach = REACH[sign]
            else:
                steps.append((self._names_of(language, sign), reach))
                reach = 0
        return tuple(steps)

    def _names_of(self, language: str, sign: str) -> frozenset[str]:
        key = language + sign
        if key not in self._names:
            self._names[key] = frozenset([self._name(language, choice) for choice in sign.split("|")])
        return self._names[key]

    def _name(self, language: str, choice: str) -> str:
        if choice in (START, END):
            return choice
        if "_" in choice:
            return self._name_of_words(language, choice)
        if choice[0] == "<":
            return f"<{language}{choice[1:]}"
        self._vocabulary.add(choice)
        return choice

    def _name_of_words(self, language: str, choice: str) -> str:
        self._groups.add(Rule((self._phrase(language, choice.split("_")),), f"<{language}{choice}>"))
        return f"<{language}{choice}>"

    def read(self, text: str) -> Reading:
        """Find words, then phrases that count as a group, then drop what a near miss covers."""
        reading = Reading(text, self._vocabulary)
        for rule in self._groups.candidates(reading):
            for start, end, _ in reading.matches(rule):
                reading.note((rule.target,), (start, end))
        reading.mask([found for rule in self._masks.candidates(reading) for found in reading.matches(rule)])
        return reading

    def find_kind(self, text: str) -> str | None:
        """Return the first kind that the text tells of."""
        reading = self.read(text)
        for kind, book in self._kinds.items():
            for rule in book.candidates(reading):
                if any(not reading.is_silenced(found, rule.silenced_by) for found in reading.matches(rule)):
                    return kind
        return None


def _read_file(path: Path) -> Any:
    return _folded(read_yaml(path))


def _folded(lists: Any) -> Any:
    return {name: _folded(value) for name, value in lists.items()} if isinstance(lists, dict) else fold_letters(lists)


def _commonness(step: Step) -> tuple[int, int]:
    """Rank a place: a few long words before many, words before groups, and these before the edges of a sentence."""
    names, _ = step
    groups = sum(name[0] in "<^$" for name in names)
    return len(names) + 100 * groups + 10_000 * (START in names or END in names), -len(min(names, key=len))
