"""When an office is open; public holidays by state law (in Saxony SächsSFG § 1, with Reformationstag and Buß- und Bettag).

No clock inside. A ``moment`` is aware and in the local zone of the office: its date is the local day. Of a time that the
autumn clock change repeats the first one counts; a time that the spring change skips counts an hour later (PEP 495).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Literal, TypeVar

import holidays

from knowledge_base.model import HoursPeriod, MonthlyHours, Office, Text, TimeRange

SAXONY = "SN"

ClosedBecause = Literal["holiday", "closure", "weekday"]
Span = tuple[datetime, datetime]
"""Start included, end excluded, both in UTC."""
Point = TypeVar("Point", time, datetime)


@dataclass(frozen=True)
class DayHours:
    """What is known about the hours of an office on one day."""

    ranges: tuple[TimeRange, ...]
    """In order, without overlap; empty where the office is closed or nothing is known."""
    closed_because: ClosedBecause | None
    """``weekday``: the weekly rules say closed; ``None``: open, or nothing is known."""
    reason: Text | None
    """Name of the public holiday, or reason of the closure."""
    known: bool
    """False where the office has no hours for the period of that day; a closure is named all the same."""


@dataclass(frozen=True)
class WeekdayGroup:
    """Weekdays with the same hours."""

    weekdays: tuple[int, ...]
    """0 is Monday; in order, not always in a row."""
    ranges: tuple[TimeRange, ...]


@dataclass(frozen=True)
class WeeklyOverview:
    """The rules of one period, ready for display; holidays and closures are not in it."""

    open: tuple[WeekdayGroup, ...]
    closed: tuple[int, ...]
    """Weekdays without weekly or monthly hours."""
    monthly: tuple[MonthlyHours, ...]
    valid_from: date
    valid_until: date | None
    """Last day; ``None``: until further notice."""


def holiday_name(day: date, subdivision: str = SAXONY) -> str | None:
    """Return the German name of the public holiday in that state, ``None`` on other days."""
    return _holiday_names(day.year, subdivision, "de").get(day)


def ranges_on(office: Office, day: date, *, subdivision: str = SAXONY) -> DayHours:
    """Return the hours of one day; a holiday comes before a closure, and both before the weekly rules."""
    period = _period_on(office, day)
    holiday = _holiday_text(day, subdivision)
    closure = next((each.reason for each in office.closures if each.start <= day <= each.end), None)
    if period and holiday:
        return DayHours((), "holiday", holiday, known=True)
    if closure:
        return DayHours((), "closure", closure, known=period is not None)
    if period is None:
        return DayHours((), None, None, known=False)
    ranges = _regular_ranges(period, day)
    return DayHours(ranges, None if ranges else "weekday", None, known=True)


def is_open(office: Office, moment: datetime, *, subdivision: str = SAXONY) -> bool:
    """Return whether the office is open at that moment; False where its hours are unknown."""
    return closes_at(office, moment, subdivision=subdivision) is not None


def closes_at(office: Office, moment: datetime, *, subdivision: str = SAXONY) -> datetime | None:
    """Return the end of the hours that are running, ``None`` where the office is closed."""
    instant = _instant(moment)
    spans = _spans_on(office, moment.date(), moment.tzinfo, subdivision)
    return next((end.astimezone(moment.tzinfo) for start, end in spans if start <= instant < end), None)


def next_opening(office: Office, moment: datetime, within_days: int = 30, *, subdivision: str = SAXONY) -> datetime | None:
    """Return the next time at which the door opens, later than ``moment`` even where the office is open now."""
    instant = _instant(moment)
    for days in range(within_days + 1):
        day = moment.date() + timedelta(days=days)
        for start, _end in _spans_on(office, day, moment.tzinfo, subdivision):
            if start > instant:
                return start.astimezone(moment.tzinfo)
    return None


def weekly_overview(office: Office, day: date) -> WeeklyOverview | None:
    """Return the rules in force on that day, ``None`` where the office has none."""
    period = _period_on(office, day)
    if period is None:
        return None
    groups: dict[tuple[TimeRange, ...], list[int]] = {}
    for weekday in range(7):
        groups.setdefault(_joined(period.weekly.get(weekday, ())), []).append(weekday)
    monthly_weekdays = {rule.weekday for rule in period.monthly}
    closed = tuple(weekday for weekday in groups.pop((), []) if weekday not in monthly_weekdays)
    opened = tuple(WeekdayGroup(tuple(weekdays), ranges) for ranges, weekdays in groups.items())
    return WeeklyOverview(opened, closed, period.monthly, period.start, period.end)


@lru_cache(maxsize=64)
def _holiday_names(year: int, subdivision: str, language: str) -> dict[date, str]:
    # Without a language the library follows the LANGUAGE variable of the process.
    return dict(holidays.country_holidays("DE", subdiv=subdivision, years=year, language=language).items())


def _holiday_text(day: date, subdivision: str) -> Text | None:
    name = holiday_name(day, subdivision)
    return Text(de=name, en=_holiday_names(day.year, subdivision, "en_US")[day]) if name else None


def _period_on(office: Office, day: date) -> HoursPeriod | None:
    """Return the period of that day; of two that overlap, the one that started later."""
    valid = [each for each in office.hours if each.start <= day and (each.end is None or day <= each.end)]
    return max(valid, key=lambda period: period.start, default=None)


def _regular_ranges(period: HoursPeriod, day: date) -> tuple[TimeRange, ...]:
    nth = (day.day - 1) // 7 + 1
    monthly = [rule.ranges for rule in period.monthly if (rule.nth, rule.weekday) == (nth, day.weekday())]
    return _joined([*period.weekly.get(day.weekday(), ()), *(each for ranges in monthly for each in ranges)])


def _joined(ranges: Iterable[TimeRange]) -> tuple[TimeRange, ...]:
    """Put the ranges in order and join those that touch or overlap; drop empty ones."""
    return tuple(TimeRange(*pair) for pair in _join((each.start, each.end) for each in ranges))


def _join(pairs: Iterable[tuple[Point, Point]]) -> list[tuple[Point, Point]]:
    joined: list[tuple[Point, Point]] = []
    for start, end in sorted(pair for pair in pairs if pair[0] < pair[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _instant(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC)


def _spans_on(office: Office, day: date, zone: tzinfo | None, subdivision: str) -> list[Span]:
    """Return the hours of a local day as instants; only these can be compared on the days of the clock change."""

    def instant(clock: time) -> datetime:
        return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)

    ranges = ranges_on(office, day, subdivision=subdivision).ranges
    return _join((instant(each.start), instant(each.end)) for each in ranges)
