"""A process in which everything goes wrong that Python itself reports: ``python -m tests.privacy.last_words``."""

import sys
import threading
import warnings

from assistant.journal import set_up_journal, take_over_last_words

WORDS = "Zaphod Beeblebrox, Heuschreckengasse 42"


class Unraisable:
    """Fails where nobody can catch it."""

    def __del__(self) -> None:
        raise RuntimeError(WORDS)


def fail() -> None:
    """Fail with a citizen's words."""
    raise RuntimeError(WORDS)


if __name__ == "__main__":
    set_up_journal("debug", sys.argv[1])
    take_over_last_words()
    warnings.warn(WORDS, stacklevel=1)
    thread = threading.Thread(target=fail, name=WORDS)
    thread.start()
    thread.join()
    Unraisable()
    fail()
