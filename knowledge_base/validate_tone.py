"""Checks the tone of what citizens read: brisk and friendly, no officialese, no exclamation marks, no emoji."""

import re

from knowledge_base.model import Section
from knowledge_base.reader import Reader
from knowledge_base.validate_shape import texts_below
from knowledge_base.yaml_tree import Keys

_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f]")
_OFFICIALESE = re.compile(
    r"\b(bedarf"  # the verb; the noun in "bei Bedarf" is everyday German
    r"|(?i:zwecks|obliegt|obliegen|zuständigen? Stellen?|seitens|hinsichtlich|diesbezüglich|nebst|etwaigen?|vorgenannten?"
    r"|Inanspruchnahme|pursuant to|hereby|aforementioned|competent (?:authority|body)))\b",
)
_CITING = re.compile(r"\bgemäß\b", re.IGNORECASE)
"""Allowed in the section that names the law."""


def check_tone(reader: Reader, keys: Keys) -> None:
    """Note every text at or below ``keys`` that does not sound like a friendly person at a counter."""
    for place, text in texts_below(reader.get(*keys), keys):
        name = ".".join(str(key) for key in place)
        if "!" in text:
            reader.fault(place, f"{name} has an exclamation mark")
        if _EMOJI.search(text):
            reader.fault(place, f"{name} has an emoji")
        for words in _officialese(place, text):
            reader.fault(place, f"{name} says {words!r}; write it as people talk")


def _officialese(keys: Keys, text: str) -> list[str]:
    citing = [] if keys[:2] == ("sections", Section.LEGAL) else _CITING.findall(text)
    return [*(match.group() for match in _OFFICIALESE.finditer(text)), *citing]
