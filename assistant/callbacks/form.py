"""What an utterance contributes to the call-back form; pure."""

import re

from assistant.callbacks.details import (
    NO_PHONE,
    bare_name,
    find_name,
    find_phone,
    find_window,
    is_phone_attempt,
    lacks_phone,
    topic_of,
    window_in,
)

FORM = "callback_form"
SLOTS = ("callback_name", "callback_phone", "callback_window", "callback_topic", "confirmed")
_NAMED_NAME = re.compile(r"\b(?:name|heiße|heisse|called)\b[^\w]*(?:ist|soll|lautet|is|should be)?[^\w]*(.+)", re.IGNORECASE)
_NAMED_TOPIC = re.compile(
    r"\b(?:anliegen|thema|es geht (?:nicht )?um|topic|it is about|it's about)\b[^\w]*(?:ist|is)?[^\w]*(.+)", re.IGNORECASE
)


def details_in(text: str, asked_slot: str | None) -> dict[str, str]:
    """Return slot values that the text gives, the asked slot with more good will than the others."""
    found: dict[str, str] = {}
    phone, name = find_phone(text), find_name(text)
    if phone:
        found["callback_phone"] = phone
    if name:
        found["callback_name"] = name
    found |= _asked(text, asked_slot, found)
    return found


def corrections_in(text: str) -> dict[str, str]:
    """Return slot values that a correction names, at any step and on the confirmation card."""
    found = details_in(text, None)
    named_name, named_topic = _NAMED_NAME.search(text), _NAMED_TOPIC.search(text)
    if named_name and "callback_name" not in found and (name := bare_name(named_name.group(1))):
        found["callback_name"] = name
    if named_topic and (topic := topic_of(named_topic.group(1))):
        found["callback_topic"] = topic
    window = window_in(text)
    if window and "callback_topic" not in found:
        found["callback_window"] = window
    return found


def opening_details(text: str) -> dict[str, str]:
    """Return what a first sentence already says ("rufen Sie mich vormittags unter … zurück")."""
    found = details_in(text, None)
    window = window_in(text)
    return found | ({"callback_window": window} if window and "callback_phone" in found else {})


def _asked(text: str, asked_slot: str | None, found: dict[str, str]) -> dict[str, str]:
    if asked_slot == "callback_phone" and "callback_phone" not in found:
        if lacks_phone(text):
            return {"callback_phone": NO_PHONE}
        if is_phone_attempt(text):
            return {"callback_phone": text.strip()[:40]}
    reader = {"callback_name": bare_name, "callback_window": find_window, "callback_topic": topic_of}.get(asked_slot or "")
    if reader is None or asked_slot in found:
        return {}
    value = reader(text)
    return {str(asked_slot): value} if value else {}
