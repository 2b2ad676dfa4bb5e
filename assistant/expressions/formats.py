"""Words days, times, money and telephone numbers in German and English; the wordings stand in ``formats.yml``."""

import re
from collections.abc import Sequence
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from assistant.expressions.vocabulary import vocabulary
from knowledge_base.model import TimeRange
from knowledge_base.yaml_file import read_yaml

FORMATS_FILE = Path(__file__).with_name("formats.yml")
_CENT = Decimal("0.01")
_OPTIONAL_ZERO = "(0)"
"""Not dialled behind a country code (DIN 5008 no longer allows it, people write it all the same)."""


def format_date(day: date, language: str) -> str:
    """Return "Dienstag, 24. November 2026" or "Tuesday, 24 November 2026"."""
    weekday = vocabulary().weekdays[day.weekday()].in_language(language)
    month = vocabulary().months[day.month - 1].in_language(language)
    return _wording("weekday_date", language).format(weekday=weekday, day=day.day, month=month, year=day.year)


def format_day(day: date, language: str) -> str:
    """Return "24. November 2026" or "24 November 2026"."""
    return f"{format_day_and_month(day, language)} {day.year}"


def format_day_and_month(day: date, language: str) -> str:
    """Return "24. November" or "24 November"."""
    month = vocabulary().months[day.month - 1].in_language(language)
    return _wording("day_and_month", language).format(day=day.day, month=month)


def format_time(clock: time, language: str) -> str:
    """Return "9 Uhr" and "11:30 Uhr", or "9:00" and "11:30"."""
    return _wording("clock_time", language).format(time=_bare_time(clock, language))


def format_ranges(ranges: Sequence[TimeRange], language: str) -> str:
    """Return "9 bis 11:30 Uhr und 13 bis 19:30 Uhr" or "9:00 to 11:30 and 13:00 to 19:30"; empty without ranges."""
    wording = _wording("time_range", language)
    return _listed(
        [wording.format(start=_bare_time(each.start, language), end=_bare_time(each.end, language)) for each in ranges],
        language,
    )


def format_weekdays(weekdays: Sequence[int], language: str) -> str:
    """Return "Montag bis Freitag" for three or more in a row, else "Dienstag und Donnerstag"; 0 is Monday."""
    names = [vocabulary().weekdays[weekday].in_language(language) for weekday in weekdays]
    if len(names) > 2 and list(weekdays) == list(range(weekdays[0], weekdays[-1] + 1)):
        return _wording("weekday_range", language).format(first=names[0], last=names[-1])
    return _listed(names, language)


def format_money(amount: Decimal, language: str, currency: str = "EUR") -> str:
    """Return "27,60 Euro", "46 Euro", "kostenlos" or "27.60 euros", "46 euros", "free of charge"."""
    rounded = amount.quantize(_CENT, rounding=ROUND_HALF_UP)
    if rounded == 0:
        return _wording("free", language)
    number = _number(rounded, language)
    if currency != "EUR":
        return f"{number} {currency}"
    return _wording("one_euro" if rounded == 1 else "euros", language).format(number=number)


def spell_phone_number(number: str, language: str) -> str:
    """Return the digits in words, for the ear, with a comma (a pause) where the number is written apart."""
    digits = _data()["digits"]["en" if language == "en" else "de"]
    words = {"+": _wording("plus", language)} | {str(digit): word for digit, word in enumerate(digits)}
    groups = re.findall(r"\+?[0-9]+", number.replace(_OPTIONAL_ZERO, " "))
    return ", ".join(" ".join(words[sign] for sign in group) for group in groups)


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(FORMATS_FILE)
    return data


def _wording(name: str, language: str) -> str:
    return str(_data()[name]["en" if language == "en" else "de"])


def _bare_time(clock: time, language: str) -> str:
    name = "hour_and_minute" if clock.minute else "full_hour"
    return _wording(name, language).format(hour=clock.hour, minute=clock.minute)


def _listed(parts: list[str], language: str) -> str:
    """Join with commas and a last "und"."""
    return _wording("and", language).join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _number(value: Decimal, language: str) -> str:
    """Return the number with a thousands sign, and with cents only where there are some."""
    digits = f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"
    signs = {",": _wording("thousands_sign", language), ".": _wording("decimal_sign", language)}
    return "".join(signs.get(sign, sign) for sign in digits)
