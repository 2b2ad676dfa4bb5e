"""Recognises the day that somebody means, in German and English, for questions about opening hours.

Of several kinds of words the most exact one wins: a date or named day, then "heute" or "morgen", then a weekday, then "jetzt".
Of several of one kind the first counts.
A bare weekday means the next one, today included; "nächsten Dienstag" and "next Tuesday" mean the first one after today.
Spans ("Montag bis Freitag", "zwischen Weihnachten und Neujahr", "in zwei Wochen") and rules ("jeden 4. Samstag") are no day.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from assistant.expressions.dates import resolve_dates
from assistant.expressions.formats import format_day_and_month
from assistant.expressions.vocabulary import NO_DAY, vocabulary
from knowledge_base.model import Text

_DATED = r"(?:date_\d{8}|special_\d{8}_\d+)"
_ANY_DAY = rf"(?:{_DATED}|weekday_\d|relative_\d)"
_FILL = r"[ ,]+(?:(?:lead|article)_0 )*"

_WEEKDAY_IN_THE_MORNING = re.compile(r"(weekday_\d) relative_1")
_BESIDE = re.compile(
    rf"(?:weekday_(?P<weekday>\d)|theday_0) (?P<side>after|before)_0{_FILL}(?:date|special)_(?P<base>\d{{8}})(?:_\d+)?"
)
_NOT_ONE_DAY = re.compile(
    rf"vague_0|between_0{_FILL}{_ANY_DAY}|{_ANY_DAY},? until_0{_FILL}{_ANY_DAY}|weekday_\d ?- ?weekday_\d|{_DATED} ?- ?{_DATED}"
    rf"|(?<![\d.:_])\d{{1,2}}\.? ?(?:-|until_0|and_0) ?(?:lead_0 )?{_DATED}"
)
_NO_SUCH_DAY = re.compile(rf"(?:after|before)_0{_FILL}{_DATED}|last_0 {_ANY_DAY}|(?:ordinal_\d+|(?<![\d.])[1-5]\.) weekday_\d")
_RESOLVED = re.compile(r"date_(?P<date>\d{8})|special_(?P<special>\d{8})_(?P<number>\d+)")
_RELATIVE = re.compile(r"relative_(\d)")
_WEEKDAY = re.compile(r"(?:next_(?P<more_days>\d) )?weekday_(?P<weekday>\d)")
_WEEK = re.compile(r"\bweek_(\d)")
_NOW = "now_0"


@dataclass(frozen=True)
class DayMention:
    """A day that somebody means."""

    day: date
    is_now: bool
    """True where they mean this very moment."""
    label: str
    """The plain word for it in the language asked for: "heute", "Dienstag", "3. Dezember", "Christmas Eve"."""
    holiday: str | None
    """German name of the special day they named, public holiday or not; ``None`` where they named none."""


def find_day(text: str, reference: datetime | date, language: str = "de") -> DayMention | None:
    """Return the day meant in a German or English text.

    Args:
        text: what somebody wrote or said, as it came: capitals tell abbreviations apart.
        reference: the local time or day at which it was said.
        language: language of the label only.
    """
    today = reference.date() if isinstance(reference, datetime) else reference
    tagged = resolve_dates(_WEEKDAY_IN_THE_MORNING.sub(r"\1", vocabulary().tag(text)), today)
    tagged = _BESIDE.sub(_beside, tagged)
    if _NOT_ONE_DAY.search(tagged):
        return None
    tagged = _NO_SUCH_DAY.sub(NO_DAY, tagged)
    found = _named(tagged) or _relative(tagged, today) or _weekday(tagged, today) or _now(tagged, today)
    if found is None:
        return None
    day, name, is_special = found
    label = name.in_language(language) if name else _date_label(day, today, language)
    return DayMention(day, _NOW in tagged and day == today, label, name.de if name and is_special else None)


Found = tuple[date, Text | None, bool]
"""The day, its name (``None``: its date is the label), and whether it is a special day."""


def _beside(match: re.Match[str]) -> str:
    """Turn "Freitag nach Himmelfahrt" and "Tag vor Heiligabend" into a date."""
    base = _parsed(match["base"])
    step = timedelta(days=1 if match["side"] == "after" else -1)
    day = base + step
    while match["weekday"] and day.weekday() != int(match["weekday"]):
        day += step
    return f"date_{day:%Y%m%d}"


def _named(tagged: str) -> Found | None:
    match = _RESOLVED.search(tagged)
    if match is None:
        return None
    if match["date"]:
        return _parsed(match["date"]), None, False
    return _parsed(match["special"]), vocabulary().specials[int(match["number"])].name, True


def _relative(tagged: str, today: date) -> Found | None:
    match = _RELATIVE.search(tagged)
    if match is None:
        return None
    days = int(match[1])
    return today + timedelta(days=days), vocabulary().relative[days], False


def _weekday(tagged: str, today: date) -> Found | None:
    match = _WEEKDAY.search(tagged)
    if match is None:
        return None
    weekday = int(match["weekday"])
    ahead = (weekday - today.weekday()) % 7
    if week := _WEEK.search(tagged):
        ahead = weekday - today.weekday() + 7 * int(week[1])
    elif match["more_days"]:
        ahead = (ahead or 7) + int(match["more_days"])
    return today + timedelta(days=ahead), vocabulary().weekdays[weekday], False


def _now(tagged: str, today: date) -> Found | None:
    return (today, vocabulary().now, False) if _NOW in tagged else None


def _date_label(day: date, today: date, language: str) -> str:
    label = format_day_and_month(day, language)
    return label if day.year == today.year else f"{label} {day.year}"


def _parsed(digits: str) -> date:
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
