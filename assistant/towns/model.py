"""The noun town."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo


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
