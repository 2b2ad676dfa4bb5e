"""Writes out abbreviated weekdays before capitals are lost: "Do" is Thursday in "am Do" and no day in "Do you open"."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True)
class Abbreviations:
    """The abbreviated weekdays of one language."""

    pattern: re.Pattern[str]
    weekdays: Mapping[str, str]
    """Weekday in full by abbreviation in small letters."""

    @classmethod
    def parse(cls, entry: Mapping[str, Any], weekdays: list[str]) -> Self:
        """Read one entry of ``abbreviations`` in ``days.yml``; ``weekdays`` are the names to write out, Monday first."""
        days: dict[str, int] = entry["days"]
        certain = _any_of(day for day in days if day not in entry["doubtful"])
        doubtful = _any_of(entry["doubtful"])
        ahead = rf"(?=\.?\s*(?:\d|(?i:{_any_of(entry['sure'])})\b|\W*$))"
        inside = rf"(?:(?<=[\w,:] )|(?<=-)){doubtful}(?!\.\s+[A-ZÄÖÜ])"
        never = rf"(?!\s+(?i:{_any_of(entry['never'])})\b)" if entry["never"] else ""
        led = rf"(?P<lead>(?i:{_any_of(entry['leads'])})\s+)(?i:{_any_of(days)})"
        pattern = rf"(?<![\w.])(?:{led}|{certain}|{doubtful}(?!\w){ahead}|{inside}{never})(?!\w)\.?"
        return cls(re.compile(pattern), {day.lower(): weekdays[number] for day, number in days.items()})

    def write_out(self, text: str) -> str:
        """Return the text with the weekdays in full."""
        return self.pattern.sub(self._in_full, text)

    def _in_full(self, match: re.Match[str]) -> str:
        lead = match["lead"] or ""
        return lead + self.weekdays[match[0][len(lead) :].rstrip(".").lower()]


def _any_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"
