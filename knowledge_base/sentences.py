"""Counts words and parts sentences of German and English texts; an ordinal ("19. Januar") or abbreviation ends none."""

import re

_END = re.compile(r"[.!?][\"'“”»)]*$")
_NUMBER_END = re.compile(r"\d\.$")
_ABBREVIATION = re.compile(
    r"\W*(?:[^\W\d]|abs|art|bzw|ca|d\.h|dr|e\.g|evtl|ggf|i\.e|inkl|mr|mrs|nr|st|str|tel|usw|vgl|z\.b)\.",
    re.IGNORECASE,
)
_COUNTED_BY_ORDINAL = re.compile(
    r"(?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember"
    r"|etage|geburtstag|kind|klasse|lebensjahr|lebensmonat|monat|obergeschoss|schuljahr|stock|tag|woche)\b",
    re.IGNORECASE,
)


def word_count(text: str) -> int:
    """Return the number of words; a lone sign such as § is none."""
    return sum(1 for token in text.split() if any(char.isalnum() for char in token))


def sentences(text: str) -> list[str]:
    """Return the sentences of a text in their order."""
    tokens = text.split()
    found: list[str] = []
    start = 0
    for place, token in enumerate(tokens):
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        if following is None or _ends_sentence(token, following):
            found.append(" ".join(tokens[start : place + 1]))
            start = place + 1
    return found


def _ends_sentence(token: str, following: str) -> bool:
    if not _END.search(token) or _ABBREVIATION.fullmatch(token):
        return False
    if _NUMBER_END.search(token) and _COUNTED_BY_ORDINAL.match(following):
        return False
    first = next((char for char in following if char.isalnum()), "")
    return not first.islower()
