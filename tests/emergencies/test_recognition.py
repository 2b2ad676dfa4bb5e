"""Emergencies that no word list knows are heard, too, and what is plainly a matter of the town hall is none."""

import pytest

from assistant.hotline import Hotline
from tests.hotlines import Citizen, types_of


def heard(hotline: Hotline, text: str) -> str | None:
    """The kind of emergency that a message is taken for, its sentences encoded as the reception does."""
    town = hotline.towns["brandis"]
    reader = hotline.dialogue.reader(town)
    for clause in reader.texts_to_encode(text):
        town.search.index.encode(clause)
    recognised = hotline.dialogue.emergency_in(text, reader, town)
    return recognised.emergency.kind if recognised else None


@pytest.mark.parametrize(
    "text",
    [
        "er ist blau im Gesicht und reagiert nicht mehr auf mich",
        "hallo ich wollte nach dem Ausweis fragen aber hier brennt gerade die Küche",
        "Ajutor, casa arde!",
        "Mi marido no respira, ayuda por favor",
    ],
)
async def test_an_emergency_without_the_usual_words_or_in_another_language_is_heard(hotline: Hotline, text: str) -> None:
    assert heard(hotline, text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "Mein Geburtsort ist Brand-Erbisdorf, wo gibt es die Geburtsurkunde?",
        "Meine Oma ist am Freitag für immer eingeschlafen, was müssen wir beim Amt tun?",
        "Die Straßenlaterne vor Nummer 12 brennt den ganzen Tag.",
        "Mein Hund kostet mich noch den letzten Nerv, was zahle ich für ihn im Jahr?",
        "Wann kommt das Giftmobil?",
    ],
)
async def test_a_matter_of_the_town_hall_is_no_emergency(hotline: Hotline, text: str) -> None:
    assert heard(hotline, text) is None


async def test_the_card_names_the_number_and_the_machine(citizen: Citizen) -> None:
    (card,) = await citizen.say("Hilfe, mein Vater atmet nicht mehr!")
    assert types_of([card]) == ["emergency"]
    assert card["custom"]["number"] == "112"
    assert "112" in card["text"]


async def test_on_reserve_the_words_still_work(hotline: Hotline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(hotline.towns["brandis"].search.index), "is_on_reserve", property(lambda _: True))
    town = hotline.towns["brandis"]
    assert hotline.dialogue.emergency_in("Es brennt in der Küche!", hotline.dialogue.reader(town), town) is not None
