"""Recognises emergencies and crises, before anything else looks at a message; the words stand in `emergency_words/`."""

from dataclasses import dataclass
from pathlib import Path

from assistant.conversations.emergency_words.lexicon import Lexicon

HALF = 1000
"""Characters looked at from either end of a long text."""


@dataclass(frozen=True)
class Emergency:
    """A danger that somebody tells of, and the number to call."""

    kind: str
    """One of those in `MOST_URGENT_FIRST`."""
    number: str
    """As it is written in the texts."""
    crisis: bool
    """True: somebody to talk to is needed, rather than a rescue or the police."""


MOST_URGENT_FIRST = (
    Emergency("fire", "112", crisis=False),
    Emergency("gas", "112", crisis=False),
    Emergency("electricity", "112", crisis=False),
    Emergency("suicide", "112", crisis=True),
    Emergency("injury", "112", crisis=False),
    Emergency("crime", "110", crisis=False),
    Emergency("danger", "112", crisis=False),
    Emergency("child", "112", crisis=False),
    Emergency("poisoning", "0361 730730", crisis=False),
    Emergency("youth", "116111", crisis=True),
    Emergency("violence", "116016", crisis=True),
    Emergency("doctor", "116117", crisis=False),
    Emergency("card", "116116", crisis=False),
)
KINDS = {emergency.kind: emergency for emergency in MOST_URGENT_FIRST}
LEXICON = Lexicon(Path(__file__).parent / "emergency_words", KINDS)


def recognise_emergency(text: str) -> Emergency | None:
    """Return the most urgent emergency that the text tells of, in any of the languages of `emergency_words/`."""
    looked_at = text if len(text) <= 2 * HALF else f"{text[:HALF]}\n{text[-HALF:]}"
    kind = LEXICON.find_kind(looked_at)
    return KINDS[kind] if kind else None
