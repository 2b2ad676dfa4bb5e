"""How near the held-out sentences come to the training sentences; a test that repeats its lessons measures nothing."""

from collections.abc import Callable
from pathlib import Path

from assistant.dialogue.training import training_questions
from evaluation.items import Item
from knowledge_base.folding import trigrams
from knowledge_base.yaml_file import read_yaml

TOO_NEAR = 0.6
MOST_TOO_NEAR = 0.2


def training_sentences() -> list[str]:
    """Return all sentences that anything is trained or indexed with."""
    found = [text for text, _ in training_questions()]
    for path in sorted(Path("data/nlu").glob("*/*.yml")):
        for block in read_yaml(path)["nlu"]:
            found += [line.strip()[2:] for line in block["examples"].splitlines() if line.strip()]
    return found


def share_too_near(items: list[Item]) -> float:
    """Return the share of sentences whose nearest training sentence has a trigram similarity above 0.6."""
    known = [trigrams(text) for text in training_sentences()]
    near = 0
    for item in items:
        own = trigrams(item.text)
        near += any(len(own & other) / len(own | other) > TOO_NEAR for other in known if own | other)
    return near / len(items)


def print_overlap(items: list[Item], say: Callable[[str], None]) -> bool:
    """Print the share and return whether it is small enough."""
    found = share_too_near(items)
    kept = found <= MOST_TOO_NEAR
    say(f"{'kept  ' if kept else 'BROKEN'} {'nearest training sentence > 0.6':28}{found:7.3f} <= {MOST_TOO_NEAR}")
    return kept
