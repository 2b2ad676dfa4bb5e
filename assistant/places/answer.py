"""Composes the answer to a question for places of a service: all of them, or those that fit what is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assistant.expressions.formats import format_day, format_ranges
from assistant.texts import Texts
from knowledge_base.folding import fold
from knowledge_base.hours import is_open, ranges_on
from knowledge_base.model import Office
from knowledge_base.yaml_file import read_yaml

_WORDS: dict[str, tuple[str, ...]] = {
    name: tuple(starts) for name, starts in read_yaml(Path(__file__).with_name("words.yml")).items()
}
MOST_SHOWN = 8


@dataclass(frozen=True)
class PlaceQuestion:
    """What a question for places asks."""

    is_one: bool
    open_now: bool
    step_free: bool
    part: str | None
    """Part of the town that is named."""


def read_place_question(text: str, parts: Sequence[str]) -> PlaceQuestion:
    """Read whether a list is asked for, and which places."""
    words = fold(text).split()
    named = {name: any(word in _WORDS[name] for word in words) for name in ("list", "open")}
    named["step_free"] = any(word.startswith(_WORDS["step_free"]) for word in words)
    part = next((part for part in parts[1:] if fold(part) in words), None)
    return PlaceQuestion(any(named.values()) or part is not None, named["open"], named["step_free"], part)


@dataclass(frozen=True)
class PlaceTeller:
    """Tells the places of one service in one language, at one moment."""

    places: Sequence[Office]
    language: str
    texts: Texts
    now: datetime
    """Aware, in the town's time zone."""
    holidays: str

    def tell(self, question: PlaceQuestion) -> str:
        """Return the places that fit; when none does, say so and name all."""
        fitting = [place for place in self.places if self._fits(place, question)]
        lead = "utter_places_these" if fitting else "utter_places_none_fits"
        shown = (fitting or list(self.places))[:MOST_SHOWN]
        lines = [self._say(lead), *(self._line(place) for place in shown)]
        if any(place.to_confirm for place in shown):
            lines.append(self._say("utter_services_to_confirm"))
        oldest = min(shown, key=lambda place: place.source.checked).source
        lines.append(self._say("utter_services_source", source=oldest.name, checked=format_day(oldest.checked, self.language)))
        return "\n".join(lines)

    def _fits(self, place: Office, question: PlaceQuestion) -> bool:
        if question.step_free and place.step_free is not True:
            return False
        if question.open_now and not is_open(place, self.now, subdivision=self.holidays):
            return False
        where = fold(f"{place.name.de} {place.address or ''}")
        return question.part is None or fold(question.part) in where

    def _line(self, place: Office) -> str:
        parts = [place.name.in_language(self.language)]
        if place.address:
            parts.append(place.address)
        if place.step_free:
            parts.append(self._say("utter_places_step_free"))
        today = ranges_on(place, self.now.date(), subdivision=self.holidays)
        if today.ranges:
            parts.append(self._say("utter_places_today", ranges=format_ranges(today.ranges, self.language)))
        return "– " + ", ".join(parts)

    def _say(self, key: str, **values: object) -> str:
        return self.texts.say(key, self.language, None, **values)
