"""The kinds of emergencies and crises, and the number to call for each (the town checks the numbers before it goes live)."""

from dataclasses import dataclass


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
NONE = "none"
"""The label of a sentence that tells of no emergency."""
