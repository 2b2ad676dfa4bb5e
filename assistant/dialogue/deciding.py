"""Turns what a clause says and where the dialogue stands into an act; pure.

Order: what is said without doubt (a wish to talk to a person, to book, to report), then services, then what leans on the
last service, then asking back, then declining.
"""

from dataclasses import dataclass, replace

from assistant.dialogue.acts import OPENERS, SECTION_INTENTS, TALK, Act
from assistant.dialogue.reading import Reading
from assistant.dialogue.state import DialogueState
from assistant.dialogue.wishes import asks
from knowledge_base.calibration import Calibration
from knowledge_base.folding import fold
from knowledge_base.names import MOST_CHOICES

CLEAR_INTENT = 0.45
"""From this probability on a wish that is no service question is taken as such."""
SURE_OF_OFFICE = 0.6
"""The same for a question about hours or contact that names no office."""
LIKELY_INTENT = 0.3
"""The same where no service comes near."""
LITTLE_DOUBT = 0.12
"""Up to this probability of another matter a question without any name still leans on the last service."""
FEWER_WORDS = 9
"""A follow-up is short; longer questions name what they are about."""
SWITCH = 0.93
"""From this certainty on a short question means another service than the last one without naming it."""
OFFICE_WORDS = frozenset({"ask_hours", "ask_contact", "ask_where"})
LEANING = frozenset("und un da dafur dazu dort daran davon damit dabei and there".split())
"""Words that lean on what was said before."""
SWITCH_LEANING = 0.97
"""The certainty needed to leave the last service although the question leans on it."""
YES_NO = frozenset({"affirm", "deny", "abort", "correct"})


@dataclass(frozen=True)
class Decider:
    """Decides acts under one calibration."""

    calibration: Calibration

    def decide(self, reading: Reading, state: DialogueState) -> Act:
        """Return what the clause does."""
        act = self._plain_wish(reading) or self._office_question(reading, state) or self._service_question(reading, state)
        act = act or self._unclear(reading, state)
        return replace(act, on_reserve=reading.findings.on_reserve)

    def _plain_wish(self, reading: Reading) -> Act | None:
        """A wish beside the services, said clearly enough."""
        intent, probability = reading.top_intent, reading.intents[reading.top_intent]
        if intent in SECTION_INTENTS or intent == "out_of_scope" or (reading.foreign and intent not in OPENERS):
            return None
        certain = self._certainty(reading)
        needed = CLEAR_INTENT if certain < self.calibration.answer or intent in OPENERS else max(CLEAR_INTENT, certain)
        return Act(intent, reading.text, probability) if probability >= needed else None

    def _office_question(self, reading: Reading, state: DialogueState) -> Act | None:
        """Hours or contact of an office that is named, or of the town hall when nothing else is."""
        intent = reading.section_intent(None)
        service = next(iter(reading.named)) if len(reading.named) == 1 else None
        if reading.asks_for_hours and (service is None or intent == "ask_hours"):
            probability = max(reading.intents["ask_hours"], CLEAR_INTENT)
            return Act("ask_hours", reading.text, probability, service=service, office=reading.office)
        if service is not None:
            return None
        if intent == "ask_where" and reading.office and self._certainty(reading) < self.calibration.answer:
            return Act("ask_contact", reading.text, reading.intents["ask_where"], office=reading.office)
        if intent not in ("ask_hours", "ask_contact") or reading.intents[intent] < LIKELY_INTENT:
            return None
        if reading.office:
            return Act(intent, reading.text, reading.intents[intent], office=reading.office)
        unsure = reading.intents[intent] < SURE_OF_OFFICE or reading.intents.get("out_of_scope", 0.0) >= LIKELY_INTENT
        if unsure or self._certainty(reading) >= self.calibration.answer or self._leans(reading, state):
            return None
        return Act(intent, reading.text, reading.intents[intent])

    def _service_question(self, reading: Reading, state: DialogueState) -> Act | None:
        """A question about a service that was found, or about the last one."""
        best = reading.best
        certain = self._certainty(reading)
        if state.last_service and self._leans(reading, state):
            same = next((found for found in reading.findings.candidates if found.slug == state.last_service), None)
            confidence = max(reading.asking, certain)
            return Act(reading.section_intent(same), reading.text, confidence, service=state.last_service)
        if reading.ambiguous and reading.asking >= LIKELY_INTENT and not self._strange(reading):
            return self._ask_back(reading, reading.ambiguous)
        if best and certain >= self.calibration.answer:
            return Act(reading.section_intent(best), reading.text, certain, service=best.slug)
        return None

    def _unclear(self, reading: Reading, state: DialogueState) -> Act:
        """Ask back when something comes near, else decline."""
        certain = self._certainty(reading)
        near = [found.slug for found in reading.findings.candidates if found.confidence >= self.calibration.offer / 2]
        if near and certain >= self.calibration.offer and not self._strange(reading):
            return self._ask_back(reading, tuple(near[:MOST_CHOICES]))
        intent, probability = reading.top_intent, reading.intents[reading.top_intent]
        if intent in TALK | OPENERS | YES_NO | {"ask_status"} and probability >= LIKELY_INTENT:
            return Act(intent, reading.text, probability)
        return Act("out_of_scope", reading.text, max(reading.intents.get("out_of_scope", 0.0), 1 - certain))

    def _ask_back(self, reading: Reading, slugs: tuple[str, ...]) -> Act:
        """Offer at most three services, the likeliest first."""
        sure = {found.slug: found.confidence for found in reading.findings.candidates}
        ranked = sorted(slugs, key=lambda slug: -sure.get(slug, 0.0))[:MOST_CHOICES]
        wanted = reading.section_intent(None).removeprefix("ask_")
        return Act("ask_back", reading.text, self._certainty(reading), candidates=tuple(ranked), wanted=wanted)

    def _strange(self, reading: Reading) -> bool:
        return not reading.foreign and reading.intents.get("out_of_scope", 0.0) >= CLEAR_INTENT

    def _certainty(self, reading: Reading) -> float:
        """How sure we are of the best service, less what speaks for a matter that is none of ours."""
        best = reading.best
        if best is None:
            return 0.0
        strange = 0.0 if reading.foreign else reading.intents.get("out_of_scope", 0.0)
        return best.confidence * (1 - strange)

    def _leans(self, reading: Reading, state: DialogueState) -> bool:
        """Tell whether a clause speaks of the last service without naming one."""
        words = fold(reading.text).split()
        if state.last_service is None or not words or len(words) > FEWER_WORDS or reading.asking < LIKELY_INTENT:
            return False
        if reading.named or reading.ambiguous:
            return state.last_service in reading.named or state.last_service in reading.ambiguous
        leaning = state.within_message or bool(LEANING & set(words[:4]))
        if reading.intents.get("out_of_scope", 0.0) >= (LIKELY_INTENT if leaning else LITTLE_DOUBT):
            return False
        if not asks(reading.text) and (not leaning or reading.section_intent(None) == "ask_general"):
            return False
        return self._certainty(reading) < (SWITCH_LEANING if leaning else SWITCH)


def wishes_in(readings: list[Reading], whole: Reading, decider: Decider, state: DialogueState) -> list[Act]:
    """Return the acts of a message: one per clause that carries a wish of its own, else one for the whole."""
    together = decider.decide(whole, state)
    if len(readings) < 2:
        return [together]
    acts: list[Act] = []
    for reading in readings:
        named = next((act.service for act in reversed(acts) if act.service), None)
        follows = replace(state, last_service=named or state.last_service, within_message=named is not None)
        act = decider.decide(reading, follows)
        if _stands_alone(act, reading) and all((act.intent, act.service) != (other.intent, other.service) for other in acts):
            acts.append(act)
    wishes = [act for act in acts if act.intent not in ("greet", "thank", "say_goodbye")] or acts
    if len(wishes) < 2:
        return [_completed(together, wishes)]
    return _answers_first(wishes)


def _stands_alone(act: Act, reading: Reading) -> bool:
    if act.intent in OPENERS | {"greet", "thank", "say_goodbye", "ask_status"}:
        return act.confidence >= CLEAR_INTENT
    return (
        act.section is not None
        and asks(reading.text)
        and (act.service is not None or act.office is not None or act.confidence >= CLEAR_INTENT)
    )


def _completed(together: Act, wishes: list[Act]) -> Act:
    """A single question inside a story: the story says which service, the question which section."""
    if wishes and wishes[0].section and together.section and together.service:
        return replace(together, intent=wishes[0].intent)
    if wishes and together.intent in ("out_of_scope", "ask_back"):
        return wishes[0]
    return together


def _answers_first(acts: list[Act]) -> list[Act]:
    """Questions are answered before a form is opened; the forms keep their order."""
    return [act for act in acts if act.intent not in OPENERS] + [act for act in acts if act.intent in OPENERS]
