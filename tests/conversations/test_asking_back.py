"""Services that sound alike are told apart: a bare word is asked back, one more word decides, either way."""

import pytest

from tests.hotlines import Citizen

ALIKE = {
    "ummelden": {
        "wohnsitz-ummelden": "Wohnung ummelden",
        "kfz-ummelden": "Auto ummelden",
        "gewerbe-ummelden": "Gewerbe ummelden",
    },
    "Ausweis": {"personalausweis": "Personalausweis", "kinderausweis": "Ausweis für mein Kind"},
    "anmelden": {
        "wohnsitz-anmelden": "Wohnsitz anmelden",
        "gewerbe-anmelden": "Gewerbe anmelden",
        "hundesteuer-anmelden": "Hund anmelden",
    },
    "abmelden": {
        "kfz-abmelden": "Auto abmelden",
        "gewerbe-abmelden": "Gewerbe abmelden",
        "hundesteuer-abmelden": "Hund abmelden",
    },
    "Urkunde": {
        "geburtsurkunde": "Geburtsurkunde",
        "eheurkunde": "Eheurkunde",
        "sterbeurkunde": "Sterbeurkunde",
    },
    "Parken": {
        "bewohnerparkausweis": "Parkausweis für Anwohner",
        "behindertenparkplatz": "Parkausweis für Schwerbehinderte",
    },
    "Steuer": {"hundesteuer-anmelden": "Hundesteuer anmelden", "grundsteuer": "Grundsteuer", "gewerbesteuer": "Gewerbesteuer"},
    "Führerschein": {
        "fuehrerschein-umtausch": "alten Führerschein umtauschen",
        "internationaler-fuehrerschein": "internationaler Führerschein",
    },
}


@pytest.mark.parametrize("word", ALIKE)
async def test_a_bare_word_is_asked_back_with_what_it_may_mean(citizen: Citizen, word: str) -> None:
    (asked,) = await citizen.say(word)
    assert asked["custom"]["type"] == "candidates"
    assert set(asked["custom"]["services"]) & set(ALIKE[word])
    chosen = asked["custom"]["services"][1]
    (answer,) = await citizen.say("das zweite")
    assert answer["custom"]["service"] == chosen


@pytest.mark.parametrize(("word", "service"), [(word, service) for word in ALIKE for service in ALIKE[word]])
async def test_one_more_word_decides(citizen: Citizen, word: str, service: str) -> None:
    (answer,) = await citizen.say(f"{ALIKE[word][service]}, was muss ich tun?")
    assert answer["custom"]["service"] == service
