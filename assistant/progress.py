"""Tells the operator how far a long step is."""

from collections.abc import Callable

Say = Callable[[str], None]


def progress_line(say: Say, what: str) -> Callable[[int, int], None]:
    """Return a progress reporter that speaks at every tenth of the way."""
    last = -1

    def report(done: int, whole: int) -> None:
        nonlocal last
        tenth = done * 10 // max(whole, 1)
        if tenth != last:
            last = tenth
            say(f"{what}: {done:,} of {whole:,} sentences")

    return report
