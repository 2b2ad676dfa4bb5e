"""Turns service records (docs/record-format.md) into typed services."""

from decimal import Decimal, InvalidOperation
from typing import Any

from knowledge_base.model import (
    RECORD_SECTIONS,
    REQUIRED_SECTIONS,
    Amount,
    Document,
    Level,
    Question,
    Responsibility,
    Section,
    SectionText,
    Service,
    Source,
    Span,
    Synonym,
)
from knowledge_base.reader import LANGUAGES, SEARCH_LANGUAGES, Reader

_TOP_LEVEL = frozenset(
    [
        "slug",
        "leika",
        "category",
        "responsible",
        "owner",
        "source",
        "to_confirm",
        "title",
        "short",
        "synonyms",
        "questions",
        "sections",
        "internal",
    ]
)
_SECTION_KEYS = frozenset(
    ["de", "en", "plain", "phone", "amounts", "list", "days", "weeks", "months", "after", "link", "login", "name"]
)
_CONFIRMABLE = {str(section) for section in Section} | {"responsible", "online.link", "title", "synonyms", "source"}


def merged(base: dict[str, Any], override: dict[str, Any]) -> dict[str, Any]:
    """Lay a town's override over a shared record: sections one by one, everything else whole."""
    sections = {**(base.get("sections") or {}), **(override.get("sections") or {})}
    return {**base, **override, "sections": sections}


def parse_service(reader: Reader) -> Service:
    """Read one record; faults are collected in ``reader.faults``."""
    for key in reader.value.keys() - _TOP_LEVEL:
        reader.fault((str(key),), f"{key!r} is no part of a record")
    return Service(
        slug=reader.string("slug"),
        title=reader.both("title"),
        short=reader.both("short"),
        category=reader.string("category"),
        leika=reader.strings("leika"),
        responsible=_responsibility(reader),
        owner=reader.string("owner"),
        sources=_sources(reader),
        to_confirm=_to_confirm(reader),
        synonyms={language: _synonyms(reader, language) for language in (*LANGUAGES, *SEARCH_LANGUAGES)},
        questions=tuple(question for language in LANGUAGES for question in _questions(reader, language)),
        sections=_sections(reader),
        internal=reader.optional("internal"),
    )


def _responsibility(reader: Reader) -> Responsibility:
    level = reader.string("responsible", "level")
    if level not in set(Level):
        reader.fault(("responsible", "level"), f"level is one of {', '.join(Level)}")
        level = Level.TOWN
    return Responsibility(Level(level), reader.string("responsible", "office"))


def _sources(reader: Reader) -> tuple[Source, ...]:
    entries = reader.items("source")
    if not entries:
        reader.fault(("source",), "source is missing: name the law or authority and the day it was checked")
    return tuple(
        Source(reader.string("source", index, "name"), reader.needed_day("source", index, "checked"))
        for index in range(len(entries))
    )


def _to_confirm(reader: Reader) -> tuple[str, ...]:
    entries = reader.strings("to_confirm")
    for index, entry in enumerate(entries):
        if entry not in _CONFIRMABLE:
            reader.fault(("to_confirm", index), f"{entry!r} is no part that can be confirmed")
    return entries


def _synonyms(reader: Reader, language: str) -> tuple[Synonym, ...]:
    found = []
    for index, entry in enumerate(reader.items("synonyms", language)):
        if isinstance(entry, dict):
            word = reader.string("synonyms", language, index, "word")
            found.append(Synonym(word, shared=entry.get("shared") is True))
        else:
            found.append(Synonym(reader.string("synonyms", language, index), shared=False))
    return tuple(found)


def _questions(reader: Reader, language: str) -> list[Question]:
    found = []
    for name in reader.get("questions", language) or {}:
        if name not in set(RECORD_SECTIONS):
            reader.fault(("questions", language, name), f"{name!r} is no section of a record")
            continue
        texts = reader.strings("questions", language, name)
        found += [Question(text, language, Section(name)) for text in texts]
    return found


def _sections(reader: Reader) -> dict[Section, SectionText]:
    found = {}
    for name in reader.value.get("sections") or {}:
        if name not in set(RECORD_SECTIONS):
            reader.fault(("sections", name), f"{name!r} is no section of a record")
            continue
        found[Section(name)] = _section(reader, name)
    for section in REQUIRED_SECTIONS:
        if section not in found:
            reader.fault(("sections",), f"section {section} is missing")
    return found


def _section(reader: Reader, name: str) -> SectionText:
    keys = ("sections", name)
    for key in (reader.get(*keys) or {}).keys() - _SECTION_KEYS:
        reader.fault((*keys, key), f"{key!r} is no part of a section")
    return SectionText(
        text=reader.both(*keys),
        plain=reader.optional(*keys, "plain"),
        phone=reader.both_or_none(*keys, "phone"),
        amounts=tuple(_amount(reader, name, index) for index in range(len(reader.items(*keys, "amounts")))),
        documents=tuple(_document(reader, name, index) for index in range(len(reader.items(*keys, "list")))),
        span=_span(reader, name),
        after=reader.both_or_none(*keys, "after"),
        link=reader.optional(*keys, "link"),
        login=reader.optional(*keys, "login"),
    )


def _amount(reader: Reader, name: str, index: int) -> Amount:
    keys = ("sections", name, "amounts", index)
    try:
        amount = Decimal(str(reader.get(*keys, "amount"))).quantize(Decimal("0.01"))
    except InvalidOperation:
        reader.fault(keys, "amount must be a number like 27.60")
        amount = Decimal(0)
    return Amount(amount, reader.string(*keys, "currency"), reader.both(*keys, "for"), reader.day(*keys, "since"))


def _document(reader: Reader, name: str, index: int) -> Document:
    keys = ("sections", name, "list", index)
    return Document(reader.both(*keys), reader.both_or_none(*keys, "required_if"))


def _span(reader: Reader, name: str) -> Span | None:
    for unit in ("days", "weeks", "months"):
        value = reader.get("sections", name, unit)
        if isinstance(value, int):
            return Span(unit, value, value)
        if isinstance(value, list) and len(value) == 2 and all(isinstance(part, int) for part in value):
            return Span(unit, value[0], value[1])
        if value is not None:
            reader.fault(("sections", name, unit), f"{unit} is a whole number or [from, to]")
    return None
