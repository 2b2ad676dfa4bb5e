"""The shortest answers, known by heart: yes, no, stop; pure."""

from knowledge_base.folding import fold

YES = frozenset(
    ["ja", "jo", "jep", "jup", "jau", "yes", "yep", "yeah", "yup", "genau", "stimmt", "richtig", "korrekt", "passt", "ok", "okay", "oke", "klar", "gern", "gerne", "jawohl", "sicher", "right", "correct", "sure", "perfekt", "freilich", "nu"]
) | {fold(phrase) for phrase in ("ja genau", "ja bitte", "ja stimmt", "ja stimmt so", "stimmt so", "stimmt alles", "passt so", "ja passt",
     "ja das stimmt", "das stimmt", "das stimmt so", "alles richtig", "ist richtig", "ja richtig", "so ist es", "alles korrekt", "ja ok",
     "ja gerne", "ja gern", "yes please", "that is right", "that's right", "yes that is right", "all good", "looks good", "ja, stimmt")}  # fmt: skip
NO = frozenset("nein ne nee no nope noe falsch nicht nö".split()) | {  # noqa: SIM905
    fold(phrase)
    for phrase in ("nö", "stimmt nicht", "das stimmt nicht", "nein danke", "nein, ändern", "nein falsch", "ist falsch", "nicht richtig",
                   "nein stimmt nicht", "that is wrong", "not right", "no change it", "nein das stimmt nicht", "lieber nicht", "no thanks")
}  # fmt: skip
STOP = frozenset("abbrechen abbruch stop stopp cancel quit abort".split()) | {  # noqa: SIM905
    fold(phrase)
    for phrase in ("doch nicht", "vergiss es", "lass gut sein", "ich will nicht mehr", "bitte abbrechen", "hör auf", "never mind",
                   "forget it", "stop it", "ich breche ab", "lieber doch nicht", "hat sich erledigt", "schon gut", "cancel please", "brich ab",
                   "ich möchte abbrechen", "ich will abbrechen", "vergessen sie es", "lassen wir das")
}  # fmt: skip


LANGUAGES = {
    "de": frozenset("deutsch german almanca niemiecki".split()),
    "en": frozenset("english englisch englich inglisch ingilizce angielski".split()),
}
_AROUND_LANGUAGE = frozenset(
    "auf in bitte please to sprich antworte antworten sie speak answer switch wechsel can we kann ich du nur now jetzt weiter "
    "lieber mal zu change language sprache back go zuruck wieder".split()
)


def wanted_language(text: str) -> str | None:
    """Return the language that a text names, the last one if it names several."""
    named = [code for word in fold(text).split() for code, names in LANGUAGES.items() if word in names]
    return named[-1] if named else None


def is_language_wish(text: str) -> bool:
    """Tell whether a text is nothing but the wish for a language ("english please")."""
    rest = {word for word in fold(text).split() if not any(word in names for names in LANGUAGES.values())}
    return wanted_language(text) is not None and rest <= _AROUND_LANGUAGE


def short_answer(text: str) -> str | None:
    """Return ``affirm``, ``deny`` or ``abort`` when the text is nothing else."""
    folded = fold(text)
    for intent, words in (("abort", STOP), ("deny", NO), ("affirm", YES)):
        if folded in words:
            return intent
    return None
