"""Answers about opening hours and contact data."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, HotlineAction, act_of, language_of, said
from actions.services import framed
from assistant.dialogue.turn import Turn
from assistant.offices.answer import OfficeTeller
from knowledge_base.model import Service


class AnswerOffice(HotlineAction):
    """Tells hours or contact of the office that is named, of the one behind the service, or of the usual one."""

    def name(self) -> str:
        return "action_answer_office"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn) -> Events:
        act, knowledge = act_of(tracker), turn.town.knowledge
        service = knowledge.services.get(act.get("service") or "")
        key = act.get("office") or _office_behind(service, turn)
        teller = OfficeTeller(
            knowledge.offices[key],
            language_of(tracker),
            turn.texts,
            turn.now,
            turn.town.profile.holidays,
            float(act.get("confidence") or 0.0),
        )
        answer = teller.tell_hours(said(tracker)) if act.get("section") == "hours" else teller.tell_contact()
        custom = {**answer.custom, "service": service.slug if service else None}
        dispatcher.utter_message(text=framed(answer.text, tracker, turn), json_message=custom)
        asked = [SlotSet("last_service", {"slug": service.slug, "section": "general"})] if service else []
        return [*asked, SlotSet("last_office", key), SlotSet("offered", None)]


def _office_behind(service: Service | None, turn: Turn) -> str:
    """Return the office responsible for a service, if it knows hours or a number; else the town's usual one."""
    usual = turn.town.profile.default_office
    if service is None:
        return usual
    office = turn.town.knowledge.office_of(service)
    return office.key if office.hours or office.phone else usual
