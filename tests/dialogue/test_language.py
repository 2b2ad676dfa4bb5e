"""Which language a text is in."""

import pytest

from assistant.dialogue.language import guess_language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("¿Dónde puedo renovar mi pasaporte?", "es"),
        ("Où dois-je aller pour ma carte d'identité ?", "fr"),
        ("Ile kosztuje nowy paszport dla dziecka?", "pl"),
        ("Kolik stojí občanský průkaz?", "cs"),
        ("Nüfus kaydım için ne gerekiyor?", "tr"),
        ("Скільки коштує паспорт?", "uk"),
        ("Сколько стоит паспорт?", "ru"),
        ("كم يكلف جواز السفر؟", "ar"),
        ("I want to register my address please", "en"),
        ("Ich möchte mich bitte anmelden", "de"),
    ],
)
def test_a_clear_sentence_is_in_its_language(text: str, code: str) -> None:
    guess = guess_language(text)
    assert (guess.code, guess.is_sure) == (code, True)


@pytest.mark.parametrize("text", ["Sperrmüll", "wo muss'sch'n hin", "bist du chatgpt", "perso kosten", "moin", "115", ""])
def test_a_few_german_words_are_no_foreign_language(text: str) -> None:
    assert guess_language(text).code in ("de", "en")
