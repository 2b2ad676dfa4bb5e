"""Names are found in any inflection, and nothing of a text is kept."""

import pytest

from knowledge_base.gazetteer import Gazetteer, Mention


@pytest.fixture
def gazetteer() -> Gazetteer:
    return Gazetteer([("card", "Ausweis"), ("pass", "Ausweis"), ("office", "Bürgerbüro"), ("renewal", "Ausweis verlängern")])


def test_a_name_is_found_inflected_and_without_umlauts(gazetteer: Gazetteer) -> None:
    assert [mention.key for mention in gazetteer.mentions("Wann hat das Buergerbuero auf?")] == ["office"]
    assert {mention.key for mention in gazetteer.mentions("zwei Ausweise")} == {"card", "pass"}


def test_a_name_inside_another_is_found_too(gazetteer: Gazetteer) -> None:
    assert Mention("renewal", 0, 2) in gazetteer.mentions("Ausweis verlängern")
    assert Mention("card", 0, 1) in gazetteer.mentions("Ausweis verlängern")


@pytest.mark.parametrize("text", ["", "?!", "Personalausweisnummer", "Wie wird das Wetter?"])
def test_other_words_are_no_names(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.mentions(text) == []


def test_words_of_citizens_are_forgotten(gazetteer: Gazetteer) -> None:
    gazetteer.mentions("Mein Name ist Quellenhuber")
    assert "quellenhub" not in gazetteer._vocab.strings
