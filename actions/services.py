"""Answers about services, asks back, declines."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, HotlineAction, act_of, button, language_of, wanted_by
from actions.places import answer_places
from actions.waste import answer_waste_dates
from assistant.dialogue.turn import Turn
from assistant.services.answer import ServiceTeller, section_from

MISSES_UNTIL_PERSON = 3


class AnswerService(HotlineAction):
    """Says what a record says under the section asked for."""

    def name(self) -> str:
        return "action_answer_service"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn) -> Events:
        act = act_of(tracker)
        service = turn.town.knowledge.services.get(act.get("service") or "")
        if service is None:
            return decline(dispatcher, tracker, turn)
        dated = answer_waste_dates(dispatcher, tracker, turn, service)
        if dated is not None:
            return dated
        placed = answer_places(dispatcher, tracker, turn, service)
        if placed is not None:
            return placed
        teller = ServiceTeller(turn.town.knowledge, wanted_by(tracker, turn), turn.texts)
        answer = teller.tell(service, section_from(act["section"]), float(act.get("confidence") or 0.0))
        buttons = [{"title": title, "act": chosen} for title, chosen in answer.quick_replies]
        custom = answer.custom | ({"foreign": act["foreign"]} if act.get("foreign") else {})
        about = turn.texts.say(
            "utter_services_about", language_of(tracker), title=service.title.in_language(language_of(tracker))
        )
        text = f"{about}\n{answer.text}" if act.get("leaning") else answer.text
        dispatcher.utter_message(text=framed(text, tracker, turn), buttons=buttons, json_message=custom)
        last = {"slug": service.slug, "section": str(answer.section)}
        return [SlotSet("last_service", last), SlotSet("last_office", None), SlotSet("offered", None)]


class AskBack(HotlineAction):
    """Offers the services that may be meant."""

    def name(self) -> str:
        return "action_ask_back"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn) -> Events:
        language = language_of(tracker)
        services = [turn.town.knowledge.services[slug] for slug in act_of(tracker)["candidates"]]
        section = section_from(act_of(tracker).get("section"))
        buttons = [button(service.title.in_language(language), f"ask_{section}", service=service.slug) for service in services]
        buttons.append(button(turn.texts.say("utter_services_none_of_these", language), "reject_choices"))
        names = [service.short.in_language(language) for service in services]
        joined = f" {turn.texts.say('utter_services_which_or', language)} ".join(names)
        text = turn.texts.say("utter_services_which", language, choices=joined)
        slugs = [service.slug for service in services]
        dispatcher.utter_message(text=text, buttons=buttons, json_message={"type": "candidates", "services": slugs})
        return [SlotSet("offered", {"options": slugs, "section": str(section)})]


class Decline(HotlineAction):
    """Says that there is no answer, and the way on; at the third miss in a row a person."""

    helps = False

    def name(self) -> str:
        return "action_decline"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn) -> Events:
        return decline(dispatcher, tracker, turn)


def decline(dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn) -> Events:
    """Say that there is no answer, and offer a person."""
    often = int(tracker.get_slot("misses") or 0) + 1 >= MISSES_UNTIL_PERSON
    response = "utter_services_decline_again" if often else "utter_services_decline"
    label = turn.texts.say("utter_callbacks_label_request", language_of(tracker))
    in_form = bool(tracker.active_loop.get("name"))
    buttons: list[dict[str, Any]] = [] if in_form else [button(label, "request_callback")]
    dispatcher.utter_message(response=response, buttons=buttons)
    return [] if in_form else [SlotSet("offered", {"options": ["callback"]})]


def framed(text: str, tracker: Tracker, turn: Turn) -> str:
    """Add what must be said around an answer: an English frame for other languages, the note that we run on reserve."""
    act = act_of(tracker)
    if act.get("foreign") and language_of(tracker) == "de":
        text = f"{turn.texts.say('utter_session_foreign_frame', 'en')}\n{text}"
    if act.get("on_reserve"):
        text = f"{text}\n{turn.texts.say('utter_services_reserve', language_of(tracker))}"
    return text
