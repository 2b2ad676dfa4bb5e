"""Folding makes the spellings of one word the same letters and leaves other words apart."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.folding import fold, stems, trigrams

SERVICES = Path(__file__).parents[2] / "knowledge_base" / "services"
WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
LETTERS = st.text(alphabet="aeouäöüßbrqnAEOU \u0308\u00ad")


@pytest.mark.parametrize(
    ("word", "written_out", "bare"),
    [
        ("Bär", "Baer", "Bar"),
        ("Größe", "Groesse", "Grosse"),
        ("Bürgerbüro", "Buergerbuero", "Burgerburo"),
        ("ÄNDERUNG", "AENDERUNG", "ANDERUNG"),
        ("Übergang", "Uebergang", "Ubergang"),
        ("Böe", "Boee", "Boe"),
        ("Häuser", "Haeuser", "Hauser"),
        ("Gebäude", "Gebaeude", "Gebaude"),
        ("geändert", "geaendert", "geandert"),
        ("geöffnet", "geoeffnet", "geoffnet"),
        ("Europäer", "Europaeer", "Europaer"),
        ("früher", "frueher", "fruher"),
    ],
)
def test_an_umlaut_written_out_and_left_out_are_one_word(word: str, written_out: str, bare: str) -> None:
    assert fold(word) == fold(written_out) == fold(bare)


@pytest.mark.parametrize(
    ("word", "written_out"),
    [
        ("Bauämter", "Bauaemter"),
        ("Neueröffnung", "Neueroeffnung"),
        ("Steuererklärung", "Steuererklaerung"),
        ("Kontoübersicht", "Kontouebersicht"),
        ("Kameraüberwachung", "Kameraueberwachung"),
        ("ausgeübt", "ausgeuebt"),
        ("Straßenreinigungsgebühr", "Strassenreinigungsgebuehr"),
    ],
)
def test_an_umlaut_within_a_compound_is_one_word_with_its_written_out_form(word: str, written_out: str) -> None:
    assert fold(word) == fold(written_out)


def test_every_word_of_the_records_is_one_word_with_its_written_out_form() -> None:
    lines = [line for path in SERVICES.glob("*.yml") for line in path.read_text(encoding="utf-8").splitlines()]
    ours = [line for line in lines if not line.strip().startswith(("tr:", "uk:", "ru:", "ar:", "pl:"))]
    words = {word for line in ours for word in re.findall(r"\w+", line)}
    assert [word for word in sorted(words) if fold(word) != fold(word.translate(WRITTEN_OUT))] == []


@pytest.mark.parametrize(
    "word",
    ["bauer", "neue", "steuer", "feuer", "mauer", "treue", "queue", "quer", "bauerlaubnis", "hundesteuer", "neuerteilung"],
)
def test_a_word_whose_ue_is_no_umlaut_stays_itself(word: str) -> None:
    assert fold(word) == word


def test_sharp_s_is_ss_and_not_s() -> None:
    assert fold("Maße") == fold("MASSE") == fold("MAẞE") == "masse"


def test_words_are_parted_by_single_spaces() -> None:
    assert fold(" Kfz-Ummeldung,\n(jetzt)_sofort!? ") == "kfz ummeldung jetzt sofort"


def test_parts_of_a_compound_stay_one_word() -> None:
    assert fold("Personalausweisbeantragung") == "personalausweisbeantragung"


@pytest.mark.parametrize(
    "sign", ["\u00ad", "\u200b", "\u200d", "\u2060", "\ufeff", "\ufe0f", "\u034f", "\u115f", "\u3164", "\U000e0041"]
)
def test_invisible_characters_within_a_word_vanish(sign: str) -> None:
    assert fold(f"Aus{sign}weis") == "ausweis"


def test_an_umlaut_of_two_characters_is_an_umlaut() -> None:
    assert fold("Gebu\u0308hr") == fold("Gebühr")


def test_wide_letters_and_ligatures_are_plain_letters() -> None:
    assert fold("Ｐｅｒｓｏ ﬁnden ②") == "perso finden 2"


@pytest.mark.parametrize(("word", "folded"), [("İstanbul", "istanbul"), ("kayıt", "kayit"), ("Łódź", "lodz"), ("Đuro", "duro")])
def test_latin_letters_of_other_languages_lose_their_marks(word: str, folded: str) -> None:
    assert fold(word) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Здравствуйте, Мой ПАСПОРТ!", "здравствуйте мой паспорт"),
        ("Моє посвідчення Її", "моє посвідчення її"),
        ("ёлка", "елка"),
        ("مرحبا، أين المكتب؟", "مرحبا اين المكتب"),
        ("مَرْحَبًا", "مرحبا"),
        ("Καλημέρα", "καλημερα"),
        ("한국어", "한국어"),
    ],
)
def test_letters_of_other_scripts_survive(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(LETTERS)
def test_folding_words_full_of_vowels_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_folded_text_has_only_words_parted_by_single_spaces(text: str) -> None:
    assert fold(text).split() == [word for word in fold(text).split(" ") if word]


@given(st.text())
def test_capital_letters_make_no_difference_after_folding(text: str) -> None:
    assert fold(text).casefold() == fold(text)


def test_stems_of_both_spellings_are_the_same() -> None:
    assert stems("Gebäude ändern") == stems("Gebaeude aendern")


def test_trigrams_mark_the_borders_of_a_text() -> None:
    assert trigrams("Öl") == {"  o", " ol", "ol "}
