"""Composes the answer to a question about a service from its record; nothing is said that the record does not say."""

from dataclasses import dataclass
from typing import Any

from assistant.expressions.formats import format_day
from assistant.texts import Texts
from knowledge_base.load import TownKnowledge
from knowledge_base.model import RECORD_SECTIONS, Amount, Document, Section, SectionText, Service, Text

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


@dataclass(frozen=True)
class ServiceTeller:
    """Tells about the services of a town in the way a citizen wants it."""

    knowledge: TownKnowledge
    wanted: Wanted
    texts: Texts

    def tell(self, service: Service, section: Section, confidence: float) -> ServiceAnswer:
        """Compose the answer; a section that the record lacks is answered by the general one, and said so."""
        known = section if section in service.sections else Section.GENERAL
        content = service.sections[known]
        plain = self.wanted.plain and self.wanted.language == "de" and content.plain is not None
        parts = [self._body(content, plain=plain)]
        if known is not section:
            parts.insert(0, self._say("utter_services_no_section", title=self._ours(service.title)))
        if known is Section.WHERE:
            parts.append(self._responsible(service))
        if known in service.to_confirm:
            parts.append(self._say("utter_services_to_confirm"))
        parts.append(self._source(service))
        custom = self._custom(service, known, confidence, plain=plain)
        return ServiceAnswer("\n".join(parts), known, custom, self._quick_replies(service, known))

    def _body(self, content: SectionText, *, plain: bool) -> str:
        if self.wanted.channel in SPOKEN_CHANNELS and content.phone:
            return self._ours(content.phone)
        text = content.plain if plain and content.plain else self._ours(content.text)
        lines = [text if not content.documents else text.rstrip(":. ") + ":"]
        lines += [f"– {self._document(document)}" for document in content.documents]
        if content.login:
            lines.append(self._say("utter_services_login", login=content.login))
        if content.link:
            lines.append(self._say("utter_services_link", link=content.link))
        return "\n".join(lines)

    def _document(self, document: Document) -> str:
        name = self._ours(document.name)
        if document.required_if is None:
            return name
        return self._say("utter_services_required_if", document=name, condition=self._ours(document.required_if))

    def _responsible(self, service: Service) -> str:
        office = self.knowledge.office_of(service)
        address = f", {office.address}" if office.address else ""
        line = self._say("utter_services_responsible", office=self._ours(office.name), address=address)
        if office.phone:
            return f"{line} {self._say('utter_offices_phone', phone=office.phone)}."
        return f"{line} {self._ours(office.reach)}" if office.reach else line

    def _source(self, service: Service) -> str:
        checked = format_day(service.checked, self.wanted.language)
        return self._say("utter_services_source", source=service.sources[0].name, checked=checked)

    def _custom(self, service: Service, section: Section, confidence: float, *, plain: bool) -> dict[str, Any]:
        return {
            "type": "answer",
            "service": service.slug,
            "office": service.responsible.office,
            "section": str(section),
            "language": "en" if self.wanted.language == "en" else "de",
            "plain": plain,
            "confidence": round(confidence, 3),
            "source": "; ".join(source.name for source in service.sources),
            "checked": service.checked.isoformat(),
            "to_confirm": str(section) in service.to_confirm,
            "amounts": [self._amount(fee) for fee in service.sections[section].amounts],
        }

    def _amount(self, fee: Amount) -> dict[str, Any]:
        since = fee.since.isoformat() if fee.since else None
        return {"amount": float(fee.amount), "currency": fee.currency, "for": self._ours(fee.purpose), "since": since}

    def _quick_replies(self, service: Service, section: Section) -> tuple[tuple[str, dict[str, Any]], ...]:
        offered = [other for other in OFFERED_SECTIONS if other is not section and other in service.sections]
        return tuple(
            (self._say(f"utter_services_label_{other}"), {"intent": f"ask_{other}", "service": service.slug})
            for other in offered[:MOST_QUICK_REPLIES]
        )

    def _ours(self, text: Text) -> str:
        return text.in_language(self.wanted.language)

    def _say(self, key: str, **values: object) -> str:
        return self.texts.say(key, self.wanted.language, None, **values)


def section_from(name: str | None) -> Section:
    """Return a section by name; the general one for anything else."""
    return Section(name) if name in set(RECORD_SECTIONS) else Section.GENERAL
