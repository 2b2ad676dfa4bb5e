"""Composes the answer to a question about a service from its record; nothing is said that the record does not say."""

from dataclasses import dataclass
from typing import Any

from assistant.expressions.formats import format_day
from assistant.texts import Texts
from knowledge_base.load import TownKnowledge
from knowledge_base.model import RECORD_SECTIONS, Document, Section, SectionText, Service

SPOKEN_CHANNELS = frozenset({"voice"})
OFFERED_SECTIONS = (
    Section.FEES,
    Section.DOCUMENTS,
    Section.PROCEDURE,
    Section.DURATION,
    Section.DEADLINE,
    Section.WHERE,
    Section.ONLINE,
    Section.HOURS,
)
MOST_QUICK_REPLIES = 4


@dataclass(frozen=True)
class Wanted:
    """How the citizen wants to be answered."""

    language: str
    plain: bool
    channel: str


@dataclass(frozen=True)
class ServiceAnswer:
    """An answer ready to be sent."""

    text: str
    section: Section
    custom: dict[str, Any]
    quick_replies: tuple[tuple[str, dict[str, Any]], ...]
    """(title, act) for other sections of the same service."""


def answer_service(
    service: Service, section: Section, knowledge: TownKnowledge, wanted: Wanted, texts: Texts, confidence: float
) -> ServiceAnswer:
    """Compose the answer; a section that the record lacks is answered by the general one, and said so."""
    known = section if section in service.sections else Section.GENERAL
    content = service.sections[known]
    plain = wanted.plain and wanted.language == "de" and content.plain is not None
    parts = [_body(content, wanted, texts, plain=plain)]
    if known is not section:
        parts.insert(
            0, texts.say("utter_services_no_section", wanted.language, title=service.title.in_language(wanted.language))
        )
    if known is Section.WHERE:
        parts.append(_responsible(service, knowledge, wanted, texts))
    if known in service.to_confirm:
        parts.append(texts.say("utter_services_to_confirm", wanted.language))
    parts.append(_source(service, wanted, texts))
    return ServiceAnswer(
        text="\n".join(parts),
        section=known,
        custom=_custom(service, known, wanted, confidence, plain=plain),
        quick_replies=_quick_replies(service, known, wanted, texts),
    )


def _body(content: SectionText, wanted: Wanted, texts: Texts, *, plain: bool) -> str:
    if wanted.channel in SPOKEN_CHANNELS and content.phone:
        return content.phone.in_language(wanted.language)
    text = content.plain if plain and content.plain else content.text.in_language(wanted.language)
    lines = [text if not content.documents else text.rstrip(":. ") + ":"]
    lines += [f"– {_document(document, wanted, texts)}" for document in content.documents]
    if content.login:
        lines.append(texts.say("utter_services_login", wanted.language, login=content.login))
    if content.link:
        lines.append(texts.say("utter_services_link", wanted.language, link=content.link))
    return "\n".join(lines)


def _document(document: Document, wanted: Wanted, texts: Texts) -> str:
    name = document.name.in_language(wanted.language)
    if document.required_if is None:
        return name
    condition = document.required_if.in_language(wanted.language)
    return texts.say("utter_services_required_if", wanted.language, document=name, condition=condition)


def _responsible(service: Service, knowledge: TownKnowledge, wanted: Wanted, texts: Texts) -> str:
    office = knowledge.office_of(service)
    address = f", {office.address}" if office.address else ""
    name = office.name.in_language(wanted.language)
    line = texts.say("utter_services_responsible", wanted.language, office=name, address=address)
    if office.phone:
        return f"{line} {texts.say('utter_offices_phone', wanted.language, phone=office.phone)}."
    return f"{line} {office.reach.in_language(wanted.language)}" if office.reach else line


def _source(service: Service, wanted: Wanted, texts: Texts) -> str:
    name = service.sources[0].name
    return texts.say(
        "utter_services_source", wanted.language, source=name, checked=format_day(service.checked, wanted.language)
    )


def _custom(service: Service, section: Section, wanted: Wanted, confidence: float, *, plain: bool) -> dict[str, Any]:
    content = service.sections[section]
    return {
        "type": "answer",
        "service": service.slug,
        "office": service.responsible.office,
        "section": str(section),
        "language": "en" if wanted.language == "en" else "de",
        "plain": plain,
        "confidence": round(confidence, 3),
        "source": "; ".join(source.name for source in service.sources),
        "checked": service.checked.isoformat(),
        "to_confirm": str(section) in service.to_confirm,
        "amounts": [
            {
                "amount": float(fee.amount),
                "currency": fee.currency,
                "for": fee.purpose.in_language(wanted.language),
                "since": fee.since.isoformat() if fee.since else None,
            }
            for fee in content.amounts
        ],
    }


def _quick_replies(service: Service, section: Section, wanted: Wanted, texts: Texts) -> tuple[tuple[str, dict[str, Any]], ...]:
    offered = [other for other in OFFERED_SECTIONS if other is not section and other in service.sections]
    return tuple(
        (texts.say(f"utter_services_label_{other}", wanted.language), {"intent": f"ask_{other}", "service": service.slug})
        for other in offered[:MOST_QUICK_REPLIES]
    )


def section_from(name: str | None) -> Section:
    """Return a section by name; the general one for anything else."""
    return Section(name) if name in set(RECORD_SECTIONS) else Section.GENERAL
