"""What is taken for an emergency or a crisis, and what is not."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.emergencies.kinds import MOST_URGENT_FIRST
from assistant.emergencies.recognition import recognise_by_words
from assistant.emergencies.words.folding import fold

KNOWN = Path(__file__).parents[2] / "evaluation" / "emergencies" / "known.jsonl"
SENTENCES = [json.loads(line) for line in KNOWN.read_text("utf-8").splitlines()]
"""What the words do not hear of these the learned model does: tests/evaluation/test_gates.py."""
ORDINARY = """
Wann hat das Bürgerbüro am Donnerstag geöffnet?
Ich möchte meinen Wohnsitz ummelden.
Was kostet ein Reisepass für mein Kind?
personalausweis verloren
Mir wurde der Ausweis gestohlen, wie bekomme ich einen neuen?
Schlüssel im Stadtpark verloren, wo ist das Fundbüro?
Osterfeuer anmelden
Darf ich im Garten Laub verbrennen?
Welche Auflagen gelten beim Brandschutz für ein Vereinsfest?
Ab welcher Waldbrandstufe darf ich nicht in den Wald?
Die Straßenlaterne brennt den ganzen Tag.
Bei uns brennt seit Montag keine Lampe mehr.
Das Thema brennt mir unter den Nägeln.
Es brennt bei mir terminlich, geht der Pass auch express?
Mein Nachbar grillt jeden Tag und der Rauch zieht herein.
Rauchmelder Pflicht Sachsen
Was kostet ein Gasanschluss?
Hat der Gasthof am Markt heute offen?
Wie lese ich den Gaszähler ab?
Strom anmelden nach dem Umzug
Mein Mann ist am Sonntag gestorben, welche Papiere brauche ich?
Wo beantrage ich eine Sterbeurkunde?
Totes Reh an der Straße nach Beucha
Meine Katze ist seit gestern verschwunden.
Unser Hund hat Schokolade gefressen.
Nach einem Schlaganfall braucht mein Vater einen Behindertenausweis.
Im Frühjahr hatte ich einen Unfall, wo melde ich das Auto ab?
Bei dem Brand letztes Jahr sind meine Urkunden verbrannt.
Bei uns wurde vor drei Wochen eingebrochen, ich brauche neue Papiere.
Gibt es eine Beratung zum Einbruchschutz?
Wie beantrage ich einen kleinen Waffenschein?
Wann ist das Schützenfest?
Erste-Hilfe-Kurs im Herbst
Wann kann ich in Brandis Blut spenden?
Wie werde ich Mitglied der freiwilligen Feuerwehr?
Wie viele Einbrüche gab es im letzten Jahr?
Läuft der Film über die Geiselnahme im Sommerkino?
Mir ist so fad, ich sterbe vor Langeweile.
Mein Chef bringt mich um, wenn ich die Bescheinigung vergesse.
Da kriegt man ja einen Herzinfarkt bei den Gebühren.
Ich will hier nicht mehr leben, wie melde ich mich ab?
Ich bin 16, brauche ich für den Ausweis meine Eltern?
Kann ich mit Karte zahlen?
Büchereikarte verloren
Welche Apotheke hat heute Notdienst?
Wo gebe ich alte Medikamente und Batterien ab?
Ein Ast ist auf den Gehweg gefallen.
Der Ausweis meiner Tochter ist verschwunden.
Das Fest hat meinen Kindern gut gefallen.
Mein Kind kommt jetzt in die Schule, was brauche ich?
Der Zug bremst an jeder Weiche, und keiner kennt den Grund.
HILFE!!! Wo finde ich das Formular?
My passport was stolen, how do I get a new one?
Can I pay by credit card?
How do I join the volunteer fire brigade?
The queue is killing me.
Gdzie dostanę akt zgonu?
Ölüm belgesi nereden alınır?
Где получить свидетельство о смерти?
كيف أحصل على شهادة وفاة؟
""".strip().splitlines()


def number(text: str) -> str:
    recognised = recognise_by_words(text)
    return recognised.emergency.number if recognised else ""


def kind(text: str) -> str:
    recognised = recognise_by_words(text)
    return recognised.emergency.kind if recognised else ""


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_questions_are_no_emergency(text: str) -> None:
    assert recognise_by_words(text) is None


@pytest.mark.parametrize("text", ["es bremmt", "einbrescher im haus", "gasgeruhc im flur", "mein papa had einen hertzinfarkt"])
def test_typos_are_understood(text: str) -> None:
    assert number(text) in ("112", "110")


@pytest.mark.parametrize("text", ["es bremst", "wer kennt das", "er rennt", "das ist brandneu", "Brandis", "Herr Brandt"])
def test_words_that_look_like_typos_stay_silent(text: str) -> None:
    assert recognise_by_words(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Der Einbrecher hat das Haus angezündet, es brennt!", "fire"),
        ("Kind hat Tabletten geschluckt und ist bewusstlos", "injury"),
        ("ec karte weg und jetzt brennt es", "fire"),
        ("mein mann schlägt mich und will sich umbringen", "suicide"),
    ],
)
def test_most_urgent_kind_wins(text: str, expected: str) -> None:
    assert kind(text) == expected


@pytest.mark.parametrize("kind_of_danger", [emergency.kind for emergency in MOST_URGENT_FIRST])
def test_every_kind_is_reached_by_some_sentence(kind_of_danger: str) -> None:
    others = [
        "Stromkabel liegt auf der Straße",
        "Kleinkind sitzt im dritten Stock auf dem Fensterbrett",
        "jemand ertrinkt im See",
    ]
    assert kind_of_danger in {kind(text) for text in [*others, *(sentence["text"] for sentence in SENTENCES)]}


@pytest.mark.parametrize(
    "text",
    [
        "es br\u00adennt",
        "e\u200bs brennt",
        "\u202ees brennt\u202c",
        "ＥＳ ＢＲＥＮＮＴ",
        "/es brennt",
        "ES BRENNT!!!",
        "es brennnnt",
    ],
)
def test_disguise_does_not_hide_an_emergency(text: str) -> None:
    assert kind(text) == "fire"


@pytest.mark.parametrize(
    "text",
    [
        "Wann ist Sperrmüll? Übrigens liegt hier ein Mann auf dem Gehweg und bewegt sich nicht.",
        "Ich wollte einen Termin für den Ausweis, aber meine Mutter atmet nicht mehr",
        "Letzte Woche war ich wegen des Antrags da, und jetzt brennt mein Keller",
        "could you tell me the opening hours, also there is smoke pouring out of the house next door",
    ],
)
def test_emergency_beside_a_service_question_is_an_emergency(text: str) -> None:
    assert number(text) == "112"


def test_emergency_at_either_end_of_a_long_text_is_found() -> None:
    padding = "Ich habe eine Frage zur Abfallgebühr. " * 200
    assert kind("Es brennt! " + padding) == kind(padding + " Es brennt!") == "fire"


@given(st.text(max_size=3000))
def test_no_text_makes_it_fail(text: str) -> None:
    recognise_by_words(text)


@given(st.text(max_size=300))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Größe, Groesse", "grosse grosse"),
        ("İstanbul ışık", "istanbul isik"),
        ("żółć", "zolc"),
        ("мой їжак ёж", "мой їжак еж"),
        ("it's", "its"),
    ],
)
def test_letters_are_folded_but_stay_usable(text: str, folded: str) -> None:
    assert fold(text) == folded
