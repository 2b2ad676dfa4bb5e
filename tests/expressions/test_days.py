"""Which day a German or English sentence means."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.expressions.days import DayMention, find_day
from assistant.expressions.special_days import easter_sunday
from assistant.expressions.vocabulary import vocabulary

TUESDAY = datetime(2026, 11, 24, 10, 15, tzinfo=ZoneInfo("Europe/Berlin"))

RELATIVE = [
    ("Habt ihr heute offen?", "2026-11-24"),
    ("heut auf?", "2026-11-24"),
    ("nu habt ihr heude uff", "2026-11-24"),
    ("Wie lange ist heute Abend geöffnet?", "2026-11-24"),
    ("war heute früh jemand da", "2026-11-24"),
    ("Heute Morgen stand ich vor der Tür", "2026-11-24"),
    ("gelten die heutigen Zeiten", "2026-11-24"),
    ("Are you open today?", "2026-11-24"),
    ("what are today's opening hours", "2026-11-24"),
    ("what are today’s opening hours", "2026-11-24"),
    ("is anybody there this afternoon", "2026-11-24"),
    ("open tonight?", "2026-11-24"),
    ("morgen auf?", "2026-11-25"),
    ("MORGEN AUF?", "2026-11-25"),
    ("Kann ich morgen früh kommen?", "2026-11-25"),
    ("morgen nachmittag jemand da", "2026-11-25"),
    ("Haben Sie morgen zwischen 12 und 13 Uhr geöffnet?", "2026-11-25"),
    ("Guten Morgen, haben Sie morgen geöffnet?", "2026-11-25"),
    ("morgn offen?", "2026-11-25"),
    ("der morgige Tag", "2026-11-25"),
    ("Morgen bis 18 Uhr?", "2026-11-25"),
    ("Are you open tomorrow?", "2026-11-25"),
    ("tomorrow morning", "2026-11-25"),
    ("open tommorow", "2026-11-25"),
    ("tomorow at 9", "2026-11-25"),
    ("und übermorgen?", "2026-11-26"),
    ("und uebermorgen?", "2026-11-26"),
    ("und ubermorgen?", "2026-11-26"),
    ("übermorgen vormittag", "2026-11-26"),
    ("über morgen offen", "2026-11-26"),
    ("the day after tomorrow", "2026-11-26"),
    ("Habt ihr heute oder morgen auf?", "2026-11-24"),
]

WEEKDAYS = [
    ("am Montag", "2026-11-30"),
    ("Ist am Dienstag offen?", "2026-11-24"),
    ("am Mittwoch", "2026-11-25"),
    ("mittwochs zu?", "2026-11-25"),
    ("wie lange ist donnerstag auf", "2026-11-26"),
    ("freitags nachmittags", "2026-11-27"),
    ("Samstag geöffnet?", "2026-11-28"),
    ("Hat das Amt samstags auf?", "2026-11-28"),
    ("seid ihr am sonnabend da", "2026-11-28"),
    ("sonnabends", "2026-11-28"),
    ("an Sonntagen", "2026-11-29"),
    ("jeden Samstag?", "2026-11-28"),
    ("diesen Freitag", "2026-11-27"),
    ("nächsten Dienstag", "2026-12-01"),
    ("kommenden Dienstag", "2026-12-01"),
    ("am naechsten Mittwoch", "2026-11-25"),
    ("nächster Samstag", "2026-11-28"),
    ("übernächsten Samstag", "2026-12-05"),
    ("nächste Woche Mittwoch", "2026-12-02"),
    ("am Freitag nächster Woche", "2026-12-04"),
    ("Montag in der nächsten Woche", "2026-11-30"),
    ("übernächste Woche Montag", "2026-12-07"),
    ("Freitag morgen", "2026-11-27"),
    ("Donnerstagabend", "2026-11-26"),
    ("donnerstagmorgens", "2026-11-26"),
    ("am Donerstag", "2026-11-26"),
    ("am Dienstach", "2026-11-24"),
    ("diesntag offen", "2026-11-24"),
    ("am mitwoch", "2026-11-25"),
    ("am fretiag", "2026-11-27"),
    ("samtag auf", "2026-11-28"),
    ("Kann ich jetzt am Samstag kommen?", "2026-11-28"),
    ("Are you open on Monday?", "2026-11-30"),
    ("on tuesdays", "2026-11-24"),
    ("wendesday", "2026-11-25"),
    ("open on thurday", "2026-11-26"),
    ("Friday afternoon", "2026-11-27"),
    ("is it open Saturdays", "2026-11-28"),
    ("this Sunday", "2026-11-29"),
    ("next Tuesday", "2026-12-01"),
    ("next week on Friday", "2026-12-04"),
]

ABBREVIATIONS = [
    ("am Mo offen?", "2026-11-30"),
    ("am di auf", "2026-11-24"),
    ("Mi auf?", "2026-11-25"),
    ("Öffnungszeiten Do", "2026-11-26"),
    ("Do offen?", "2026-11-26"),
    ("Do. 14 Uhr", "2026-11-26"),
    ("am Fr. Nachmittag", "2026-11-27"),
    ("Sa 10 Uhr", "2026-11-28"),
    ("am So. geschlossen?", "2026-11-29"),
    ("nächsten Di", "2026-12-01"),
    ("open on Thu?", "2026-11-26"),
    ("open on sat?", "2026-11-28"),
    ("Wed morning", "2026-11-25"),
]

DATES = [
    ("am 3.12.", "2026-12-03"),
    ("am 3.12. um 9.30 Uhr", "2026-12-03"),
    ("am 3.12", "2026-12-03"),
    ("offen 03.12.?", "2026-12-03"),
    ("3. 12.", "2026-12-03"),
    ("3.12. 10 Uhr", "2026-12-03"),
    ("am 24.12.2026", "2026-12-24"),
    ("am 24.12.26", "2026-12-24"),
    ("24. 12. 2027", "2027-12-24"),
    ("3. Dezember", "2026-12-03"),
    ("3.Dezember", "2026-12-03"),
    ("am 3 dezember", "2026-12-03"),
    ("am 3. Dez. offen", "2026-12-03"),
    ("am 3. dezmber", "2026-12-03"),
    ("Donnerstag, den 3. Dezember 2026", "2026-12-03"),
    ("am 3ten Dezember", "2026-12-03"),
    ("am dritten Dezember", "2026-12-03"),
    ("am dritten zwölften", "2026-12-03"),
    ("am einunddreißigsten Januar", "2027-01-31"),
    ("habt ihr am 2. Januar auf", "2027-01-02"),
    ("am 5. März", "2027-03-05"),
    ("am 5. maerz", "2027-03-05"),
    ("am 5. marz", "2027-03-05"),
    ("am 20.11.", "2026-11-20"),
    ("am 17.11.", "2026-11-17"),
    ("am 16.11.", "2027-11-16"),
    ("am 29.2.", "2028-02-29"),
    ("2026-12-24", "2026-12-24"),
    ("24/12/2026", "2026-12-24"),
    ("on 24/12", "2026-12-24"),
    ("24 December", "2026-12-24"),
    ("on the 24th of December", "2026-12-24"),
    ("December 24", "2026-12-24"),
    ("December 24th, 2027", "2027-12-24"),
    ("Dec 3rd", "2026-12-03"),
    ("the third of December", "2026-12-03"),
    ("May I come on May 4?", "2027-05-04"),
    ("am Tag vor dem 3.12.", "2026-12-02"),
    ("Freitag nach dem 3. Dezember", "2026-12-04"),
]

NAMED = [
    ("habt ihr Heiligabend auf", "2026-12-24", "Heiligabend"),
    ("am heiligen abend", "2026-12-24", "Heiligabend"),
    ("Silvester", "2026-12-31", "Silvester"),
    ("an Sylvester", "2026-12-31", "Silvester"),
    ("Silvester 2027", "2027-12-31", "Silvester"),
    ("Neujahr offen?", "2027-01-01", "Neujahr"),
    ("am 1. Weihnachtsfeiertag", "2026-12-25", "1. Weihnachtsfeiertag"),
    ("am zweiten Weihnachtsfeiertag", "2026-12-26", "2. Weihnachtsfeiertag"),
    ("2.Weihnachtstag", "2026-12-26", "2. Weihnachtsfeiertag"),
    ("an Weihnachten", "2026-12-25", "1. Weihnachtsfeiertag"),
    ("an weinachten", "2026-12-25", "1. Weihnachtsfeiertag"),
    ("Karfreitag", "2027-03-26", "Karfreitag"),
    ("an Ostern", "2027-03-28", "Ostersonntag"),
    ("Ostermontag auf?", "2027-03-29", "Ostermontag"),
    ("am 1. Mai", "2027-05-01", "Tag der Arbeit"),
    ("am ersten Mai", "2027-05-01", "Tag der Arbeit"),
    ("Tag der Arbeit", "2027-05-01", "Tag der Arbeit"),
    ("an Himmelfahrt", "2027-05-06", "Christi Himmelfahrt"),
    ("christi himmelfart", "2027-05-06", "Christi Himmelfahrt"),
    ("Männertag offen", "2027-05-06", "Christi Himmelfahrt"),
    ("Pfingstmontag", "2027-05-17", "Pfingstmontag"),
    ("Tag der Deutschen Einheit", "2027-10-03", "Tag der Deutschen Einheit"),
    ("Tag der dt. Einheit", "2027-10-03", "Tag der Deutschen Einheit"),
    ("am reformationstag", "2027-10-31", "Reformationstag"),
    ("Buß- und Bettag", "2026-11-18", "Buß- und Bettag"),
    ("buss und bettag zu oder auf", "2026-11-18", "Buß- und Bettag"),
    ("Buß-und-Bettag", "2026-11-18", "Buß- und Bettag"),
    ("bußtag nächstes Jahr", "2027-11-17", "Buß- und Bettag"),
    ("Rosenmontag auf?", "2027-02-08", "Rosenmontag"),
    ("on Christmas Eve", "2026-12-24", "Heiligabend"),
    ("on Christmas Day", "2026-12-25", "1. Weihnachtsfeiertag"),
    ("Boxing Day", "2026-12-26", "2. Weihnachtsfeiertag"),
    ("New Year's Eve", "2026-12-31", "Silvester"),
    ("New Year’s Day", "2027-01-01", "Neujahr"),
    ("Good Friday", "2027-03-26", "Karfreitag"),
    ("Easter Monday", "2027-03-29", "Ostermontag"),
    ("Reformation Day", "2027-10-31", "Reformationstag"),
]

BESIDE_A_NAMED_DAY = [
    ("am Freitag nach Himmelfahrt", "2027-05-07"),
    ("am Montag vor Weihnachten", "2026-12-21"),
    ("Tag vor Heiligabend", "2026-12-23"),
    ("the day after Christmas", "2026-12-26"),
]

NO_DAY = [
    "",
    "Wann haben Sie geöffnet?",
    "Guten Morgen, wann haben Sie offen?",
    "guten morgen",
    "Morgen! Wann macht ihr auf?",
    "morgens um acht",
    "ab wann ist morgens jemand da",
    "habt ihr am Morgen auf",
    "good morning",
    "an Feiertagen",
    "an feiertagen offen?",
    "am Brückentag",
    "zwischen Weihnachten und Neujahr",
    "vom 24.12. bis 31.12.",
    "24.-26.12. geschlossen?",
    "27. bis 31. Dezember",
    "Montag bis Freitag",
    "Mo-Fr",
    "Monday to Friday",
    "nach Weihnachten",
    "vor dem 3.12.",
    "jeden vierten Samstag",
    "erster samstag im monat",
    "am letzten Freitag war zu",
    "nächste Woche",
    "in zwei Wochen",
    "heute in einer Woche",
    "am 31.2.",
    "um 9.30 Uhr",
    "von 8.10 bis 9.11 Uhr",
    "Das kostet 3.10 Euro",
    "Straße des 18. Oktober",
    "Do you open early?",
    "So, wann habt ihr auf",
    "Ist Fr. Müller da?",
    "what can I do",
    "every so often",
    "Montage der Anlage",
    "nach Freital",
    "im Osten",
    "die Leute",
    "drei Männer, 3 Männer",
    "May I come in?",
    "open 24/7?",
    "Frohe Weihnachten!",
    "weekday_9 special_99 date_20269999",
]

NOW = [
    "Habt ihr jetzt auf?",
    "gerade offen?",
    "grad offen",
    "Ist aktuell jemand da?",
    "hat heute jetzt noch jemand Sprechzeit",
    "im Moment geöffnet?",
    "jetz auf",
    "Are you open now?",
    "open right now",
    "is it currently open",
]

LABELS = [
    ("now", "de", "jetzt"),
    ("jetzt", "en", "now"),
    ("heute", "de", "heute"),
    ("übermorgen", "en", "the day after tomorrow"),
    ("sonnabend", "de", "Samstag"),
    ("sonnabend", "en", "Saturday"),
    ("3.12.", "de", "3. Dezember"),
    ("3.12.", "en", "3 December"),
    ("am 2.1.", "de", "2. Januar 2027"),
    ("xmas eve", "de", "Heiligabend"),
    ("Silvester", "en", "New Year's Eve"),
]

ROUND_THE_YEAR = [
    ("Heiligabend oder Silvester", date(2026, 11, 24), date(2026, 12, 24)),
    ("am 31.12.", date(2027, 1, 3), date(2027, 12, 31)),
    ("Neujahr", date(2026, 12, 31), date(2027, 1, 1)),
    ("Neujahr", date(2027, 1, 8), date(2027, 1, 1)),
    ("Neujahr", date(2027, 1, 9), date(2028, 1, 1)),
    ("morgen", date(2026, 12, 31), date(2027, 1, 1)),
    ("morgen", date(2028, 2, 28), date(2028, 2, 29)),
    ("Buß- und Bettag", date(2026, 11, 26), date(2027, 11, 17)),
    ("am Sonntag", date(2026, 11, 22), date(2026, 11, 22)),
    ("nächsten Sonntag", date(2026, 11, 22), date(2026, 11, 29)),
    ("Montag nächster Woche", date(2026, 11, 22), date(2026, 11, 23)),
]

PUBLIC_HOLIDAYS = {
    "Neujahr": "Neujahr",
    "Karfreitag": "Karfreitag",
    "Ostermontag": "Ostermontag",
    "Tag der Arbeit": "Erster Mai",
    "Christi Himmelfahrt": "Christi Himmelfahrt",
    "Pfingstmontag": "Pfingstmontag",
    "Tag der Deutschen Einheit": "Tag der Deutschen Einheit",
    "Reformationstag": "Reformationstag",
    "Buß- und Bettag": "Buß- und Bettag",
    "1. Weihnachtsfeiertag": "Erster Weihnachtstag",
    "2. Weihnachtsfeiertag": "Zweiter Weihnachtstag",
}


@pytest.mark.parametrize(("text", "day"), [*RELATIVE, *WEEKDAYS, *ABBREVIATIONS, *DATES, *BESIDE_A_NAMED_DAY])
def test_a_sentence_means_this_day(text: str, day: str) -> None:
    mention = find_day(text, TUESDAY)

    assert mention is not None
    assert (mention.day.isoformat(), mention.is_now, mention.holiday) == (day, False, None)


@pytest.mark.parametrize(("text", "day", "name"), NAMED)
def test_a_named_day_is_found_with_its_name(text: str, day: str, name: str) -> None:
    assert find_day(text, TUESDAY) == DayMention(date.fromisoformat(day), False, name, name)


@pytest.mark.parametrize("text", NO_DAY)
def test_a_sentence_without_a_single_day_gives_nothing(text: str) -> None:
    assert find_day(text, TUESDAY) is None


@pytest.mark.parametrize("text", NOW)
def test_a_word_for_now_means_this_moment(text: str) -> None:
    mention = find_day(text, TUESDAY)

    assert mention is not None
    assert (mention.day, mention.is_now) == (TUESDAY.date(), True)


def test_now_beside_another_day_does_not_mean_this_moment() -> None:
    assert find_day("Ich frage jetzt nach morgen", TUESDAY) == DayMention(date(2026, 11, 25), False, "morgen", None)


@pytest.mark.parametrize(("text", "language", "label"), LABELS)
def test_the_label_is_in_the_language_asked_for(text: str, language: str, label: str) -> None:
    mention = find_day(text, TUESDAY, language)

    assert mention is not None
    assert mention.label == label


@pytest.mark.parametrize(("text", "reference", "day"), ROUND_THE_YEAR)
def test_a_day_is_counted_from_the_reference(text: str, reference: date, day: date) -> None:
    mention = find_day(text, reference)

    assert mention is not None
    assert mention.day == day


def test_decomposed_umlauts_are_accepted() -> None:
    assert find_day("u\u0308bermorgen", TUESDAY) == find_day("übermorgen", TUESDAY)


@given(
    st.lists(st.sampled_from(sorted(vocabulary().tags)) | st.text(max_size=6) | st.from_regex(r"[0-9./-]{1,8}")).map(" ".join)
)
def test_no_text_is_too_strange(text: str) -> None:
    assert find_day(text, TUESDAY) in (None, find_day(text, TUESDAY, "de"))


@pytest.mark.parametrize("year", range(2024, 2041))
def test_public_holidays_agree_with_the_calendar_of_saxony(year: int) -> None:
    calendar = holidays.country_holidays("DE", subdiv="SN", years=year, language="de")
    named = {PUBLIC_HOLIDAYS[day.name.de]: day.in_year(year) for day in vocabulary().specials if day.name.de in PUBLIC_HOLIDAYS}

    assert named == {name: day for day, name in calendar.items()}


@pytest.mark.parametrize(
    "sunday", [date(2019, 4, 21), date(2024, 3, 31), date(2025, 4, 20), date(2038, 4, 25), date(2285, 3, 22)]
)
def test_easter_is_computed(sunday: date) -> None:
    assert easter_sunday(sunday.year) == sunday
