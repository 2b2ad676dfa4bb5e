"""Turns what a clause says and where the dialogue stands into an act; pure.

Order: what asks on about the last service, what is said without doubt (a wish to talk to a person, to book, to report),
offices, services, then asking back, then declining.
"""

from dataclasses import dataclass, replace

from assistant.dialogue.acts import EVENT, OPENERS, SECTION_INTENTS, STRANGE, TALK, TELL_EVENT, Act
from assistant.dialogue.certainty import Certainties
from assistant.dialogue.reading import Reading
from assistant.dialogue.state import DialogueState
from assistant.dialogue.wishes import asks, asks_on
from knowledge_base.names import MOST_CHOICES

CLEAR_INTENT = 0.45
"""From this probability on a wish that is no service question is taken as such."""
CLEAR_QUESTION = 0.6
"""From this probability on a clause asks for something although it has no form of a question."""
SURE_OF_OFFICE = 0.6
"""The same for a question about hours or contact that names no office."""
CLEARLY_STRANGE = 0.4
"""From this probability on nothing is asked back: the clause is about another matter."""
LIKELY_INTENT = 0.3
"""The same where no service comes near."""
LEANS = 0.5
"""From this probability on a clause asks on about the last service."""
LEANS_WITHIN_MESSAGE = 0.25
"""The same where that service was named earlier in the same message."""
LEANS_ON_NOTHING_ELSE = 0.4
"""The same for a clear question that would be declined otherwise."""
BARE_QUESTION = 0.9
"""From this probability on a question, if it is short and names nothing, is bare."""
BARE_LEANS = 0.25
"""From this probability on a bare question asks on about the last service if it would be declined otherwise."""
BARE_WORDS = 2
"""A shared name in so few words is asked back about whatever else it may be."""
FEW_WORDS = 6
"""A bare question is no longer."""
NAMED_ENOUGH = 0.5
"""From this certainty on a service that the clause calls by its name is answered."""
ONLY_ONE = 0.96
"""From this probability of being among the first three on, a service is answered if no other comes near: there is no choice."""
LEAST_NEAR = 0.05
"""A service that is offered has at least this confidence."""
YES_NO = frozenset({"affirm", "deny", "abort", "correct"})


@dataclass(frozen=True)
class Decider:
    """Decides acts by the thresholds that were learned."""

    thresholds: Certainties

    def decide(self, reading: Reading, state: DialogueState) -> Act:
        """Return what the clause does."""
        act = (
            _asks_on_about_office(reading, state)
            or _asks_on(reading, state, LEANS_WITHIN_MESSAGE if state.within_message else LEANS)
            or self._life_event(reading)
            or self._plain_wish(reading)
            or self._office_question(reading)
            or self._service_question(reading)
            or _asks_on_for_want_of_better(reading, state)
            or self._unclear(reading)
        )
        return replace(act, on_reserve=reading.findings.on_reserve)

    def _life_event(self, reading: Reading) -> Act | None:
        """A birth, a death, a move that is told, where nothing single is asked."""
        told = reading.top_intent
        if not told.startswith(EVENT) or reading.foreign:
            return None
        enough = LIKELY_INTENT if reading.certainty < self.thresholds.answer else CLEAR_INTENT
        if reading.intents[told] < enough:
            return None
        return Act(TELL_EVENT, reading.text, reading.intents[told], event=told.removeprefix(EVENT))

    def _plain_wish(self, reading: Reading) -> Act | None:
        """A wish beside the services, said clearly enough."""
        if reading.cued and not reading.foreign:
            return Act(reading.cued, reading.text, max(reading.intents[reading.cued], CLEAR_INTENT))
        intent, probability = reading.top_intent, reading.intents[reading.top_intent]
        if (
            intent in SECTION_INTENTS
            or intent in STRANGE
            or intent.startswith(EVENT)
            or (reading.foreign and intent not in OPENERS)
        ):
            return None
        needed = max(CLEAR_INTENT, reading.certainty if reading.certainty >= self.thresholds.answer else 0.0)
        return Act(intent, reading.text, probability) if probability >= needed else None

    def _office_question(self, reading: Reading) -> Act | None:
        """Hours or contact of an office that is named, or of the town hall when nothing else is."""
        intent = reading.section_intent(None)
        service = next(iter(reading.named)) if len(reading.named) == 1 else None
        if reading.asks_for_hours and (service is None or intent == "ask_hours"):
            probability = max(reading.intents["ask_hours"], CLEAR_INTENT)
            return Act("ask_hours", reading.text, probability, service=service, office=reading.office)
        if service is not None:
            return None
        near = reading.intents["ask_where"] >= LIKELY_INTENT and reading.certainty < self.thresholds.answer
        if intent == "ask_where" and reading.office and near:
            return Act("ask_contact", reading.text, reading.intents["ask_where"], office=reading.office)
        if intent not in ("ask_hours", "ask_contact") or reading.intents[intent] < LIKELY_INTENT:
            return None
        if reading.office:
            return Act(intent, reading.text, reading.intents[intent], office=reading.office)
        unsure = reading.intents[intent] < SURE_OF_OFFICE or reading.strange >= LIKELY_INTENT
        if unsure or reading.certainty >= self.thresholds.answer or not reading.speaks_of_us:
            return None
        return Act(intent, reading.text, reading.intents[intent])

    def _service_question(self, reading: Reading) -> Act | None:
        """A question about a service that was found."""
        is_bare = len(reading.text.split()) <= BARE_WORDS
        if reading.ambiguous and (is_bare or (reading.asking >= LIKELY_INTENT and not _is_strange(reading))):
            return _ask_back(reading, reading.ambiguous)
        if reading.best and reading.certainty >= self.thresholds.answer:
            return Act(reading.section_intent(reading.best), reading.text, reading.certainty, service=reading.best.slug)
        return None

    def _unclear(self, reading: Reading) -> Act:
        """Ask back when something comes near, else decline."""
        is_named = reading.best is not None and reading.named == {reading.best.slug}
        if reading.best and is_named and reading.certainty >= NAMED_ENOUGH and not _is_strange(reading):
            intent = reading.section_intent(reading.best)
            return Act(intent, reading.text, reading.certainty, service=reading.best.slug, leaning=True)
        near = [found.slug for found in reading.findings.candidates if found.confidence >= LEAST_NEAR]
        if len(near) == 1 and reading.best and reading.near >= ONLY_ONE and not _is_strange(reading):
            intent = reading.section_intent(reading.best)
            return Act(intent, reading.text, reading.certainty, service=reading.best.slug, leaning=True)
        if near and (is_named or reading.near >= self.thresholds.offer) and not _is_strange(reading):
            return _ask_back(reading, tuple(near))
        if len(reading.named) == 1 and not _is_strange(reading):
            return _ask_back(reading, tuple(reading.named))
        intent, probability = reading.top_intent, reading.intents[reading.top_intent]
        if intent in TALK | OPENERS | YES_NO | {"ask_status"} and probability >= LIKELY_INTENT:
            return Act(intent, reading.text, probability)
        return Act("out_of_scope", reading.text, max(reading.strange, 1 - reading.certainty))


def stands_alone(act: Act, reading: Reading) -> bool:
    """Tell whether a clause of a longer message is a wish of its own."""
    if act.intent in OPENERS | {"greet", "thank", "say_goodbye", "ask_status"}:
        return act.confidence >= CLEAR_INTENT
    if act.section is None or not (act.service or act.office or act.confidence >= CLEAR_INTENT):
        return False
    return asks(reading.text) or (reading.asking >= CLEAR_QUESTION and act.section != "general")


def completed(together: Act, wishes: list[Act]) -> Act:
    """A single question inside a story: the story says which service, the question which section."""
    if wishes and wishes[0].section and together.section and together.service:
        return replace(together, intent=wishes[0].intent)
    if wishes and together.intent in ("out_of_scope", "ask_back"):
        return wishes[0]
    return together


def answers_first(acts: list[Act]) -> list[Act]:
    """Questions are answered before a form is opened; the forms keep their order."""
    return [act for act in acts if act.intent not in OPENERS] + [act for act in acts if act.intent in OPENERS]


def _asks_on(reading: Reading, state: DialogueState, enough: float) -> Act | None:
    """A question that leans on the service asked about before."""
    if state.last_service is None or reading.leaning < enough:
        return None
    same = next((found for found in reading.findings.candidates if found.slug == state.last_service), None)
    named = state.last_service in reading.named
    return Act(reading.section_intent(same), reading.text, reading.leaning, service=state.last_service, leaning=not named)


def _asks_on_about_office(reading: Reading, state: DialogueState) -> Act | None:
    """A short question about another day, or about the place, of the office told about last."""
    is_short = len(reading.text.split()) <= FEW_WORDS and not reading.named and reading.office is None
    if state.last_office is None or not is_short or not asks_on(reading.text):
        return None
    if reading.names_time:
        return Act("ask_hours", reading.text, CLEAR_INTENT, office=state.last_office)
    wanted = reading.section_intent(None)
    if wanted not in ("ask_where", "ask_contact", "ask_hours") or reading.intents[wanted] < LIKELY_INTENT:
        return None
    return Act(
        "ask_contact" if wanted == "ask_where" else wanted, reading.text, reading.intents[wanted], office=state.last_office
    )


def _asks_on_for_want_of_better(reading: Reading, state: DialogueState) -> Act | None:
    """A question that would be declined otherwise."""
    bare = reading.asking >= BARE_QUESTION and len(reading.text.split()) <= FEW_WORDS and not reading.named
    if bare and reading.certainty < LEANS:
        return _asks_on(reading, state, BARE_LEANS)
    return _asks_on(reading, state, LEANS_ON_NOTHING_ELSE) if reading.asking >= CLEAR_QUESTION else None


def _ask_back(reading: Reading, slugs: tuple[str, ...]) -> Act:
    """Offer at most three services, the likeliest first."""
    sure = reading.findings.confidences
    ranked = sorted(slugs, key=lambda slug: -sure.get(slug, 0.0))[:MOST_CHOICES]
    wanted = reading.section_intent(None).removeprefix("ask_")
    return Act("ask_back", reading.text, reading.certainty, candidates=tuple(ranked), wanted=wanted)


def _is_strange(reading: Reading) -> bool:
    return not reading.foreign and reading.strange >= CLEARLY_STRANGE
