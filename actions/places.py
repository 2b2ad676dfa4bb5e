"""Answers which places a service has: hotspots, rooms, nurseries, shops."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, act_of, language_of, said, wanted_by
from assistant.dialogue.turn import Turn
from assistant.places.answer import PlaceTeller, read_place_question
from assistant.services.answer import ServiceTeller
from knowledge_base.model import Section, Service

SECTIONS = frozenset({"general", "where", "eligibility"})
"""Sections under which a question for places is understood."""


def answer_places(dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn, service: Service) -> Events | None:
    """Answer a question for the places of a service; ``None``: it is another question, or the town has none."""
    act, town = act_of(tracker), turn.town
    places = town.knowledge.places.get(service.slug, ())
    question = read_place_question(said(tracker), town.profile.parts)
    if not places or act.get("section") not in SECTIONS or not question.is_one:
        return None
    language = language_of(tracker)
    told = PlaceTeller(places, language, turn.texts, turn.now, town.profile.holidays).tell(question)
    whole = ServiceTeller(town.knowledge, wanted_by(tracker, turn), turn.texts).tell(
        service, Section.WHERE, float(act.get("confidence") or 0.0)
    )
    custom = whole.custom | {
        "source": places[0].source.name,
        "checked": places[0].source.checked.isoformat(),
        "to_confirm": any(place.to_confirm for place in places),
    }
    buttons = [{"title": title, "act": chosen} for title, chosen in whole.quick_replies]
    dispatcher.utter_message(text=told, buttons=buttons, json_message=custom)
    last = {"slug": service.slug, "section": "where"}
    return [SlotSet("last_service", last), SlotSet("last_office", None), SlotSet("offered", None)]
