"""Composes answers about opening hours and contact data; hours are computed, never remembered."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from assistant.expressions.days import DayMention, find_day
from assistant.expressions.formats import format_date, format_day, format_ranges, format_time, format_weekdays
from assistant.texts import Texts
from knowledge_base.hours import closes_at, is_open, next_opening, ranges_on, weekly_overview
from knowledge_base.model import Office, Section


@dataclass(frozen=True)
class OfficeAnswer:
    """An answer ready to be sent."""

    text: str
    custom: dict[str, Any]


@dataclass(frozen=True)
class OfficeTeller:
    """Tells about one office in one language, at one moment."""

    office: Office
    language: str
    texts: Texts
    now: datetime
    """Aware, in the town's time zone."""
    holidays: str
    """Subdivision of the holiday calendar."""
    confidence: float = 1.0
    """Probability that this office is asked about; 0 to 1."""

    def tell_hours(self, question: str) -> OfficeAnswer:
        """Answer a question about opening hours for the day that it names, else for the week."""
        mention = self._mention(question)
        if not self.office.hours:
            text = self._say("utter_offices_unknown_hours", reach=self._reach())
        elif mention is None:
            text = self._week()
        elif mention.is_now:
            text = self._now()
        else:
            text = self._day(mention.day)
        return OfficeAnswer(self._sourced(text), self._custom(Section.HOURS))

    def tell_contact(self) -> OfficeAnswer:
        """Say how the office is reached."""
        lines = [self._say("utter_offices_contact")]
        for key, value in (("address", self.office.address), ("phone", self.office.phone), ("email", self.office.email)):
            if value:
                lines.append(self._say(f"utter_offices_{key}", **{key: value}))
        if self.office.website:
            lines.append(self._say("utter_offices_website", website=self.office.website))
        if not self.office.phone:
            lines.append(self._reach())
        if self.office.step_free is not None:
            lines.append(self._say("utter_offices_step_free" if self.office.step_free else "utter_offices_not_step_free"))
        return OfficeAnswer(self._sourced("\n".join(lines)), self._custom(Section.CONTACT))

    def _mention(self, question: str) -> DayMention | None:
        """Find the day; a named holiday that has just passed means the next one."""
        mention = find_day(question, self.now, self.language)
        if mention and mention.day < self.now.date():
            later = find_day(question, self.now + timedelta(days=30), self.language)
            return later or mention
        return mention

    def _now(self) -> str:
        if is_open(self.office, self.now, subdivision=self.holidays):
            closes = closes_at(self.office, self.now, subdivision=self.holidays)
            return self._say("utter_offices_open_now", closes=format_time(closes.time(), self.language) if closes else "")
        return self._say("utter_offices_closed_now", next=self._next(self.now))

    def _day(self, day: date) -> str:
        hours = ranges_on(self.office, day, subdivision=self.holidays)
        if not hours.known and not hours.closed_because:
            return self._say("utter_offices_unknown_hours", reach=self._reach())
        shown = format_date(day, self.language)
        if hours.ranges:
            return self._say("utter_offices_open_on", day=shown, ranges=format_ranges(hours.ranges, self.language))
        reason = self._say("utter_offices_reason", reason=hours.reason.in_language(self.language)) if hours.reason else ""
        start = max(self.now, datetime.combine(day, datetime.min.time(), self.now.tzinfo))
        return self._say("utter_offices_closed_on", day=shown, reason=reason, next=self._next(start))

    def _week(self) -> str:
        overview = weekly_overview(self.office, self.now.date())
        if overview is None:
            return self._say("utter_offices_unknown_hours", reach=self._reach())
        lines = [self._say("utter_offices_week")]
        for group in overview.open:
            days = format_weekdays(group.weekdays, self.language)
            lines.append(f"– {days}: {format_ranges(group.ranges, self.language)}")
        for monthly in overview.monthly:
            weekday = format_weekdays((monthly.weekday,), self.language)
            ranges = format_ranges(monthly.ranges, self.language)
            lines.append("– " + self._say("utter_offices_nth", nth=monthly.nth, weekday=weekday, ranges=ranges))
        return "\n".join(lines)

    def _next(self, moment: datetime) -> str:
        opening = next_opening(self.office, moment, subdivision=self.holidays)
        if opening is None:
            return self._say("utter_offices_no_next")
        return f"{format_date(opening.date(), self.language)}, {format_time(opening.time(), self.language)}"

    def _reach(self) -> str:
        return self.office.reach.in_language(self.language) if self.office.reach else self._say("utter_offices_ask_115")

    def _sourced(self, text: str) -> str:
        source = self.office.source
        line = self.texts.say(
            "utter_services_source", self.language, source=source.name, checked=format_day(source.checked, self.language)
        )
        if {"hours", "address", "phone"} & set(self.office.to_confirm):
            line = f"{self._say('utter_services_to_confirm')} {line}"
        return f"{text}\n{line}"

    def _custom(self, section: Section) -> dict[str, Any]:
        return {
            "type": "answer",
            "service": None,
            "office": self.office.key,
            "section": str(section),
            "language": "en" if self.language == "en" else "de",
            "plain": False,
            "confidence": round(self.confidence, 3),
            "source": self.office.source.name,
            "checked": self.office.source.checked.isoformat(),
            "to_confirm": bool(self.office.to_confirm),
        }

    def _say(self, key: str, **values: object) -> str:
        return self.texts.say(key, self.language, None, office=self.office.name.in_language(self.language), **values)
