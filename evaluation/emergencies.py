"""Measures the emergency recogniser: every emergency must be heard, no near miss may raise an alarm."""

from collections.abc import Callable
from pathlib import Path

from assistant.conversations.emergencies import recognise_emergency
from evaluation.items import FOLDER, read_items

FILES = (FOLDER / "parts" / "dev_emergencies.jsonl", FOLDER / "parts" / "held_out_emergencies.jsonl")


def figures_of_emergencies(path: Path) -> tuple[float, int]:
    """Return recall and the number of false alarms."""
    items = read_items(path)
    true = [item for item in items if item.outcome != "none"]
    heard = sum(recognise_emergency(item.text) is not None for item in true)
    alarms = sum(recognise_emergency(item.text) is not None for item in items if item.outcome == "none")
    return heard / len(true), alarms


def print_emergencies(say: Callable[[str], None]) -> bool:
    """Print the figures of both files; return whether nothing was missed and nothing raised a false alarm."""
    kept = True
    for path in FILES:
        recall, alarms = figures_of_emergencies(path)
        say(f"{path.name:32} recall {recall:.3f}, false alarms {alarms}")
        kept = kept and recall == 1.0 and alarms == 0
    return kept
