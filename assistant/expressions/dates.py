"""Calendar dates in tagged text: "3.12.", "3. Dezember", "am dritten zwölften", "December 24th", "2026-12-24".

A date or special day without a year lies in the current year, or in the next one if it is more than 7 days ago.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from assistant.expressions.vocabulary import vocabulary

_STILL_THIS_YEAR = timedelta(days=7)
_YEARS_AHEAD = 9
"""The 29th of February comes at least once in so many years."""
_MAY = 5

_DAY = r"(?:(?<!street_0 )(?<![\d.:_])(?P<day>[0-3]?\d)(?P<suffix>\.|st|nd|rd|th|te[nr]?)?|ordinal_(?P<ordinal>\d+))"
_NAME = r"month_(?P<name>\d+)\.?"
_YEAR = r"(?:,? (?P<year>20\d\d)(?!\d))?"
_NUMBERS = r"(?<![\d.,:/_])(?P<day>[0-3]?\d)\.\s?(?P<month>[01]?\d)"
_SPECIAL = re.compile(rf"special_(?P<special>\d+){_YEAR}")
_DATES = (
    re.compile(r"(?<![\d-])(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])"),
    re.compile(rf"(?<!clock_0 ){_NUMBERS}\.(?:\s?(?P<year>20\d\d)|(?P<short_year>2\d))?(?!\d)(?! ?unit_0)"),
    re.compile(rf"(?:(?<=lead_0 )|(?<=^)){_NUMBERS}(?!\.?\d)(?! ?unit_0)"),
    re.compile(r"(?<![\d/])(?P<day>[0-3]?\d)/(?P<month>[01]?\d)/(?:(?P<year>20\d\d)|(?P<short_year>2\d))(?![\d/])"),
    re.compile(r"(?<=lead_0 )(?P<day>[0-3]?\d)/(?P<month>[01]?\d)(?![\d/])"),
    re.compile(rf"{_DAY} ?(?:of_0 )?{_NAME}{_YEAR}"),
    re.compile(rf"(?P<lead>lead_0 )?{_NAME} (?:article_0 )?{_DAY}(?!\d|[.:]\d| ?unit_0){_YEAR}"),
    re.compile(r"(?<=lead_0 )ordinal_(?P<ordinal>\d+) ordinal_(?P<month>1[0-2]|[1-9])(?!\d)"),
)


def resolve_dates(tagged: str, today: date) -> str:
    """Put ``date_<yyyymmdd>`` and ``special_<yyyymmdd>_<number>`` where a date or a special day stands."""

    def special(match: re.Match[str]) -> str:
        number = int(match["special"])
        day = _coming(vocabulary().specials[number].in_year, today, _year(match.groupdict(), tagged, today))
        return f"special_{day:%Y%m%d}_{number}" if day else match[0]

    def calendar(match: re.Match[str]) -> str:
        day = _calendar_day(match.groupdict(), today, _year(match.groupdict(), tagged, today))
        return f"date_{day:%Y%m%d}" if day else match[0]

    resolved = _SPECIAL.sub(special, tagged)
    for pattern in _DATES:
        resolved = pattern.sub(calendar, resolved)
    return resolved


def _year(parts: Mapping[str, str | None], tagged: str, today: date) -> int | None:
    if year := parts.get("year"):
        return int(year)
    if year := parts.get("short_year"):
        return 2000 + int(year)
    return today.year + 1 if "year_1" in tagged else None


def _calendar_day(parts: Mapping[str, str | None], today: date, year: int | None) -> date | None:
    day = int(parts.get("day") or parts.get("ordinal") or 0)
    month = int(parts.get("month") or parts.get("name") or 0)
    # "May 3 people come?" is a question for leave; "on May 3" and "May 3rd" are dates.
    if month == _MAY and "lead" in parts and not (parts["lead"] or parts["suffix"] or parts["ordinal"]):
        return None
    return _coming(lambda in_year: _valid(in_year, month, day), today, year)


def _coming(in_year: Callable[[int], date | None], today: date, year: int | None) -> date | None:
    """Return the day in the given year, or without one the first that is at most 7 days ago."""
    if year:
        return in_year(year)
    days = (in_year(each) for each in range(today.year, today.year + _YEARS_AHEAD))
    return next((day for day in days if day and day >= today - _STILL_THIS_YEAR), None)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
