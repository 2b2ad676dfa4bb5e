"""Reads name, phone number, time window and topic of a call-back out of what a citizen writes; pure."""

import re
from pathlib import Path

import phonenumbers

from knowledge_base.folding import fold
from knowledge_base.yaml_file import read_yaml

_NAME = re.compile(
    r"\b(?:ich heiße|ich heisse|mein name ist|mein name lautet|name ist|name:|hier ist|hier spricht|my name is|i am called|name is)"
    r"\s+((?:(?!und\b|and\b|meine\b|my\b)[^\W\d_][\w'’.-]*\s*){1,4})",
    re.IGNORECASE,
)
_BARE_PREFIX = re.compile(
    r"^(?:nein|doch|also|äh|ähm|öh|ja|no|ich bin(?: der| die)?|i am|i'm|das ist|it's|herr|frau)[,\s]+", re.IGNORECASE
)
_BARE_NAME = re.compile(
    r"(?:(?:von|van|de|zu|der|di|el|al|dr\.?|prof\.?)\s+)*[^\W\d_][\w'’.-]+(?:\s+[^\W\d_][\w'’.-]*){0,3}\.?"
)
_WORDS: dict[str, str] = read_yaml(Path(__file__).with_name("detail_words.yml"))
_NO_NAME = frozenset(_WORDS["no_name"].split())
_NO_PHONE = re.compile(_WORDS["no_phone"])
_NO_TOPIC = frozenset(_WORDS["no_topic"].split())
NO_PHONE = "none"
"""Stands for the number of somebody who says that they have none."""
_WINDOW = re.compile(
    r"\b(?:vormittags?|nachmittags?|mittags?|abends?|morgens?|früh|frueh|morgen|übermorgen|heute|jederzeit|egal|immer|ganztags|"
    r"werktags|wochentags|montags?|dienstags?|mittwochs?|donnerstags?|freitags?|samstags?|sonnabends?|feierabend|"
    r"\d{1,2}(?::\d{2})?\s*(?:uhr|h|am|pm)|(?:ab|bis|vor|nach|zwischen|gegen|um|after|before|between|at)\s+\d{1,2}(?::\d{2})?(?:\s*(?:uhr|h|am|pm))?|"
    r"mornings?|afternoons?|evenings?|noon|today|tomorrow|any ?time|monday|tuesday|wednesday|thursday|friday|weekdays|whenever)\b",
    re.IGNORECASE,
)
_DIGIT_WORDS = {
    "null": "0", "eins": "1", "ein": "1", "zwei": "2", "zwo": "2", "drei": "3", "vier": "4", "fünf": "5", "fuenf": "5",
    "sechs": "6", "sieben": "7", "acht": "8", "neun": "9", "zero": "0", "oh": "0", "one": "1", "two": "2", "three": "3",
    "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_PHONE_LIKE = re.compile(r"\+?[\d(][\d\s()/.-]{4,}\d")
_VOWEL = re.compile(r"[aeiouyäöüàáâãåèéêëìíîïòóôõøùúûýăąęığœæ]", re.IGNORECASE)
LONGEST_TOPIC = 500
SHORTEST_NUMBER = 6
"""Digits without the leading zero; what is shorter lacks its area code."""
LONGEST_WINDOW = 80


def find_name(text: str) -> str | None:
    """Return a name that is introduced as one ("ich heiße …")."""
    match = _NAME.search(text)
    return _tidy(match.group(1)) if match else None


def bare_name(text: str) -> str | None:
    """Return the whole text as a name if it can be one: one to five words, none of them an ordinary little word."""
    stripped = _BARE_PREFIX.sub("", text.strip()).strip(" .,!")
    words = fold(stripped).split()
    if not _BARE_NAME.fullmatch(stripped) or len(words) > 5 or set(words) & _NO_NAME or is_gibberish(stripped):
        return None
    return _tidy(stripped)


def find_phone(text: str) -> str | None:
    """Return a phone number in international form, or ``None``."""
    for candidate in (text, _digits_from_words(text)):
        for match in phonenumbers.PhoneNumberMatcher(candidate, "DE", leniency=phonenumbers.Leniency.POSSIBLE):
            if len(str(match.number.national_number)) < SHORTEST_NUMBER:
                continue
            return phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
    return None


def is_phone_attempt(text: str) -> bool:
    """Tell whether somebody tried to give a number, right or wrong."""
    return sum(char.isdigit() for char in _digits_from_words(text)) >= 4


def lacks_phone(text: str) -> bool:
    """Tell whether somebody says that they have no number or want to be written to instead."""
    return _NO_PHONE.search(fold(text)) is not None


def is_valid_phone(number: str) -> bool:
    """Tell whether an international number can exist."""
    try:
        parsed = phonenumbers.parse(number, "DE")
        return phonenumbers.is_possible_number(parsed) and len(str(parsed.national_number)) >= SHORTEST_NUMBER
    except phonenumbers.NumberParseException:
        return False


def spaced_phone(number: str) -> str:
    """Return a number as people write it, for reading back; German numbers without the country code."""
    parsed = phonenumbers.parse(number, "DE")
    style = phonenumbers.PhoneNumberFormat
    return str(phonenumbers.format_number(parsed, style.NATIONAL if parsed.country_code == 49 else style.INTERNATIONAL))


def find_window(text: str) -> str | None:
    """Return the text as a time window if it speaks of a time."""
    without_number = _PHONE_LIKE.sub(" ", text).strip(" .,;")
    return without_number[:LONGEST_WINDOW].strip() if _WINDOW.search(without_number) else None


def window_in(text: str) -> str | None:
    """Return only the words around a time inside a longer sentence."""
    matches = list(_WINDOW.finditer(_PHONE_LIKE.sub(" ", text)))
    if not matches:
        return None
    source = _PHONE_LIKE.sub(" ", text)
    return re.sub(r"\s+", " ", source[matches[0].start() : matches[-1].end()]).strip()[:LONGEST_WINDOW]


def topic_of(text: str) -> str | None:
    """Return the text as a topic, or ``None`` when it says nothing."""
    tidy = " ".join(text.split())
    return tidy[:LONGEST_TOPIC] if len(tidy) >= 3 and not is_gibberish(tidy) else None


def tells_topic(text: str) -> bool:
    """Tell whether a wish says what it is about, not only that there is one ("Ich will mich beschweren")."""
    return bool(set(fold(text).split()) - _NO_TOPIC)


def is_gibberish(text: str) -> bool:
    """Tell whether most words cannot be spoken ("asdf jklö qwrt")."""
    words = re.findall(r"[^\W\d_]+", text)
    if not words:
        return True
    strange = sum(1 for word in words if not _speakable(word))
    return strange * 2 >= len(words)


def _speakable(word: str) -> bool:
    if len(word) <= 2:
        return bool(_VOWEL.search(word)) or word.isupper() or word[0].isupper()
    if re.search(r"[\u0400-\u06ff]", word):
        return True
    lowered = word.lower()
    if any(row in lowered for row in ("asdf", "qwert", "qwerz", "yxcv", "sdfg", "hjkl", "jkl")) or re.search(
        r"(.)\1\1", lowered
    ):
        return False
    return bool(_VOWEL.search(word)) and not re.search(r"[bcdfghjklmnpqrtvwxz]{6,}", lowered)


def _digits_from_words(text: str) -> str:
    words = [_DIGIT_WORDS.get(word.lower().strip(",.;"), word) for word in text.replace("-", " - ").split()]
    return re.sub(r"(?<=\d) (?=\d)", "", " ".join(words))


def _tidy(name: str) -> str:
    return " ".join(name.split()).strip(" .,")[:80]
