"""Checks the offices of a town: hours that can be kept, and a way to reach each office."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from knowledge_base.model import Closure, HoursPeriod, Office, TimeRange
from knowledge_base.office_records import WEEKDAYS
from knowledge_base.reader import Reader
from knowledge_base.validate_dates import check_day
from knowledge_base.validate_files import OfficeFile
from knowledge_base.validate_tone import check_tone
from knowledge_base.yaml_tree import Keys


def check_offices(file: OfficeFile, today: date) -> None:
    """Note impossible hours, dead ends and days; the faults stand in the file's reader."""
    if not file.offices:
        file.reader.fault(("offices",), "offices is missing: name at least one office")
    for key, office in file.offices.items():
        check_day(file.reader, ("offices", key, "source", "checked"), office.source.checked, today)
        for part in ("name", "reach", "closures"):
            check_tone(file.reader, ("offices", key, part))
        if not office.phone and not office.reach:
            file.reader.fault(("offices", key), f"office {key!r} has neither phone nor reach")
        if file.reader.get("offices", key, "hours_of") is None:
            _check_times(file.reader, office)
        else:
            _check_borrowed_hours(file.reader, key)


def _check_borrowed_hours(reader: Reader, key: str) -> None:
    keys = ("offices", key, "hours_of")
    other = str(reader.get(*keys))
    if reader.get("offices", key, "hours"):
        reader.fault(keys, f"office {key!r} has hours and hours_of; drop one of them")
    if key in _borrowed_from(reader, key):
        reader.fault(keys, f"hours_of runs in a circle from {key!r} back to {key!r}")
    elif reader.get("offices", other, "hours_of") is not None:
        reader.fault(keys, f"hours_of must name the office that has the hours; {other!r} borrows them, too")


def _borrowed_from(reader: Reader, key: str) -> list[str]:
    """Return the offices that ``hours_of`` leads to, one after the other, each once."""
    found: list[str] = []
    following = reader.get("offices", key, "hours_of")
    while following is not None and str(following) not in found:
        found.append(str(following))
        following = reader.get("offices", str(following), "hours_of")
    return found


def _check_times(reader: Reader, office: Office) -> None:
    for index, period in enumerate(office.hours):
        _check_period(reader, ("offices", office.key, "hours", index), period)
    for index, closure in enumerate(office.closures):
        _check_order(reader, ("offices", office.key, "closures", index, "until"), closure)


def _check_period(reader: Reader, keys: Keys, period: HoursPeriod) -> None:
    _check_order(reader, (*keys, "until"), period)
    for weekday, ranges in period.weekly.items():
        _check_ranges(reader, (*keys, "weekly", WEEKDAYS[weekday]), ranges)
    for index, monthly in enumerate(period.monthly):
        _check_ranges(reader, (*keys, "monthly", index, "ranges"), monthly.ranges)


def _check_order(reader: Reader, keys: Keys, days: HoursPeriod | Closure) -> None:
    if days.end is not None and days.end.toordinal() < days.start.toordinal():
        reader.fault(keys, f"until ({days.end}) lies before from ({days.start})")


def _check_ranges(reader: Reader, keys: Keys, ranges: Sequence[TimeRange]) -> None:
    for index, hours in enumerate(ranges):
        if hours.start >= hours.end:
            reader.fault((*keys, index), f"{_written(hours)} runs backwards")
    forward = sorted((hours.start, hours.end, index) for index, hours in enumerate(ranges) if hours.start < hours.end)
    for earlier, later in pairwise(forward):
        if later[0] < earlier[1]:
            reader.fault((*keys, later[2]), f"{_written(ranges[later[2]])} overlaps {_written(ranges[earlier[2]])}")


def _written(hours: TimeRange) -> str:
    return f"{hours.start:%H:%M}-{hours.end:%H:%M}"
