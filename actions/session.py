"""Language, plain wording, repeating, starting over."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, HotlineAction, wanted_by
from assistant.dialogue.turn import Turn
from assistant.services.answer import answer_service, section_from

KEPT_ON_RESTART = frozenset({"language", "plain", "misses"})


class ChangeLanguage(HotlineAction):
    """Answers in the other language from now on, the last answer first."""

    def name(self) -> str:
        return "action_change_language"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn) -> Events:
        known = any(entity["entity"] == "language" for entity in tracker.latest_message.get("entities", ()))
        dispatcher.utter_message(response="utter_session_language" if known else "utter_session_language_unknown")
        if known:
            _say_last_answer(dispatcher, tracker, turn)
        return []


class ChangePlain(HotlineAction):
    """Speaks simply, or normally again, the last answer first."""

    def name(self) -> str:
        return "action_change_plain"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn) -> Events:
        plain = bool(tracker.get_slot("plain"))
        dispatcher.utter_message(response="utter_session_plain_on" if plain else "utter_session_plain_off")
        _say_last_answer(dispatcher, tracker, turn)
        return []


class RepeatAnswer(HotlineAction):
    """Says again what was said last."""

    def name(self) -> str:
        return "action_repeat_answer"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn) -> Events:
        messages = _last_messages(tracker)
        for message in messages:
            data = message.get("data") or {}
            dispatcher.utter_message(text=message["text"], buttons=data.get("buttons"), json_message=data.get("custom"))
        if not messages:
            dispatcher.utter_message(response="utter_session_nothing_to_repeat")
        return []


class RestartConversation(HotlineAction):
    """Forgets all but the language and begins anew."""

    def name(self) -> str:
        return "action_restart_conversation"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn) -> Events:
        dispatcher.utter_message(response="utter_session_restarted")
        cleared = [SlotSet(name, None) for name in tracker.slots if name not in KEPT_ON_RESTART]
        return [ActiveLoop(None), *cleared]


def _say_last_answer(dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn) -> None:
    last = tracker.get_slot("last_service")
    service = turn.town.knowledge.services.get((last or {}).get("slug", ""))
    if service is None or tracker.active_loop.get("name"):
        return
    section = section_from(last["section"])
    answer = answer_service(service, section, turn.town.knowledge, wanted_by(tracker, turn), turn.texts, 1.0)
    buttons = [{"title": title, "act": chosen} for title, chosen in answer.quick_replies]
    dispatcher.utter_message(text=answer.text, buttons=buttons, json_message=answer.custom)


def _last_messages(tracker: Tracker) -> list[dict[str, Any]]:
    """Return what was said in the turn before this one, without questions of a form (the form asks again by itself)."""
    found: list[dict[str, Any]] = []
    utterances = 0
    for event in reversed(tracker.events):
        utterances += event["event"] == "user"
        if utterances == 2:
            break
        if event["event"] == "bot" and utterances == 1 and event.get("text"):
            if not ((event.get("data") or {}).get("custom") or {}).get("asks"):
                found.insert(0, event)
    return found
