"""What every action shares: the turn, the act, the wording, and how progress and misses are counted."""

from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from assistant.dialogue.turn import Turn, current_turn
from assistant.services.answer import Wanted

Events = list[dict[str, Any]]


class HotlineAction(Action, ABC):
    """One action; subclasses say what they do in ``act``."""

    helps = True
    """Whether the action is progress; what does not help counts as a miss."""

    @abstractmethod
    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn) -> Events:
        """Do it, say it, and return Rasa's events."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Run the action and keep the count of misses: the only place that does."""
        events = await self.act(dispatcher, tracker, current_turn())
        misses = 0 if self.helps else int(tracker.get_slot("misses") or 0) + 1
        return [*events, SlotSet("misses", misses)]


def act_of(tracker: Tracker) -> dict[str, Any]:
    """Return the act that the planner stored with the latest utterance."""
    found: dict[str, Any] = tracker.latest_message.get("act") or {}
    return found


def said(tracker: Tracker) -> str:
    """Return the clause that is being answered."""
    return str(tracker.latest_message.get("text") or "")


def language_of(tracker: Tracker) -> str:
    """Return the language to answer in; English frames the answer for those who wrote in a language we do not write."""
    return str(tracker.get_slot("language") or "de")


def wanted_by(tracker: Tracker, turn: Turn) -> Wanted:
    """Return how the citizen wants to be answered."""
    return Wanted(language_of(tracker), bool(tracker.get_slot("plain")), turn.channel)


def button(title: str, intent: str, **act: Any) -> dict[str, Any]:
    """Return a button; the conversation replaces its act by an opaque id."""
    return {"title": title, "act": {"intent": intent, **act}}
