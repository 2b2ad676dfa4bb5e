"""When an office is open: weekly and monthly rules, periods, closures, holidays and clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base.hours import (
    ClosedBecause,
    WeekdayGroup,
    WeeklyOverview,
    closes_at,
    holiday_name,
    is_open,
    next_opening,
    ranges_on,
    weekly_overview,
)
from knowledge_base.model import Closure, HoursPeriod, Level, MonthlyHours, Office, Source, Text, TimeRange

BERLIN = ZoneInfo("Europe/Berlin")
MICROSECOND = timedelta(microseconds=1)

MORNING = TimeRange(time(9), time(11, 30))
LONG_AFTERNOON = TimeRange(time(13), time(19, 30))
AFTERNOON = TimeRange(time(13), time(16))
SATURDAY = TimeRange(time(9), time(12))
SUMMER = TimeRange(time(7), time(10))
FOURTH_SATURDAY = MonthlyHours(4, 5, (SATURDAY,))

WEEKLY = {1: (MORNING, LONG_AFTERNOON), 3: (MORNING, AFTERNOON), 4: (MORNING,)}
USUAL = HoursPeriod(date(2026, 1, 1), date(2027, 12, 31), WEEKLY, (FOURTH_SATURDAY,))
SUMMER_WEEKS = HoursPeriod(date(2026, 7, 6), date(2026, 8, 14), {0: (SUMMER,)}, ())
BETWEEN_THE_YEARS = Closure(date(2026, 12, 24), date(2026, 12, 31), Text("Betriebsruhe", "Closed for the holidays"))


def office(*hours: HoursPeriod, closures: tuple[Closure, ...] = ()) -> Office:
    return Office(
        key="buergerbuero",
        level=Level.TOWN,
        name=Text("Bürgerbüro", "Citizens' office"),
        synonyms={},
        address=None,
        phone=None,
        email=None,
        website=None,
        reach=None,
        step_free=None,
        hours=hours,
        closures=closures,
        source=Source("test", date(2026, 11, 22)),
    )


TOWN_HALL = office(USUAL, SUMMER_WEEKS, closures=(BETWEEN_THE_YEARS,))
UNKNOWN = office(closures=(BETWEEN_THE_YEARS,))


def local(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN, fold=fold)


def daily(start: time, end: time) -> Office:
    """An office that is open every day of the week."""
    return office(HoursPeriod(date(2026, 1, 1), None, {weekday: (TimeRange(start, end),) for weekday in range(7)}, ()))


@pytest.mark.parametrize(
    ("day", "subdivision", "name"),
    [
        ("2026-11-18", "SN", "Buß- und Bettag"),
        ("2027-11-17", "SN", "Buß- und Bettag"),
        ("2026-10-31", "SN", "Reformationstag"),
        ("2026-05-14", "SN", "Christi Himmelfahrt"),
        ("2026-11-18", "BY", None),
        ("2026-10-31", "BE", None),
        ("2026-12-24", "SN", None),
        ("2026-11-24", "SN", None),
    ],
)
def test_a_holiday_has_its_german_name(day: str, subdivision: str, name: str | None) -> None:
    assert holiday_name(date.fromisoformat(day), subdivision) == name


def test_the_language_of_the_process_does_not_change_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en_US")

    assert holiday_name(date(2041, 1, 1)) == "Neujahr"


@pytest.mark.parametrize(
    ("day", "ranges", "closed_because"),
    [
        ("2026-11-24", (MORNING, LONG_AFTERNOON), None),
        ("2026-11-26", (MORNING, AFTERNOON), None),
        ("2026-11-23", (), "weekday"),
        ("2026-11-21", (), "weekday"),
        ("2026-11-28", (SATURDAY,), None),
        ("2026-10-24", (SATURDAY,), None),
        ("2026-10-31", (), "holiday"),
        ("2026-11-18", (), "holiday"),
        ("2026-12-24", (), "closure"),
        ("2026-12-25", (), "holiday"),
        ("2026-12-29", (), "closure"),
        ("2026-12-31", (), "closure"),
        ("2026-07-06", (SUMMER,), None),
        ("2026-07-07", (), "weekday"),
        ("2026-08-14", (), "weekday"),
        ("2026-08-18", (MORNING, LONG_AFTERNOON), None),
    ],
)
def test_a_day_has_its_hours_or_a_cause(day: str, ranges: tuple[TimeRange, ...], closed_because: ClosedBecause | None) -> None:
    hours = ranges_on(TOWN_HALL, date.fromisoformat(day))

    assert (hours.ranges, hours.closed_because, hours.known) == (ranges, closed_because, True)


def test_a_holiday_is_named_in_both_languages() -> None:
    assert ranges_on(TOWN_HALL, date(2026, 10, 31)).reason == Text("Reformationstag", "Reformation Day")


def test_a_closure_gives_its_reason() -> None:
    assert ranges_on(TOWN_HALL, date(2026, 12, 30)).reason == BETWEEN_THE_YEARS.reason


def test_another_state_has_other_holidays() -> None:
    assert ranges_on(daily(time(9), time(12)), date(2026, 11, 18), subdivision="BY").ranges == (SATURDAY,)


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2028, 1, 1), date(2028, 1, 4)])
def test_a_day_outside_all_periods_is_unknown(day: date) -> None:
    hours = ranges_on(TOWN_HALL, day)

    assert (hours.ranges, hours.closed_because, hours.reason, hours.known) == ((), None, None, False)


def test_a_closure_is_named_even_where_hours_are_unknown() -> None:
    hours = ranges_on(UNKNOWN, date(2026, 12, 29))

    assert (hours.closed_because, hours.reason, hours.known) == ("closure", BETWEEN_THE_YEARS.reason, False)


def test_monthly_hours_join_the_weekly_ones() -> None:
    later = MonthlyHours(1, 1, (TimeRange(time(11), time(13)),))
    both = office(HoursPeriod(date(2026, 1, 1), None, WEEKLY, (later,)))

    assert ranges_on(both, date(2026, 12, 1)).ranges == (TimeRange(time(9), time(19, 30)),)


@pytest.mark.parametrize(
    ("moment", "opened"),
    [
        ("2026-11-24T08:59:59", False),
        ("2026-11-24T09:00", True),
        ("2026-11-24T11:29:59", True),
        ("2026-11-24T11:30", False),
        ("2026-11-24T13:00", True),
        ("2026-11-24T19:30", False),
        ("2026-11-23T10:00", False),
        ("2026-12-24T10:00", False),
        ("2028-01-04T10:00", False),
    ],
)
def test_the_office_is_open_within_its_hours(moment: str, opened: bool) -> None:
    assert is_open(TOWN_HALL, local(moment)) is opened


@pytest.mark.parametrize(
    ("moment", "closing"),
    [
        ("2026-11-24T10:15", "2026-11-24T11:30"),
        ("2026-11-24T13:00", "2026-11-24T19:30"),
        ("2026-11-28T11:59", "2026-11-28T12:00"),
    ],
)
def test_an_open_office_closes_at_the_end_of_its_hours(moment: str, closing: str) -> None:
    assert closes_at(TOWN_HALL, local(moment)) == local(closing)


def test_a_closed_office_has_no_closing_time() -> None:
    assert closes_at(TOWN_HALL, local("2026-11-24T12:00")) is None


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-11-24T08:00", "2026-11-24T09:00"),
        ("2026-11-24T09:00", "2026-11-24T13:00"),
        ("2026-11-24T12:00", "2026-11-24T13:00"),
        ("2026-11-24T20:00", "2026-11-26T09:00"),
        ("2026-11-27T12:00", "2026-11-28T09:00"),
        ("2026-12-22T20:00", "2027-01-05T09:00"),
    ],
)
def test_the_next_opening_is_the_next_time_the_door_opens(moment: str, opening: str) -> None:
    assert next_opening(TOWN_HALL, local(moment)) == local(opening)


def test_there_is_no_next_opening_beyond_the_days_asked_for() -> None:
    assert next_opening(TOWN_HALL, local("2026-12-22T20:00"), within_days=13) is None


def test_there_is_no_next_opening_where_hours_are_unknown() -> None:
    assert next_opening(UNKNOWN, local("2026-11-24T08:00")) is None


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        is_open(TOWN_HALL, local("2026-11-24T10:00").replace(tzinfo=None))


@pytest.mark.parametrize(
    ("moment", "opening_in_utc"),
    [
        ("2026-03-27T20:00", "2026-03-28T08:00"),
        ("2026-03-28T20:00", "2026-03-29T07:00"),
        ("2026-10-24T20:00", "2026-10-25T08:00"),
    ],
)
def test_hours_keep_local_time_over_a_clock_change(moment: str, opening_in_utc: str) -> None:
    opening = next_opening(daily(time(9), time(12)), local(moment))

    assert opening is not None
    assert opening.astimezone(UTC) == datetime.fromisoformat(opening_in_utc).replace(tzinfo=UTC)
    assert opening.time() == time(9)


@pytest.mark.parametrize(
    ("moment", "fold", "opened"),
    [
        ("2026-10-25T02:15", 0, False),
        ("2026-10-25T02:30", 0, True),
        ("2026-10-25T02:15", 1, True),
        ("2026-10-25T02:30", 1, True),
        ("2026-10-25T04:00", 0, False),
        ("2026-03-29T01:59", 0, False),
        ("2026-03-29T03:29", 0, False),
        ("2026-03-29T03:30", 0, True),
    ],
)
def test_hours_in_the_night_of_a_clock_change_run_once(moment: str, fold: int, opened: bool) -> None:
    assert is_open(daily(time(2, 30), time(4)), local(moment, fold)) is opened


def test_hours_that_the_clock_change_skips_never_open() -> None:
    assert next_opening(daily(time(2, 30), time(3)), local("2026-03-29T00:00"), within_days=0) is None


def test_the_overview_groups_weekdays_with_the_same_hours() -> None:
    shared = office(HoursPeriod(date(2026, 1, 1), None, {0: (MORNING,), 1: (AFTERNOON,), 2: (MORNING,)}, (FOURTH_SATURDAY,)))

    assert weekly_overview(shared, date(2026, 11, 24)) == WeeklyOverview(
        open=(WeekdayGroup((0, 2), (MORNING,)), WeekdayGroup((1,), (AFTERNOON,))),
        closed=(3, 4, 6),
        monthly=(FOURTH_SATURDAY,),
        valid_from=date(2026, 1, 1),
        valid_until=None,
    )


def test_the_overview_follows_the_period_of_the_day() -> None:
    overview = weekly_overview(TOWN_HALL, date(2026, 7, 20))

    assert overview is not None
    assert (overview.open, overview.valid_until) == ((WeekdayGroup((0,), (SUMMER,)),), date(2026, 8, 14))


def test_there_is_no_overview_where_hours_are_unknown() -> None:
    assert weekly_overview(UNKNOWN, date(2026, 11, 24)) is None


clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
ranges = st.lists(st.builds(TimeRange, clocks, clocks), max_size=2).map(tuple)
weekly = st.dictionaries(st.integers(0, 6), ranges, min_size=1)
monthly = st.lists(st.builds(MonthlyHours, st.integers(1, 5), st.integers(0, 6), ranges), max_size=1).map(tuple)
periods = st.builds(HoursPeriod, st.just(date(2026, 1, 1)), st.none(), weekly, monthly)
offices = st.builds(lambda period: office(period, SUMMER_WEEKS, closures=(BETWEEN_THE_YEARS,)), periods)
clock_changes = st.datetimes(datetime(2026, 10, 25), datetime(2026, 10, 25, 5)) | st.datetimes(
    datetime(2026, 3, 29), datetime(2026, 3, 29, 5)
)
wall_clocks = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)) | clock_changes
moments = st.builds(lambda wall, fold: wall.replace(tzinfo=BERLIN, fold=fold), wall_clocks, st.integers(0, 1))


@settings(max_examples=200, deadline=None)
@given(offices, moments, st.floats(0, 1, exclude_max=True))
def test_the_office_is_closed_until_the_next_opening_and_then_open(place: Office, moment: datetime, share: float) -> None:
    start = moment.astimezone(UTC)
    opening = (next_opening(place, moment) or moment + timedelta(days=30)).astimezone(UTC)
    shut = (closes_at(place, moment) or moment).astimezone(UTC)
    between = shut + (opening - shut) * share

    assert start <= shut < opening
    assert not is_open(place, (opening - MICROSECOND).astimezone(BERLIN))
    assert not is_open(place, between.astimezone(BERLIN)) or between == opening
    assert is_open(place, opening.astimezone(BERLIN)) is (next_opening(place, moment) is not None)


@settings(max_examples=200, deadline=None)
@given(offices, moments)
def test_an_office_is_open_until_it_closes(place: Office, moment: datetime) -> None:
    closing = closes_at(place, moment)
    last_moment = (closing or moment).astimezone(UTC) - MICROSECOND

    assert (closing is not None) is is_open(place, moment)
    assert closing is None or is_open(place, last_moment.astimezone(BERLIN))
    assert closing is None or not is_open(place, closing)
