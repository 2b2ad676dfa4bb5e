"""Answers when which bin is emptied in the citizen's street."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, act_of, language_of, said, wanted_by
from assistant.dialogue.turn import Turn
from assistant.services.answer import ServiceTeller
from assistant.waste.answer import WasteTeller, custom_of
from assistant.waste.asking import SERVICES, read_waste_question
from knowledge_base.model import Section, Service

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
    teller = WasteTeller(dates, language_of(tracker), turn.texts, turn.now.date())
    remembered = tracker.get_slot("street")
    street = question.street or (remembered if remembered in dates.days and not question.unknown_street else None)
    custom = custom_of(dates, service, question, float(act.get("confidence") or 0.0), language_of(tracker))
    if question.unknown_street and not street:
        known_by = ServiceTeller(turn.town.knowledge, wanted_by(tracker, turn), turn.texts).tell(
            service, Section.WHERE, float(act.get("confidence") or 0.0)
        )
        dispatcher.utter_message(text=f"{teller.unknown()} {known_by.text}", json_message=known_by.custom)
        return [SlotSet("last_service", {"slug": service.slug, "section": "deadline"}), SlotSet("offered", None)]
    if street is None:
        dispatcher.utter_message(text=teller.ask_street(), json_message=custom | {"street": None})
        return [SlotSet("last_service", {"slug": service.slug, "section": "deadline"}), SlotSet("offered", None)]
    dispatcher.utter_message(text=teller.tell(street, question.bins), json_message=custom | {"street": street})
    last = {"slug": service.slug, "section": "deadline"}
    return [SlotSet("street", street), SlotSet("last_service", last), SlotSet("last_office", None), SlotSet("offered", None)]
