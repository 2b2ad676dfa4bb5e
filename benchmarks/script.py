"""What the citizens of the benchmark say, from ``script.yml``, made different in every conversation."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from knowledge_base.yaml_file import read_yaml

LETTERS = "aeioukst"
"""Spell a number as the tail of a name: a digit in the text would be read as a choice."""


@dataclass(frozen=True)
class Talk:
    """One conversation as it is planned."""

    opening: tuple[str, ...]
    """Said before the clock starts."""
    turns: tuple[str, ...]


@cache
def script() -> dict[str, Any]:
    """Return the file's content."""
    read: dict[str, Any] = read_yaml(Path(__file__).with_name("script.yml"))
    return read


def made_unique(text: str, number: int) -> str:
    """Fill in a name and a street that no other number gets."""
    names = script()["names"]
    tail = _spelled(number)
    first, last, street = (names[key][number % len(names[key])] for key in ("first", "last", "streets"))
    return text.format(name=f"{first} {last}{tail}", street=f"{street} {number + 1}")


def mixed_talks(first: int) -> Iterator[Talk]:
    """Yield conversations of all kinds in turn without end; ``first`` keeps two measurements apart."""
    talks = script()["mixed"]
    for number in count(first):
        yield Talk((), tuple(made_unique(text, number) for text in talks[number % len(talks)]))


def talks_without_free_text(amount: int) -> Iterator[Talk]:
    """Yield conversations in which only buttons, yes, no and digits are measured."""
    talks = script()["without_free_text"]
    for number in range(amount):
        talk = talks[number % len(talks)]
        yield Talk(tuple(talk["opening"]), tuple(talk["turns"]))


def short_talks(amount: int) -> Iterator[Talk]:
    """Yield conversations that are only there to be many."""
    return (Talk((), tuple(script()["short_conversation"])) for _ in range(amount))


def _spelled(number: int) -> str:
    letters = ""
    while number:
        number, digit = divmod(number, len(LETTERS))
        letters += LETTERS[digit]
    return letters
