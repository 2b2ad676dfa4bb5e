"""Answers a life event with the ordered list of what is to be done."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, HotlineAction, act_of, button, wanted_by
from actions.services import decline, framed
from assistant.dialogue.turn import Turn
from assistant.services.event_answer import tell_event


class TellEvent(HotlineAction):
    """Says what a person would say, then the steps, each a button."""

    def name(self) -> str:
        return "action_tell_event"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn) -> Events:
        act, knowledge = act_of(tracker), turn.town.knowledge
        event = knowledge.events.get(act.get("event") or "")
        if event is None or not event.steps:
            return decline(dispatcher, tracker, turn)
        answer = tell_event(event, knowledge, wanted_by(tracker, turn), turn.texts, float(act.get("confidence") or 0.0))
        buttons = [button(title, "ask_general", service=slug) for title, slug in answer.steps]
        dispatcher.utter_message(text=framed(answer.text, tracker, turn), buttons=buttons, json_message=answer.custom)
        slugs = [slug for _, slug in answer.steps]
        first = {"slug": slugs[0], "section": "general"}
        offered = {"options": slugs, "section": "general"}
        return [SlotSet("offered", offered), SlotSet("last_service", first), SlotSet("last_office", None)]
