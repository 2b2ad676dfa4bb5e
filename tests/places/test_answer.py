"""Which places a service has, and which of them fit a question."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from assistant.places.answer import PlaceQuestion, PlaceTeller, read_place_question
from assistant.texts import Texts
from knowledge_base.load import load_town

PLACES = load_town(Path("towns"), "brandis").places
PARTS = ("Brandis", "Beucha", "Polenz", "Waldsteinberg")
TUESDAY_MORNING = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))
AT_NIGHT = datetime(2026, 11, 24, 23, 0, tzinfo=ZoneInfo("Europe/Berlin"))


def told(service: str, text: str, now: datetime = TUESDAY_MORNING, language: str = "de") -> str:
    return PlaceTeller(PLACES[service], language, Texts(), now, "SN").tell(read_place_question(text, PARTS))


def test_a_question_is_read_for_what_places_must_have() -> None:
    assert read_place_question("Welche Kita in Beucha ist barrierefrei?", PARTS) == PlaceQuestion(
        is_one=True, open_now=False, step_free=True, part="Beucha"
    )
    assert not read_place_question("Was kostet das?", PARTS).is_one
    assert not read_place_question("Mein Kind braucht einen Platz, unsere Wohnung ist klein", PARTS).is_one


def test_all_places_are_named_with_today_and_the_note_that_the_town_checks_them() -> None:
    text = told("kita-platz", "Welche Kitas gibt es?")
    assert text.count("–") == len(PLACES["kita-platz"])
    assert "heute" in text
    assert "prüft die Stadt" in text


def test_only_places_of_the_named_part_are_told() -> None:
    text = told("kita-platz", "Gibt es eine Kita in Beucha?")
    assert "Beucha" in text
    assert "Kita in Brandis" not in text


def test_what_is_closed_now_is_left_out_and_said() -> None:
    assert "Hofladen" not in told("lokaler-handel", "Welcher Laden ist jetzt offen?")
    assert "passt" in told("lokaler-handel", "Welcher Laden ist jetzt offen?", AT_NIGHT)


def test_step_free_places_only_where_that_is_known() -> None:
    text = told("wlan", "Which hotspot is wheelchair accessible?", language="en")
    assert "Town hall" in text
    assert "Library" not in text
