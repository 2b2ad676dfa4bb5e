"""Turns the words for days, German and English, into tags such as ``weekday_1``; the words stand in ``days.yml``."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz.distance import OSA

from assistant.expressions.abbreviations import Abbreviations
from assistant.expressions.special_days import SpecialDay, special_day
from knowledge_base.folding import fold
from knowledge_base.model import Text
from knowledge_base.yaml_file import read_yaml

DAYS_FILE = Path(__file__).with_name("days.yml")
NO_DAY = ","
"""What a word that is no day becomes, so that its neighbours do not become neighbours."""

_LETTERS = re.compile(r"[^\W\d_]+")
_PLAIN = str.maketrans({"_": " ", "'": "", "’": "", "`": "", "´": "", "–": "-", "—": "-"})
_UNTAGGED = re.compile(r"\b[a-z]{5,}\b")
_SHORTEST_TYPO = {"weekday": 6, "month": 6, "relative": 8, "special": 8}
"""Letters from which on one wrong letter is forgiven: Ostern and Osten, heute and Leute are too near."""


@dataclass(frozen=True)
class Vocabulary:
    """All words for days, ready for look-up."""

    tags: Mapping[str, str]
    """By folded phrase."""
    typo_tags: Mapping[str, str]
    """Those of ``tags`` in which one wrong letter is forgiven."""
    phrases: re.Pattern[str]
    """Any phrase of ``tags``, the longest first."""
    abbreviations: tuple[Abbreviations, ...]
    greeting: re.Pattern[str]
    time_of_day: re.Pattern[str]
    now: Text
    relative: tuple[Text, ...]
    weekdays: tuple[Text, ...]
    months: tuple[Text, ...]
    specials: tuple[SpecialDay, ...]

    def tag(self, text: str) -> str:
        """Return the text in small folded letters with a tag in place of every word for a day."""
        plain = text.translate(_PLAIN)
        for each in self.abbreviations:
            plain = each.write_out(plain)
        folded = self.greeting.sub(NO_DAY, _fold_letters(plain))
        return _UNTAGGED.sub(self._mend, self.phrases.sub(lambda match: self.tags[_key(match[0])], folded))

    def _mend(self, match: re.Match[str]) -> str:
        """Return the tag of a word with one wrong letter or of a weekday with a time of day, else the word."""
        word = self.time_of_day.sub("", match[0]) or match[0]
        if word != match[0] and self.tags.get(word, "").startswith("weekday"):
            return self.tags[word]
        near = (tag for known, tag in self.typo_tags.items() if OSA.distance(word, known, score_cutoff=1) <= 1)
        return next(near, match[0])


@cache
def vocabulary() -> Vocabulary:
    """Return the words of ``days.yml``."""
    data = read_yaml(DAYS_FILE)
    tags = {_key(_fold_letters(phrase.translate(_PLAIN))): tag for tag, phrase in _phrases(data)}
    longest_first = sorted(tags, key=len, reverse=True)
    return Vocabulary(
        tags=tags,
        typo_tags={word: tag for word, tag in tags.items() if len(word) >= _SHORTEST_TYPO.get(tag.partition("_")[0], 99)},
        phrases=re.compile(rf"\b(?:{'|'.join(map(_pattern, longest_first))})\b"),
        abbreviations=tuple(
            Abbreviations.parse(each, [day["de"] for day in data["weekdays"]]) for each in data["abbreviations"]
        ),
        greeting=re.compile(rf"^\W*(?:{'|'.join(map(_fold_letters, data['greetings']))})\s*[,!](?=\s*\w)"),
        time_of_day=re.compile(rf"(?:{'|'.join(map(_fold_letters, data['times_of_day']))})$"),
        now=_text(data["now"]),
        relative=tuple(map(_text, data["relative"])),
        weekdays=tuple(map(_text, data["weekdays"])),
        months=tuple(map(_text, data["months"])),
        specials=tuple(special_day(_text(each), each["rule"]) for each in data["specials"]),
    )


def _phrases(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield tag and phrase; a later pair wins."""
    for sign, words in data["signs"].items():
        yield from ((sign, word) for word in words)
    for number, stem in enumerate(data["ordinals"]["de"], start=1):
        yield from ((f"ordinal_{number}", stem + ending) for ending in data["ordinals"]["de_endings"])
    yield from ((f"ordinal_{number}", word) for number, word in enumerate(data["ordinals"]["en"], start=1))
    yield from (("vague_0", phrase) for phrase in data["vague"])
    for kind, section, first in (("relative", "relative", 0), ("month", "months", 1), ("special", "specials", 0)):
        for number, entry in enumerate(data[section], start=first):
            yield from ((f"{kind}_{number}", word) for word in _words(entry))
    yield from (("now_0", word) for word in _words(data["now"]))
    for number, entry in enumerate(data["weekdays"]):
        yield from ((f"weekday_{number}", word + ending) for word in _words(entry) for ending in ("", "s", "en"))
    yield from ((NO_DAY, phrase) for phrase in data["silent"])


def _words(entry: Mapping[str, Any]) -> list[str]:
    return [entry["de"], entry["en"], *entry["words"]]


def _text(entry: Mapping[str, str]) -> Text:
    return Text(de=entry["de"], en=entry["en"])


def _fold_letters(text: str) -> str:
    return _LETTERS.sub(lambda match: fold(match[0]), unicodedata.normalize("NFKC", text))


def _key(phrase: str) -> str:
    """Return the phrase with single spaces and no dots, as it stands in ``tags``."""
    return " ".join(re.split(r"[\s.-]+", phrase)).strip()


def _pattern(key: str) -> str:
    """Return a pattern in which hyphens do as well as spaces, and a number may end in a dot."""
    *parts, last = key.split()
    return "".join(re.escape(part) + _gap_after(part) for part in parts) + re.escape(last)


def _gap_after(part: str) -> str:
    return r"\.?[\s-]*" if part.isdigit() or part in ("dt", "hl", "u") else r"[\s-]+"
