"""What the planner needs to know of the dialogue so far, read from Rasa's tracker."""

from dataclasses import dataclass
from typing import Any

from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

OFFER_TURNS = 2
"""How many turns an offer stays open."""


@dataclass(frozen=True)
class DialogueState:
    """The dialogue at the moment a message comes in."""

    form: str | None = None
    asked_slot: str | None = None
    offered: tuple[str, ...] = ()
    """Slugs on offer, or ``callback``; empty when nothing is open."""
    offered_section: str | None = None
    """The section that was asked for when the offer was made."""
    last_service: str | None = None
    last_office: str | None = None
    """Key of the office told about last, unless a service was answered since."""
    language: str = "de"
    within_message: bool = False
    """Whether the last service was named earlier in the same message, so that a bare question surely leans on it."""


def read_state(tracker: DialogueStateTracker | None) -> DialogueState:
    """Read the state; a missing tracker is a new dialogue."""
    if tracker is None:
        return DialogueState()
    offered = tracker.get_slot("offered") or {}
    if offered and _turns_since_offer(tracker) > OFFER_TURNS:
        offered = {}
    last: dict[str, Any] = tracker.get_slot("last_service") or {}
    return DialogueState(
        form=tracker.active_loop_name,
        asked_slot=tracker.get_slot("requested_slot"),
        offered=tuple(offered.get("options", ())),
        offered_section=offered.get("section"),
        last_service=last.get("slug"),
        last_office=tracker.get_slot("last_office"),
        language=tracker.get_slot("language") or "de",
    )


def _turns_since_offer(tracker: DialogueStateTracker) -> int:
    """Count the messages after the one that made the offer; the one being handled is not in the tracker yet."""
    messages: set[str | None] = set()
    for event in reversed(tracker.events):
        if isinstance(event, SlotSet) and event.key == "offered" and event.value:
            return len(messages) + 1
        if isinstance(event, UserUttered):
            messages.add(event.message_id)
    return len(messages) + 1
