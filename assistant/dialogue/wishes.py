"""Splits a message into the clauses that may carry a wish of their own; pure."""

import re
from pathlib import Path

from knowledge_base.folding import fold
from knowledge_base.yaml_file import read_yaml

_WISH_WORDS = {intent: tuple(starts) for intent, starts in read_yaml(Path(__file__).with_name("wish_words.yml")).items()}
MOST_CLAUSES = 4
_SENTENCE_END = re.compile(
    r"(?<!\d\.)(?<!\bDr\.)(?<!\bNr\.)(?<!\bStr\.)(?<!\bstr\.)(?<!\bbzw\.)(?<!\bz\.B\.)(?<!\bca\.)(?<=[.?!;])\s+|\n+"
)
_QUESTION_WORD = (
    r"(?:was|wie|wo|wann|wer|welche[rsn]?|warum|wieso|woher|wohin|muss|kann|darf|habt|hat|haben|gibt|ist|sind|brauche?|"
    r"koennt|könnt|könnte|könnten|können|würden|kriege?|bekomme|geht|haben|hätten|"
    r"what|how|where|when|who|which|do|does|can|could|is|are|must|may)"
)
_JOINED = re.compile(
    rf",?\s+(?:und|sowie|außerdem|ausserdem|and|also)\s+(?=(?:(?:dann|noch|auch|gleich|außerdem|also|äh|ähm|then)\s+)*{_QUESTION_WORD}\b)"
    rf"|,\s+(?={_QUESTION_WORD}\b)"
    r"|,?\s+(?:und|and)\s+(?=(?:außerdem|ausserdem|ich (?:will|möchte|hätte|brauche)|die |der |das |bei |in der |i |the |there |please |bitte ))",
    re.IGNORECASE,
)


def clauses_of(text: str) -> list[str]:
    """Return the clauses of a text in their order; the text itself where there is nothing to split."""
    found = []
    for sentence in _SENTENCE_END.split(text.strip()):
        found += [part.strip(" ,") for part in _JOINED.split(sentence)]
    clauses = [clause for clause in found if len(clause) > 2]
    return clauses if len(clauses) > 1 else [text.strip()]


def wishes_named(clause: str) -> frozenset[str]:
    """Return the intents beside the services whose words stand in a clause."""
    words = fold(clause).split()
    return frozenset(intent for intent, starts in _WISH_WORDS.items() if any(word.startswith(starts) for word in words))


def asks(clause: str) -> bool:
    """Tell whether a clause is a question by its form."""
    return (
        clause.rstrip().endswith("?") or re.match(rf"(?:und\s+|and\s+)?{_QUESTION_WORD}\b", clause, re.IGNORECASE) is not None
    )


def asks_on(clause: str) -> bool:
    """Tell whether a clause is a question or goes on with one ("und am Montag")."""
    return asks(clause) or re.match(r"(?:und|un|and)\b", clause, re.IGNORECASE) is not None
