"""Calendar dates in tagged text: "3.12.", "3. Dezember", "am dritten zwölften", "December 24th", "2026-12-24".

A date or a special day without a year lies in the current year, or in the next one if it is more than 7 days ago.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import count

from assistant.expressions.special_days import SpecialDay

STILL_THIS_YEAR = timedelta(days=7)

_DAY = r"(?:(?<![\d.:])(?P<day>[0-3]?\d)(?P<suffix>\.|st|nd|rd|th)?|ordinal_(?P<ordinal>\d+))"
_MONTH = r"month_(?P<month_name>\d+)"
_YEAR = r"(?:,? (?P<year>20\d\d)(?!\d))?"
_NUMBERS = r"(?<![\d.,:/])(?P<day>[0-3]?\d)\.\s?(?P<month>[01]?\d)"
_WORD_YEAR = re.compile(r"year_1")
_SPECIAL = re.compile(rf"special_(?P<special>\d+){_YEAR}")
_DATES = (
    re.compile(r"(?<![\d-])(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])"),
    re.compile(rf"(?<!clock_0 ){_NUMBERS}\.(?:\s?(?P<year>20\d\d)|(?P<short_year>\d\d))?(?!\d)(?! ?unit_0)"),
    re.compile(rf"(?:(?<=lead_0 )|(?<=^)){_NUMBERS}(?!\.?\d)(?! ?unit_0)"),
    re.compile(r"(?<![\d/])(?P<day>[0-3]?\d)/(?P<month>[01]?\d)/(?:(?P<year>20\d\d)|(?P<short_year>\d\d))(?![\d/])"),
    re.compile(r"(?<=lead_0 )(?P<day>[0-3]?\d)/(?P<month>[01]?\d)(?![\d/])"),
    re.compile(rf"{_DAY} ?(?:of_0 )?{_MONTH}\.?{_YEAR}"),
    re.compile(rf"(?P<lead>lead_0 )?{_MONTH}\.? (?:article_0 )?{_DAY}(?!\d|[.:]\d| ?unit_0){_YEAR}"),
    re.compile(r"lead_0 ordinal_(?P<ordinal>\d+) ordinal_(?P<month>1[0-2]|[1-9])(?!\d)"),
)
_MAY = 5


def resolve_dates(tagged: str, today: date) -> str:
    """Return the text with ``date_<yyyymmdd>`` and ``special_<yyyymmdd>_<number>`` where a date or special day stands."""
