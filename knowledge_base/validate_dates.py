"""Checks the days on which somebody compared the knowledge base with its sources."""

from datetime import date

from knowledge_base.reader import Reader
from knowledge_base.yaml_tree import Keys

FIRST_YEAR = 2020
"""No source was compared earlier; an older day is a slip."""


def check_day(reader: Reader, keys: Keys, checked: date, today: date) -> None:
    """Note a day that has not come yet or is too long ago."""
    if checked.toordinal() > today.toordinal():
        reader.fault(keys, f"checked ({checked}) lies in the future")
    elif checked.year < FIRST_YEAR:
        reader.fault(keys, f"checked ({checked}) lies before {FIRST_YEAR}")
