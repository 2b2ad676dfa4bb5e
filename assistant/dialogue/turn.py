"""The turn being handled: what actions and graph components need to know of it beside the tracker."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from assistant.dialogue.clause_reader import ClauseReader
from assistant.settings import Settings
from assistant.texts import Texts
from assistant.towns.served import ServedTown


@dataclass(frozen=True)
class Turn:
    """One inbound message on its way to its answer."""

    conversation_id: str
    town: ServedTown
    channel: str
    now: datetime
    """Aware, in the town's time zone."""
    delete_after: datetime
    """When the message is deleted, and with it all that the turn writes down of it."""
    session: AsyncSession
    """The one transaction of the turn; nobody commits it but the door it came in by."""
    texts: Texts
    settings: Settings
    reader: ClauseReader
    """Understands clauses for the town."""
    choice: dict[str, Any] | None = None
    """The act of the button that was pressed; ``None``: the citizen wrote or spoke."""
    timings: dict[str, float] = field(default_factory=dict)
    """Seconds by step, for the one line that the journal keeps of a turn."""

    def took(self, step: str, seconds: float) -> None:
        """Add to the time that a step took."""
        self.timings[step] = self.timings.get(step, 0.0) + seconds


_CURRENT: ContextVar[Turn] = ContextVar("turn")


def current_turn() -> Turn:
    """Return the turn of this task.

    Raises:
        LookupError: nobody said anything; a programming error.
    """
    return _CURRENT.get()


class handling:  # noqa: N801 - reads as a statement: with handling(turn)
    """Make a turn the current one for a block of code."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn

    def __enter__(self) -> Turn:
        self._token = _CURRENT.set(self._turn)
        return self._turn

    def __exit__(self, *_: object) -> None:
        _CURRENT.reset(self._token)
