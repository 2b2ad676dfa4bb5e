"""What a question about waste dates asks, and what only sounds like one."""

import pytest

from assistant.waste.asking import read_waste_question
from knowledge_base.waste_dates import Bin, WasteDates


@pytest.mark.parametrize(
    "text",
    ["Wann kommt die gelbe Tonne?", "kommt morgen die Biotonne", "nächste Leerung", "When is the paper bin emptied?"],
)
def test_a_day_is_asked_for(text: str) -> None:
    assert read_waste_question(text, WasteDates()).asks_when


@pytest.mark.parametrize(
    "text",
    [
        "Guten Tag, ich brauche eine größere Tonne",
        "Was mache ich, wenn die Tonne zu klein ist?",
        "Meine gelbe Tonne wurde nicht abgeholt",
        "Guten Morgen, wie bestelle ich einen Behälter?",
    ],
)
def test_a_greeting_a_condition_or_a_full_bin_asks_for_no_day(text: str) -> None:
    assert not read_waste_question(text, WasteDates()).asks_when


def test_bins_are_known_by_colour_and_content() -> None:
    assert read_waste_question("die blaue und die braune", WasteDates()).bins == (Bin.PAPER, Bin.BIO)
