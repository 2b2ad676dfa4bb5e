"""What a town has to check: every part of its records and offices that nobody has confirmed, as a page to tick off."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import groupby

from assistant.expressions.formats import format_day
from assistant.texts import Texts
from knowledge_base.load import TownKnowledge
from knowledge_base.model import Office, Section, Service

STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1d1d1b}"
    "h2{margin-top:2rem;border-bottom:2px solid #1d1d1b}li{list-style:none;margin:.6rem 0}ul{padding-left:0}"
    "small{color:#555;display:block;margin-left:1.8rem}input{width:1.1rem;height:1.1rem;margin-right:.6rem}"
    "@media print{li{break-inside:avoid}}"
)


@dataclass(frozen=True)
class OpenPoint:
    """One statement that a town must check."""

    owner: str
    """Who can say whether it is right."""
    about: str
    """Title of the service, or name of the office."""
    part: str
    """The part as the file calls it: a section, or a field of the office."""
    says: str
    """What the assistant says today; empty where it says nothing."""
    file: str
    """The file in which the part is taken off the list."""
    checked: date


def open_points(knowledge: TownKnowledge) -> list[OpenPoint]:
    """Return all open points of a town, by owner."""
    found = [*_of_services(knowledge), *_of_offices(knowledge)]
    return sorted(found, key=lambda point: (point.owner, point.about, point.part))


def page(town: str, points: list[OpenPoint], texts: Texts, language: str = "de") -> str:
    """Return the points as one HTML page with a box before each; it needs no script and prints well."""
    title = texts.say("utter_confirmations_title", language, town=town)
    lead = texts.say("utter_confirmations_lead", language, count=len(points))
    body = [f"<h1>{escape(title)}</h1>", f"<p>{escape(lead)}</p>"]
    for owner, own in groupby(points, key=lambda point: point.owner):
        body.append(f"<h2>{escape(owner)}</h2><ul>")
        body += [_line(point, texts, language) for point in own]
        body.append("</ul>")
    head = f"<meta charset='utf-8'><title>{escape(title)}</title><style>{STYLE}</style>"
    return f"<!doctype html><html lang='{language}'><head>{head}</head><body>{''.join(body)}</body></html>\n"


def _line(point: OpenPoint, texts: Texts, language: str) -> str:
    label = texts.say(f"utter_confirmations_part_{point.part.replace('.', '_')}", language)
    where = texts.say(
        "utter_confirmations_where", language, part=point.part, file=point.file, checked=format_day(point.checked, language)
    )
    says = point.says or texts.say("utter_confirmations_says_nothing", language)
    box = f"<label><input type='checkbox'><b>{escape(point.about)}: {escape(label)}</b> {escape(says)}</label>"
    return f"<li>{box}<small>{escape(where)}</small></li>"


def _of_services(knowledge: TownKnowledge) -> Iterator[OpenPoint]:
    for service in knowledge.services.values():
        for part in service.to_confirm:
            says = _said_of_service(knowledge, service, part)
            yield OpenPoint(service.owner, service.title.de, part, says, f"services/{service.slug}.yml", service.checked)


def _said_of_service(knowledge: TownKnowledge, service: Service, part: str) -> str:
    of_the_record = {
        "responsible": knowledge.office_of(service).name.de,
        "title": service.title.de,
        "synonyms": ", ".join(synonym.word for synonym in service.synonyms.get("de", ())),
        "source": "; ".join(source.name for source in service.sources),
    }
    if part in of_the_record:
        return of_the_record[part]
    section = service.sections.get(Section(part.partition(".")[0]))
    if section is None:
        return ""
    return section.link or "" if part.endswith(".link") else section.text.de


def _of_offices(knowledge: TownKnowledge) -> Iterator[OpenPoint]:
    for office in knowledge.offices.values():
        for part in office.to_confirm:
            yield OpenPoint(
                office.name.de, office.name.de, part, _said_of_office(office, part), "offices.yml", office.source.checked
            )


def _said_of_office(office: Office, part: str) -> str:
    value = getattr(office, part, None)
    if part == "name":
        return office.name.de
    return value if isinstance(value, str) else ""
