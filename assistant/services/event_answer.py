"""Composes the answer to a life event: what a person would say first, then the steps in their order."""

from dataclasses import dataclass
from typing import Any

from assistant.expressions.formats import format_day
from assistant.services.answer import Wanted
from assistant.texts import Texts
from knowledge_base.event_records import LifeEvent
from knowledge_base.load import TownKnowledge


@dataclass(frozen=True)
class EventAnswer:
    """An answer ready to be sent."""

    text: str
    custom: dict[str, Any]
    steps: tuple[tuple[str, str], ...]
    """(title, slug) of the services in their order."""


def tell_event(event: LifeEvent, knowledge: TownKnowledge, wanted: Wanted, texts: Texts, confidence: float) -> EventAnswer:
    """Compose the answer; it stands on the records of its steps, the oldest comparison is its date."""
    language = wanted.language
    services = [knowledge.services[step.service] for step in event.steps]
    titles = [service.title.in_language(language) for service in services]
    lines = [event.opening.in_language(language)]
    for place, (title, step) in enumerate(zip(titles, event.steps, strict=True), start=1):
        lines.append(texts.say("utter_events_step", language, place=place, title=title, when=step.when.in_language(language)))
    checked = min(service.checked for service in services)
    lines.append(texts.say("utter_events_more", language, checked=format_day(checked, language)))
    custom = {
        "type": "answer",
        "service": services[0].slug,
        "office": services[0].responsible.office,
        "section": "general",
        "language": "en" if language == "en" else "de",
        "plain": False,
        "confidence": round(confidence, 3),
        "source": "; ".join(service.sources[0].name for service in services),
        "checked": checked.isoformat(),
        "to_confirm": any("general" in service.to_confirm for service in services),
        "event": event.slug,
        "steps": [service.slug for service in services],
    }
    return EventAnswer("\n".join(lines), custom, tuple(zip(titles, (service.slug for service in services), strict=True)))
