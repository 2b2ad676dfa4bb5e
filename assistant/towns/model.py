"""The noun town."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from assistant.towns.theme import Theme
from knowledge_base.model import Text


@dataclass(frozen=True)
class Town:
    """One town that the installation serves."""

    key: str
    """Name of its folder; part of every conversation's address."""
    name: str
    official_name: str
    holidays: str
    """Subdivision of the holiday calendar, for example ``SN``."""
    time_zone: ZoneInfo
    parts: tuple[str, ...]
    default_office: str
    """Key of the office that is meant when nobody names one."""
    web_origins: tuple[str, ...] = ()
    """Origins of the pages that may show the chat beside our own: ``https://www.stadt.example.org``."""
    theme: Theme = Theme()
    often_asked: tuple[Text, ...] = ()
    """Questions that the town's page and the empty chat offer."""
