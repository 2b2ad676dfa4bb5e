"""Composes the answer about waste dates of a street; without data it says who knows."""

from datetime import date
from typing import Any

from assistant.expressions.formats import format_date, format_day
from assistant.texts import Texts
from assistant.waste.asking import WORDS
from knowledge_base.model import Service, Text
from knowledge_base.waste_dates import Bin, WasteDates


class WasteTeller:
    """Tells dates in one language on one day."""

    def __init__(self, dates: WasteDates, language: str, texts: Texts, today: date) -> None:
        self._dates = dates
        self._language = language
        self._texts = texts
        self._today = today

    def tell(self, street: str, bins: tuple[Bin, ...]) -> str:
        """Return the next days of the bins asked for, or of all, and when to put them out."""
        known = self._dates.days[street]
        wanted = [kind for kind in bins if kind in known] or ([] if bins else list(known))
        lines = [line for kind in wanted if (line := self._line(street, kind))]
        if not lines:
            return self._say("utter_waste_no_more", street=street)
        return "\n".join(
            [self._say("utter_waste_dates", street=street), *lines, self._say("utter_waste_remind"), self._sourced()]
        )

    def ask_street(self) -> str:
        """Ask for the street."""
        return self._say("utter_waste_which_street")

    def _line(self, street: str, kind: Bin) -> str:
        days = self._dates.next_days(street, kind, self._today)
        if not days:
            return ""
        name = Text(**WORDS["names"][kind]).in_language(self._language)
        shown = [format_date(day, self._language) for day in days]
        key = "utter_waste_line" if len(shown) == 1 else "utter_waste_line_then"
        return self._say(key, bin=name, first=shown[0], then=shown[-1])

    def _sourced(self) -> str:
        source = self._dates.source
        assert source is not None
        line = self._say("utter_services_source", source=source.name, checked=format_day(source.checked, self._language))
        return f"{self._say('utter_services_to_confirm')} {line}" if self._dates.to_confirm else line

    def _say(self, key: str, **values: object) -> str:
        return self._texts.say(key, self._language, None, **values)


def custom_of(dates: WasteDates, service: Service, street: str | None, confidence: float, language: str) -> dict[str, Any]:
    """Return what the answer is to machines."""
    source = dates.source or service.sources[0]
    return {
        "type": "answer",
        "service": service.slug,
        "office": service.responsible.office,
        "section": "deadline",
        "language": "en" if language == "en" else "de",
        "plain": False,
        "confidence": round(confidence, 3),
        "source": source.name,
        "checked": source.checked.isoformat(),
        "to_confirm": dates.to_confirm,
        "street": street,
    }
