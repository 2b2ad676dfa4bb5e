"""Language, plain wording, repeating, starting over."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, HotlineAction, wanted_by
from assistant.conversations.choices import find_choice, last_turn_messages
from assistant.conversations.models import Message
from assistant.dialogue.turn import Turn
from assistant.services.answer import ServiceTeller, section_from

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
        messages = await last_turn_messages(turn.session, turn.conversation_id)
        repeated = [message for message in messages if not message.content["custom"].get("asks")]
        for message in repeated:
            buttons = await _buttons_of(message, turn)
            dispatcher.utter_message(text=message.text, buttons=buttons, json_message=message.content["custom"])
        if not repeated:
            dispatcher.utter_message(response="utter_session_nothing_to_repeat")
        return []


class TellPrivacy(HotlineAction):
    """Says what is kept, for how long, and who reads it."""

    def name(self) -> str:
        return "action_tell_privacy"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn) -> Events:
        dispatcher.utter_message(
            response="utter_session_privacy", chat_days=turn.settings.chat_days, callback_days=turn.settings.callback_days
        )
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
    last = tracker.get_slot("last_service") or {}
    service = turn.town.knowledge.services.get(last.get("slug", ""))
    if service is None or tracker.active_loop.get("name"):
        return
    teller = ServiceTeller(turn.town.knowledge, wanted_by(tracker, turn), turn.texts)
    answer = teller.tell(service, section_from(last["section"]), 1.0)
    buttons = [{"title": title, "act": chosen} for title, chosen in answer.quick_replies]
    dispatcher.utter_message(text=answer.text, buttons=buttons, json_message=answer.custom)


async def _buttons_of(message: Message, turn: Turn) -> list[dict[str, Any]]:
    """Return the buttons of a stored message with what they stand for; those whose time is over are left out."""
    acts = [
        (button["title"], await find_choice(turn.session, turn.conversation_id, button["payload"], turn.now))
        for button in message.content["buttons"]
    ]
    return [{"title": title, "act": act} for title, act in acts if act is not None]
