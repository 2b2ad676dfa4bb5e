"""Days with a name: fixed ones, those that follow Easter, and those that are a weekday before a date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge_base.model import Text


@dataclass(frozen=True)
class SpecialDay:
    """A day of the year that has a name, public holiday or not."""

    name: Text
    month: int | None
    day: int | None
    easter: int | None
    """Days from Easter Sunday."""
    weekday: int | None
    """0 is Monday; then it is the last such weekday before ``month`` and ``day``."""

    def in_year(self, year: int) -> date:
        """Return the day in that year."""
        if self.easter is not None:
            return easter_sunday(year) + timedelta(days=self.easter)
        assert self.month
        assert self.day
        fixed = date(year, self.month, self.day)
        if self.weekday is None:
            return fixed
        return fixed - timedelta(days=(fixed.weekday() - self.weekday - 1) % 7 + 1)


def special_day(name: Text, rule: Mapping[str, object]) -> SpecialDay:
    """Turn a rule of ``days.yml`` into a special day."""
    fixed = rule.get("before", rule)
    assert isinstance(fixed, Mapping)
    return SpecialDay(name, fixed.get("month"), fixed.get("day"), _number(rule, "easter"), _number(rule, "weekday"))


def _number(rule: Mapping[str, object], key: str) -> int | None:
    value = rule.get(key)
    return value if isinstance(value, int) else None


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8)."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * to_sunday) // 451
    month, day = divmod(moon + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
