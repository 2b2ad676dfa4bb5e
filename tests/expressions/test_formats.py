"""How days, times, money and telephone numbers are worded."""

from datetime import date, time
from decimal import Decimal

import pytest

from assistant.expressions.formats import (
    format_date,
    format_day_and_month,
    format_money,
    format_ranges,
    format_time,
    format_weekdays,
    spell_phone_number,
)
from knowledge_base.model import TimeRange

MORNING = TimeRange(time(9), time(11, 30))
AFTERNOON = TimeRange(time(13), time(19, 30))
LATE = TimeRange(time(20, 5), time(21))


@pytest.mark.parametrize(
    ("day", "language", "wording"),
    [
        (date(2026, 11, 24), "de", "Dienstag, 24. November 2026"),
        (date(2026, 11, 24), "en", "Tuesday, 24 November 2026"),
        (date(2027, 3, 1), "de", "Montag, 1. März 2027"),
        (date(2027, 3, 1), "en", "Monday, 1 March 2027"),
    ],
)
def test_a_date_is_worded_with_its_weekday(day: date, language: str, wording: str) -> None:
    assert format_date(day, language) == wording


@pytest.mark.parametrize(("language", "wording"), [("de", "3. Dezember"), ("en", "3 December")])
def test_day_and_month_are_worded(language: str, wording: str) -> None:
    assert format_day_and_month(date(2026, 12, 3), language) == wording


@pytest.mark.parametrize(
    ("clock", "language", "wording"),
    [
        (time(9), "de", "9 Uhr"),
        (time(11, 30), "de", "11:30 Uhr"),
        (time(0), "de", "0 Uhr"),
        (time(8, 5), "de", "8:05 Uhr"),
        (time(9), "en", "9:00"),
        (time(11, 30), "en", "11:30"),
        (time(8, 5), "en", "8:05"),
    ],
)
def test_a_time_is_worded(clock: time, language: str, wording: str) -> None:
    assert format_time(clock, language) == wording


@pytest.mark.parametrize(
    ("ranges", "language", "wording"),
    [
        ([], "de", ""),
        ([MORNING], "de", "9 bis 11:30 Uhr"),
        ([MORNING, AFTERNOON], "de", "9 bis 11:30 Uhr und 13 bis 19:30 Uhr"),
        ([MORNING, AFTERNOON, LATE], "de", "9 bis 11:30 Uhr, 13 bis 19:30 Uhr und 20:05 bis 21 Uhr"),
        ([MORNING], "en", "9:00 to 11:30"),
        ([MORNING, AFTERNOON], "en", "9:00 to 11:30 and 13:00 to 19:30"),
    ],
)
def test_hours_are_worded(ranges: list[TimeRange], language: str, wording: str) -> None:
    assert format_ranges(ranges, language) == wording


@pytest.mark.parametrize(
    ("weekdays", "language", "wording"),
    [
        ((), "de", ""),
        ((5,), "de", "Samstag"),
        ((0, 1), "de", "Montag und Dienstag"),
        ((1, 3), "de", "Dienstag und Donnerstag"),
        ((0, 1, 2, 3, 4), "de", "Montag bis Freitag"),
        ((0, 2, 4), "de", "Montag, Mittwoch und Freitag"),
        ((0, 1, 2, 3, 4), "en", "Monday to Friday"),
        ((1, 3), "en", "Tuesday and Thursday"),
    ],
)
def test_weekdays_are_worded(weekdays: tuple[int, ...], language: str, wording: str) -> None:
    assert format_weekdays(weekdays, language) == wording


@pytest.mark.parametrize(
    ("amount", "language", "wording"),
    [
        ("27.60", "de", "27,60 Euro"),
        ("27.6", "de", "27,60 Euro"),
        ("46.00", "de", "46 Euro"),
        ("46", "de", "46 Euro"),
        ("0", "de", "kostenlos"),
        ("0.00", "de", "kostenlos"),
        ("1", "de", "1 Euro"),
        ("0.50", "de", "0,50 Euro"),
        ("1234.50", "de", "1.234,50 Euro"),
        ("2.345", "de", "2,35 Euro"),
        ("27.60", "en", "27.60 euros"),
        ("46.00", "en", "46 euros"),
        ("1", "en", "1 euro"),
        ("1.50", "en", "1.50 euros"),
        ("0", "en", "free of charge"),
        ("1234", "en", "1,234 euros"),
    ],
)
def test_money_is_worded(amount: str, language: str, wording: str) -> None:
    assert format_money(Decimal(amount), language) == wording


def test_another_currency_keeps_its_code() -> None:
    assert format_money(Decimal("12.50"), "de", "CHF") == "12,50 CHF"


@pytest.mark.parametrize(
    ("number", "language", "wording"),
    [
        ("034292 655-0", "de", "null drei vier zwei neun zwei, sechs fünf fünf, null"),
        ("034292 655-0", "en", "zero three four two nine two, six five five, zero"),
        ("115", "de", "eins eins fünf"),
        ("112", "en", "one one two"),
        ("+49 34292 655", "de", "plus vier neun, drei vier zwei neun zwei, sechs fünf fünf"),
        ("+49 (0)34292/655", "de", "plus vier neun, drei vier zwei neun zwei, sechs fünf fünf"),
        ("(03437) 98 70", "de", "null drei vier drei sieben, neun acht, sieben null"),
        ("", "de", ""),
    ],
)
def test_a_phone_number_is_spelled_in_words(number: str, language: str, wording: str) -> None:
    assert spell_phone_number(number, language) == wording
