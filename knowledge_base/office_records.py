"""Turns ``towns/<town>/offices.yml`` into typed offices."""

from typing import Any

from knowledge_base.model import Closure, HoursPeriod, Level, MonthlyHours, Office, Source, TimeRange
from knowledge_base.reader import LANGUAGES, Reader

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_KEYS = frozenset(
    [
        "level",
        "name",
        "synonyms",
        "address",
        "phone",
        "email",
        "website",
        "reach",
        "step_free",
        "hours",
        "hours_of",
        "closures",
        "source",
        "to_confirm",
    ]
)


def parse_offices(reader: Reader) -> dict[str, Office]:
    """Read all offices of a town; faults are collected in ``reader.faults``."""
    return {str(key): _office(reader, str(key)) for key in reader.get("offices") or {}}


def _office(reader: Reader, key: str) -> Office:
    keys = ("offices", key)
    for name in (reader.get(*keys) or {}).keys() - _KEYS:
        reader.fault((*keys, name), f"{name!r} is no part of an office")
    hours_key = _hours_key(reader, key)
    return Office(
        key=key,
        level=_level(reader, key),
        name=reader.both(*keys, "name"),
        synonyms={language: reader.strings(*keys, "synonyms", language) for language in LANGUAGES},
        address=_address(reader, key),
        phone=reader.optional(*keys, "phone"),
        email=reader.optional(*keys, "email"),
        website=reader.optional(*keys, "website"),
        reach=reader.both_or_none(*keys, "reach"),
        step_free=reader.get(*keys, "step_free"),
        hours=tuple(_period(reader, hours_key, index) for index in range(len(reader.items("offices", hours_key, "hours")))),
        closures=tuple(
            _closure(reader, hours_key, index) for index in range(len(reader.items("offices", hours_key, "closures")))
        ),
        source=Source(reader.string(*keys, "source", "name"), reader.needed_day(*keys, "source", "checked")),
        to_confirm=reader.strings(*keys, "to_confirm"),
    )


def _hours_key(reader: Reader, key: str) -> str:
    other = reader.optional("offices", key, "hours_of")
    if other is None:
        return key
    if reader.get("offices", other) is None:
        reader.fault(("offices", key, "hours_of"), f"there is no office {other!r}")
    return other


def _level(reader: Reader, key: str) -> Level:
    level = reader.string("offices", key, "level")
    if level not in set(Level):
        reader.fault(("offices", key, "level"), f"level is one of {', '.join(Level)}")
        return Level.TOWN
    return Level(level)


def _address(reader: Reader, key: str) -> str | None:
    keys = ("offices", key, "address")
    if reader.get(*keys) is None:
        return None
    street = f"{reader.string(*keys, 'street')} {reader.string(*keys, 'house_number')}"
    return f"{street}, {reader.string(*keys, 'postcode')} {reader.string(*keys, 'city')}"


def _weekday(reader: Reader, name: Any, keys: tuple[str | int, ...]) -> int:
    if name in WEEKDAYS:
        return WEEKDAYS.index(name)
    reader.fault(keys, f"{name!r} is no weekday; write one of {', '.join(WEEKDAYS)}")
    return 0


def _period(reader: Reader, key: str, index: int) -> HoursPeriod:
    keys = ("offices", key, "hours", index)
    weekly: dict[int, tuple[TimeRange, ...]] = {}
    for name in reader.get(*keys, "weekly") or {}:
        weekly[_weekday(reader, name, (*keys, "weekly", name))] = reader.ranges(*keys, "weekly", name)
    monthly = tuple(_monthly(reader, (*keys, "monthly", place)) for place in range(len(reader.items(*keys, "monthly"))))
    return HoursPeriod(reader.needed_day(*keys, "from"), reader.day(*keys, "until"), weekly, monthly)


def _monthly(reader: Reader, keys: tuple[str | int, ...]) -> MonthlyHours:
    nth = reader.get(*keys, "nth")
    if nth not in (1, 2, 3, 4, 5):
        reader.fault(keys, "nth is a number from 1 to 5")
        nth = 1
    return MonthlyHours(nth, _weekday(reader, reader.get(*keys, "weekday"), keys), reader.ranges(*keys, "ranges"))


def _closure(reader: Reader, key: str, index: int) -> Closure:
    keys = ("offices", key, "closures", index)
    return Closure(reader.needed_day(*keys, "from"), reader.needed_day(*keys, "until"), reader.both(*keys, "reason"))
