"""The nouns of the knowledge base: service, responsibility and office are three objects, as in XZuFi 2.2."""

from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from enum import StrEnum


class Section(StrEnum):
    """An aspect of a service that citizens ask for; ``hours`` and ``contact`` are computed from the office."""

    GENERAL = "general"
    ELIGIBILITY = "eligibility"
    DOCUMENTS = "documents"
    FEES = "fees"
    PROCEDURE = "procedure"
    DURATION = "duration"
    DEADLINE = "deadline"
    WHERE = "where"
    ONLINE = "online"
    LEGAL = "legal"
    HOURS = "hours"
    CONTACT = "contact"


COMPUTED_SECTIONS = frozenset({Section.HOURS, Section.CONTACT})
RECORD_SECTIONS = tuple(section for section in Section if section not in COMPUTED_SECTIONS)
REQUIRED_SECTIONS = (
    Section.GENERAL,
    Section.DOCUMENTS,
    Section.FEES,
    Section.PROCEDURE,
    Section.DURATION,
    Section.WHERE,
)


class Level(StrEnum):
    """The level of government that is responsible for a service."""

    TOWN = "town"
    DISTRICT = "district"
    STATE = "state"
    FEDERATION = "federal"


@dataclass(frozen=True)
class Text:
    """One text in German and English."""

    de: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the English text for ``en``, else the German one."""
        return self.en if language == "en" else self.de


@dataclass(frozen=True)
class Source:
    """A law or authority that a record was compared with."""

    name: str
    checked: date
    """Day of the comparison."""


@dataclass(frozen=True)
class Amount:
    """One fee."""

    amount: Decimal
    """In ``currency``; 0 means free of charge."""
    currency: str
    purpose: Text
    """For whom or what the fee is due."""
    since: date | None
    """First day on which the amount was in force; ``None`` where nobody knows."""


@dataclass(frozen=True)
class Document:
    """One paper that a citizen brings."""

    name: Text
    required_if: Text | None
    """The case in which it is needed; ``None``: always."""


@dataclass(frozen=True)
class Span:
    """A stretch of time as the record gives it."""

    unit: str
    """``days``, ``weeks`` or ``months``."""
    shortest: int
    longest: int


@dataclass(frozen=True)
class SectionText:
    """What a record says about one aspect."""

    text: Text
    plain: str | None
    """German in simple sentences ("Einfach")."""
    phone: Text | None
    """Wording for the ear, where the text would take longer than 12 seconds."""
    amounts: tuple[Amount, ...] = ()
    documents: tuple[Document, ...] = ()
    span: Span | None = None
    after: Text | None = None
    """The event after which a deadline starts."""
    link: str | None = None
    login: str | None = None


@dataclass(frozen=True)
class Responsibility:
    """Who is responsible for a service in a town."""

    level: Level
    office: str
    """Key of an office of the town."""


@dataclass(frozen=True)
class Synonym:
    """A word under which people look for a service."""

    word: str
    shared: bool
    """True where the word honestly leads to several services, so that the assistant asks back."""


@dataclass(frozen=True)
class Question:
    """A whole sentence as people type or say it."""

    text: str
    language: str
    section: Section


@dataclass(frozen=True)
class Service:
    """One service record as one town shows it."""

    slug: str
    title: Text
    short: Text
    category: str
    leika: tuple[str, ...]
    responsible: Responsibility
    owner: str
    sources: tuple[Source, ...]
    to_confirm: tuple[str, ...]
    synonyms: dict[str, tuple[Synonym, ...]]
    """By language."""
    questions: tuple[Question, ...]
    sections: dict[Section, SectionText]
    internal: str | None
    """Process steps for staff; never shown to citizens."""

    @property
    def checked(self) -> date:
        """The oldest day on which a source was compared."""
        return min(source.checked for source in self.sources)


@dataclass(frozen=True)
class TimeRange:
    """Opening hours within one day, start included, end excluded."""

    start: time
    end: time


@dataclass(frozen=True)
class MonthlyHours:
    """Hours on the nth weekday of a month, for example every 4th Saturday."""

    nth: int
    weekday: int
    """0 is Monday."""
    ranges: tuple[TimeRange, ...]


@dataclass(frozen=True)
class HoursPeriod:
    """Hours that hold between two days, both included."""

    start: date
    end: date | None
    weekly: dict[int, tuple[TimeRange, ...]]
    monthly: tuple[MonthlyHours, ...]


@dataclass(frozen=True)
class Closure:
    """Days on which an office is closed beside the weekly rules, both included."""

    start: date
    end: date
    reason: Text


@dataclass(frozen=True)
class Office:
    """An office (Dienststelle) that citizens can go to, call or write to."""

    key: str
    level: Level
    name: Text
    synonyms: dict[str, tuple[str, ...]]
    address: str | None
    phone: str | None
    email: str | None
    website: str | None
    reach: Text | None
    """How to reach it where no number is known."""
    step_free: bool | None
    hours: tuple[HoursPeriod, ...]
    closures: tuple[Closure, ...]
    source: Source
    to_confirm: tuple[str, ...] = field(default=())
