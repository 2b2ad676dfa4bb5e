"""The stock side's custom actions: our records, composers and texts, found by Rasa's own intent, entity and slots."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from assistant.callbacks.details import find_phone, is_valid_phone, spaced_phone
from assistant.callbacks.numbers import new_number, spaced
from assistant.offices.answer import OfficeTeller
from assistant.services.answer import ServiceTeller, Wanted, section_from
from assistant.texts import Texts
from assistant.towns.load import load_town_profile
from knowledge_base.load import load_town

Events = list[dict[str, Any]]

ROOT = Path(__file__).parents[2]
PROFILE = load_town_profile(ROOT / "towns", "brandis")
KNOWLEDGE = load_town(ROOT / "towns", "brandis")
TEXTS = Texts(ROOT / "domain" / "responses")
MISSES_UNTIL_PERSON = 3
CALLBACKS = Path("callbacks.db")
"""In the folder in which the action server runs."""
DETAILS = ("callback_name", "callback_phone", "callback_window", "callback_topic")
OPENINGS = {
    "report_defect": "utter_callbacks_open_report",
    "book_appointment": "utter_callbacks_open_booking",
    "complain": "utter_callbacks_open_complaint",
}


class AnswerService(Action):
    """Says what a record says under the section that the intent names."""

    def name(self) -> str:
        return "action_answer_service"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        service = KNOWLEDGE.services.get(tracker.get_slot("service") or "")
        if service is None:
            return _decline(dispatcher, tracker)
        intent = tracker.latest_message["intent"]
        teller = ServiceTeller(KNOWLEDGE, Wanted(_language(tracker), plain=False, channel="rest"), TEXTS)
        answer = teller.tell(service, section_from(intent["name"].removeprefix("ask_")), float(intent["confidence"]))
        buttons = [_button(title, act["intent"], service=act["service"]) for title, act in answer.quick_replies]
        dispatcher.utter_message(text=answer.text, buttons=buttons, json_message=answer.custom)
        return [SlotSet("misses", 0)]


class AnswerOffice(Action):
    """Tells hours or contact of the office behind the service, else of the usual one."""

    def name(self) -> str:
        return "action_answer_office"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        service = KNOWLEDGE.services.get(tracker.get_slot("service") or "")
        office = KNOWLEDGE.offices[PROFILE.default_office]
        if service and (KNOWLEDGE.office_of(service).hours or KNOWLEDGE.office_of(service).phone):
            office = KNOWLEDGE.office_of(service)
        teller = OfficeTeller(office, _language(tracker), TEXTS, datetime.now(PROFILE.time_zone), PROFILE.holidays)
        is_hours = tracker.latest_message["intent"]["name"] == "ask_hours"
        answer = teller.tell_hours(str(tracker.latest_message["text"])) if is_hours else teller.tell_contact()
        dispatcher.utter_message(text=answer.text, json_message=answer.custom)
        return [SlotSet("misses", 0)]


class Decline(Action):
    """Says that there is no answer; at the third miss in a row offers a person."""

    def name(self) -> str:
        return "action_decline"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        return _decline(dispatcher, tracker)


class OpenCallback(Action):
    """Says what happens next."""

    def name(self) -> str:
        return "action_open_callback"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        intent = tracker.latest_message["intent"]["name"]
        dispatcher.utter_message(response=OPENINGS.get(intent, "utter_callbacks_open"))
        return [SlotSet("misses", 0)]


class ValidateCallbackForm(FormValidationAction):
    """Keeps only details that can be right."""

    def name(self) -> str:
        return "validate_callback_form"

    async def validate_callback_phone(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        """Read the number back; one that cannot exist is asked for again."""
        phone = find_phone(str(value))
        if phone and is_valid_phone(phone):
            dispatcher.utter_message(response="utter_callbacks_phone_noted", phone=spaced_phone(phone))
            return {"callback_phone": phone}
        dispatcher.utter_message(response="utter_callbacks_phone_invalid")
        return {"callback_phone": None}

    async def validate_confirmed(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        """Only a yes fills the slot."""
        return {"confirmed": True if value is True else None}


class AskCallbackPhone(Action):
    """Asks for the number."""

    def name(self) -> str:
        return "action_ask_callback_phone"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        dispatcher.utter_message(response="utter_callbacks_ask_phone")
        return []


class AskConfirmed(Action):
    """Shows all that was understood."""

    def name(self) -> str:
        return "action_ask_confirmed"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        labels = [TEXTS.say(f"utter_callbacks_label_{name}", _language(tracker)) for name in ("yes", "no", "abort")]
        name, phone, window, topic = (str(tracker.get_slot(slot)) for slot in DETAILS)
        buttons = [
            _button(labels[0], "inform", confirmed=True),
            _button(labels[1], "inform", confirmed=False),
            _button(labels[2], "abort"),
        ]
        shown: dict[str, Any] = {"name": name, "phone": spaced_phone(phone), "window": window, "topic": topic}
        dispatcher.utter_message(response="utter_callbacks_confirm", buttons=buttons, **shown)
        return []


class SubmitCallback(Action):
    """Stores the request as one row."""

    def name(self) -> str:
        return "action_submit_callback"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        number = new_number()
        _store(number, tracker.sender_id, *(str(tracker.get_slot(name)) for name in DETAILS))
        text = TEXTS.say("utter_callbacks_filed", _language(tracker), number=spaced(number))
        dispatcher.utter_message(text=text, json_message={"type": "handover", "state": "callback", "number": number})
        return _emptied()


class AbortCallback(Action):
    """Leaves the form without a trace of the answers."""

    def name(self) -> str:
        return "action_abort_callback"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        dispatcher.utter_message(response="utter_callbacks_aborted")
        return [ActiveLoop(None), SlotSet("requested_slot", None), *_emptied()]


def _decline(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    misses = int(tracker.get_slot("misses") or 0) + 1
    response = "utter_services_decline_again" if misses >= MISSES_UNTIL_PERSON else "utter_services_decline"
    label = TEXTS.say("utter_callbacks_label_request", _language(tracker))
    dispatcher.utter_message(response=response, buttons=[_button(label, "request_callback")])
    return [SlotSet("misses", misses)]


def _emptied() -> Events:
    return [SlotSet(name, None) for name in (*DETAILS, "confirmed")]


def _language(tracker: Tracker) -> str:
    return str(tracker.get_slot("language") or "de")


def _button(title: str, intent: str, **entities: Any) -> dict[str, Any]:
    return {"title": title, "payload": f"/{intent}{json.dumps(entities) if entities else ''}"}


def _store(*values: str) -> None:
    with closing(sqlite3.connect(CALLBACKS)) as connection, connection:
        connection.execute("CREATE TABLE IF NOT EXISTS callbacks (number, sender, name, phone, time_window, topic, created_at)")
        row = (*values, datetime.now(UTC).isoformat())
        connection.execute("INSERT INTO callbacks VALUES (?, ?, ?, ?, ?, ?, ?)", row)
