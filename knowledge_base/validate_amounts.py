"""Checks that the fees in the data and the fees in the texts are the same."""

import re
from decimal import Decimal

from knowledge_base.model import Section, SectionText
from knowledge_base.validate_files import Record
from knowledge_base.yaml_tree import Keys

_NUMBER_DE = r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d{1,2})?"
_NUMBER_EN = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?"
_BETWEEN = r"(?:\s*[-\u2013]\s*|,?\s+(?:und|oder|bis|bis zu|and|or|to|up to)\s+|,\s+)"
"""What joins the numbers of "20 bis 50 Euro" or "12, 24 und 36 Euro"."""
_FREE = {
    "de": re.compile(r"\b(?:kostenlos|gebührenfrei)|\bnichts\b", re.IGNORECASE),
    "en": re.compile(r"\bfree\b", re.IGNORECASE),
}
_FREE_WORDS = {"de": "kostenlos, gebührenfrei or nichts", "en": "free"}
_SIGN = re.compile(r"€|\bEUR\b")


def _money(number: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\d.,])({number}(?:{_BETWEEN}{number})*)\s+(euros?|cents?)\b", re.IGNORECASE)


_NUMBERS = {"de": re.compile(_NUMBER_DE), "en": re.compile(_NUMBER_EN)}
_MONEY = {"de": _money(_NUMBER_DE), "en": _money(_NUMBER_EN)}


def check_amounts(record: Record) -> None:
    """Note amounts of the data that a text lacks, and amounts of a text that the data lack."""
    for section, content in record.service.sections.items():
        for keys, _language, text in _texts(section, content):
            if _SIGN.search(text):
                record.fault(keys, "write Euro (German) or euros (English), not € or EUR")
        if content.amounts or section is Section.FEES:
            _check_section(record, section, content)


def written(amount: Decimal, language: str) -> str:
    """Return an amount as the texts write it: 46 Euro, 27,60 Euro, 27.60 euros."""
    number = f"{amount:.0f}" if amount == amount.to_integral_value() else f"{amount:.2f}"
    return f"{number} euros" if language == "en" else f"{number.replace('.', ',')} Euro"


def amounts_in(text: str, language: str) -> tuple[set[Decimal], set[Decimal]]:
    """Return the amounts that a text names for certain, and all that it may name.

    In "20 bis 50 Euro" the 20 is an amount, in "from the age of 24 and 27.60 euros" the 24 is none.
    """
    certain: set[Decimal] = set()
    possible: set[Decimal] = set()
    for numbers, unit in _MONEY[language].findall(text):
        divisor = 100 if unit.lower().startswith("cent") else 1
        values = [_value(number, language) / divisor for number in _NUMBERS[language].findall(numbers)]
        certain.add(values[-1])
        possible.update(values)
    return certain, possible


def _check_section(record: Record, section: Section, content: SectionText) -> None:
    expected = {amount.amount for amount in content.amounts}
    for index, amount in enumerate(content.amounts):
        if amount.currency != "EUR":
            record.fault(("sections", section, "amounts", index, "currency"), "currency is EUR")
    for keys, language, text in _texts(section, content):
        certain, possible = amounts_in(text, language)
        for stray in sorted(certain - expected):
            record.fault(keys, f"{written(stray, language)} stands here and not among the amounts")
        if "phone" not in keys:
            _check_complete(record, keys, language, text, expected - possible)


def _check_complete(record: Record, keys: Keys, language: str, text: str, missing: set[Decimal]) -> None:
    for amount in sorted(missing):
        if amount:
            record.fault(keys, f"{written(amount, language)} is missing in this text")
        elif not _FREE[language].search(text):
            record.fault(keys, f"the amount 0 is missing in this text (write {_FREE_WORDS[language]})")


def _texts(section: Section, content: SectionText) -> list[tuple[Keys, str, str]]:
    """Return place, language and text; of the texts for the telephone nobody expects every amount."""
    found: list[tuple[Keys, str, str]] = [
        (("sections", section, "de"), "de", content.text.de),
        (("sections", section, "en"), "en", content.text.en),
        (("sections", section, "plain"), "de", content.plain or ""),
    ]
    if content.phone:
        found.append((("sections", section, "phone", "de"), "de", content.phone.de))
        found.append((("sections", section, "phone", "en"), "en", content.phone.en))
    return [entry for entry in found if entry[2]]


def _value(number: str, language: str) -> Decimal:
    if language == "de":
        number = number.replace(".", "").replace(",", ".")
    return Decimal(number.replace(",", ""))
