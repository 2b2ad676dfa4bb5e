"""Answers when which bin is emptied in the citizen's street."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, act_of, language_of, said, wanted_by
from assistant.dialogue.turn import Turn
from assistant.services.answer import ServiceTeller
from assistant.waste.answer import WasteTeller, custom_of
from assistant.waste.asking import SERVICES, read_waste_question
from knowledge_base.model import Section, Service
from knowledge_base.waste_dates import WasteDates

SECTIONS = frozenset({"general", "deadline", "duration", "where"})
"""Sections under which a question for a day is understood."""


def answer_waste_dates(dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn, service: Service) -> Events | None:
    """Answer a question for dates; ``None``: it is another question, or the town has no dates."""
    act, dates = act_of(tracker), turn.town.knowledge.waste
    if service.slug not in SERVICES or act.get("section") not in SECTIONS or not dates.streets:
        return None
    question = read_waste_question(said(tracker), dates)
    asks_on = bool(act.get("leaning")) and (question.bins or question.street or question.unknown_street)
    if not (question.asks_when or asks_on):
        return None
    street = question.street or (None if question.unknown_street else _remembered(tracker, dates))
    if question.unknown_street and street is None:
        text, custom = _who_knows(tracker, turn, service)
    else:
        teller = WasteTeller(dates, language_of(tracker), turn.texts, turn.now.date())
        text = teller.tell(street, question.bins) if street else teller.ask_street()
        custom = custom_of(dates, service, street, float(act.get("confidence") or 0.0), language_of(tracker))
    dispatcher.utter_message(text=text, json_message=custom)
    last = {"slug": service.slug, "section": "deadline"}
    told = [SlotSet("street", street)] if street else []
    return [*told, SlotSet("last_service", last), SlotSet("last_office", None), SlotSet("offered", None)]


def _remembered(tracker: Tracker, dates: WasteDates) -> str | None:
    """Return the street told last, if its dates are still known."""
    street = tracker.get_slot("street")
    return str(street) if street in dates.days else None


def _who_knows(tracker: Tracker, turn: Turn, service: Service) -> tuple[str, dict[str, Any]]:
    """Say that the dates of a street are not here, and who has them."""
    confidence = float(act_of(tracker).get("confidence") or 0.0)
    teller = ServiceTeller(turn.town.knowledge, wanted_by(tracker, turn), turn.texts)
    answer = teller.tell(service, Section.WHERE, confidence)
    unknown = turn.texts.say("utter_waste_unknown_street", language_of(tracker))
    return f"{unknown} {answer.text}", answer.custom
