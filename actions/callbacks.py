"""The call-back form; reports, bookings and wishes for a person lead here until they have rooms of their own."""

from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.base import Events, HotlineAction, button, language_of, said
from assistant.callbacks.details import NO_PHONE, is_valid_phone, spaced_phone
from assistant.callbacks.form import FORM, SLOTS
from assistant.callbacks.numbers import find_number, spaced
from assistant.callbacks.service import CallbackRequest, find_callback, last_callback, store_callback
from assistant.callbacks.status import asked_about
from assistant.dialogue.turn import Turn

_OPENINGS = {
    "report_defect": ("utter_callbacks_open_report", "utter_callbacks_noted_report"),
    "book_appointment": ("utter_callbacks_open_booking", "utter_callbacks_noted_booking"),
    "complain": ("utter_callbacks_open_complaint", "utter_callbacks_noted"),
    "request_person": ("utter_callbacks_open", "utter_callbacks_underway"),
    "request_callback": ("utter_callbacks_open", "utter_callbacks_underway"),
}
_WITH_TOPIC = frozenset({"report_defect", "book_appointment", "complain"})


class OpenCallback(HotlineAction):
    """Says what happens next; a wish that comes while the form is open waits on the agenda."""

    def name(self) -> str:
        return "action_open_callback"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn) -> Events:
        intent = tracker.latest_message["intent"]["name"]
        opening, noted = _OPENINGS[intent]
        if tracker.active_loop.get("name") != FORM:
            dispatcher.utter_message(response=opening)
            return [SlotSet("offered", None)]
        dispatcher.utter_message(response=noted)
        agenda = list(tracker.get_slot("agenda") or [])
        return [SlotSet("agenda", [*agenda, said(tracker)])] if intent in _WITH_TOPIC else []


class ValidateCallbackForm(FormValidationAction):
    """Keeps only details that can be right."""

    def name(self) -> str:
        return "validate_callback_form"

    async def validate_callback_phone(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        """Read the number back; one that cannot exist is asked for again."""
        if value and is_valid_phone(str(value)):
            if _just_said(tracker, "callback_phone"):
                dispatcher.utter_message(response="utter_callbacks_phone_noted", phone=spaced_phone(str(value)))
            return {"callback_phone": value}
        dispatcher.utter_message(response="utter_callbacks_no_phone" if value == NO_PHONE else "utter_callbacks_phone_invalid")
        return {"callback_phone": None}

    async def validate_confirmed(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        """Only a yes to the card fills the slot: not a no, and not the yes that stored the wish before this one."""
        asked = tracker.get_slot("requested_slot") == "confirmed"
        return {"confirmed": True if value is True and asked else None}


class AskCallbackPhone(HotlineAction):
    """Asks for the number."""

    def name(self) -> str:
        return "action_ask_callback_phone"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn) -> Events:
        dispatcher.utter_message(response="utter_callbacks_ask_phone")
        return []


class AskConfirmed(HotlineAction):
    """Shows all that was understood, or asks what to change after a no."""

    def name(self) -> str:
        return "action_ask_confirmed"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn) -> Events:
        entities = tracker.latest_message.get("entities", ())
        if any(entity["entity"] == "confirmed" and entity["value"] is False for entity in entities):
            dispatcher.utter_message(response="utter_callbacks_ask_change")
            return []
        language = language_of(tracker)
        labels = [turn.texts.say(f"utter_callbacks_label_{name}", language) for name in ("yes", "no", "abort")]
        dispatcher.utter_message(
            response="utter_callbacks_confirm",
            name=tracker.get_slot("callback_name"),
            phone=spaced_phone(_filled(tracker, "callback_phone")),
            window=tracker.get_slot("callback_window"),
            topic=tracker.get_slot("callback_topic"),
            buttons=[
                button(labels[0], "inform", entities={"confirmed": True}),
                button(labels[1], "inform", entities={"confirmed": False}),
                button(labels[2], "abort"),
            ],
        )
        return []


class SubmitCallback(HotlineAction):
    """Stores the request and goes on with what waits on the agenda."""

    def name(self) -> str:
        return "action_submit_callback"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn) -> Events:
        request = CallbackRequest(
            town=turn.town.profile.key,
            conversation_id=turn.conversation_id,
            name=_filled(tracker, "callback_name"),
            phone=_filled(tracker, "callback_phone"),
            time_window=_filled(tracker, "callback_window"),
            topic=_filled(tracker, "callback_topic"),
        )
        callback = await store_callback(turn.session, request, turn.now, turn.settings.callback_days)
        text = turn.texts.say("utter_callbacks_filed", language_of(tracker), turn.channel, number=spaced(callback.number))
        dispatcher.utter_message(text=text, json_message=_handover("callback", callback.number))
        return _next_on_agenda(dispatcher, tracker, contact_stays=True)


class AbortCallback(HotlineAction):
    """Leaves the form without storing a call-back and goes on with what waits on the agenda."""

    def name(self) -> str:
        return "action_abort_callback"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn) -> Events:
        dispatcher.utter_message(response="utter_callbacks_aborted")
        return [ActiveLoop(None), SlotSet("requested_slot", None), *_next_on_agenda(dispatcher, tracker, contact_stays=False)]


class TellStatus(HotlineAction):
    """Tells how a call-back stands; the number alone opens no personal data."""

    def name(self) -> str:
        return "action_tell_status"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn) -> Events:
        number = find_number(said(tracker))
        if number:
            callback = await find_callback(turn.session, turn.town.profile.key, number)
        else:
            callback = await last_callback(turn.session, turn.conversation_id)
        if callback is None:
            asked = f"utter_callbacks_status_which_{asked_about(said(tracker))}"
            dispatcher.utter_message(response="utter_callbacks_status_unknown" if number else asked)
            return [SlotSet("offered", {"options": ["callback"]})]
        key = f"utter_callbacks_status_{callback.state}"
        text = turn.texts.say(key, language_of(tracker), turn.channel, number=spaced(callback.number))
        state = "callback" if callback.state == "open" else "closed"
        dispatcher.utter_message(text=text, json_message=_handover(state, callback.number))
        return []


def _handover(state: str, number: str) -> dict[str, Any]:
    """Return what a call-back is to machines; a place in the queue has only who waits for a person at once."""
    return {"type": "handover", "state": state, "number": number, "position": None, "minutes": None}


def _filled(tracker: Tracker, slot: str) -> str:
    """Return a slot that the form has filled."""
    return str(tracker.get_slot(slot))


def _just_said(tracker: Tracker, slot: str) -> bool:
    return any(entity["entity"] == slot for entity in tracker.latest_message.get("entities", ()))


def _next_on_agenda(dispatcher: CollectingDispatcher, tracker: Tracker, *, contact_stays: bool) -> Events:
    """Clear the form; the next wish opens it again, after a stored one with the same contact, shown on the card."""
    agenda = list(tracker.get_slot("agenda") or [])
    kept = {"callback_name", "callback_phone", "callback_window"} if contact_stays and agenda else set()
    events: Events = [SlotSet(name, None) for name in SLOTS if name not in kept]
    if agenda:
        dispatcher.utter_message(response="utter_callbacks_next")
        events += [SlotSet("callback_topic", agenda[0]), SlotSet("agenda", agenda[1:]), FollowupAction(FORM)]
    return events
