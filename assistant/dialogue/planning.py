"""From a message and the dialogue's state to acts: buttons, choices, short answers, answers to a form, then wishes."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assistant.callbacks import form as callback_form
from assistant.callbacks.details import NO_PHONE, lacks_phone, tells_topic
from assistant.dialogue.acts import OPENERS, SECTION_INTENTS, TALK, TELL_EVENT, TOPICS, Act
from assistant.dialogue.choosing import choose
from assistant.dialogue.clause_reader import ClauseReader
from assistant.dialogue.deciding import CLEAR_INTENT, FEW_WORDS, LIKELY_INTENT, Decider, answers_first, completed, stands_alone
from assistant.dialogue.language import guess_language
from assistant.dialogue.manipulation import is_manipulation
from assistant.dialogue.short_answers import is_language_wish, short_answer, wanted_language
from assistant.dialogue.state import DialogueState
from assistant.dialogue.wishes import asks
from assistant.towns.served import ServedTown
from assistant.waste.asking import SERVICES as WASTE_SERVICES
from assistant.waste.asking import read_waste_question

_CORRECTING = re.compile(
    r"^(?:nein|ne|nee|doch|falsch|halt|moment|stopp?|ich meinte|korrektur|no|sorry|wait|actually|i meant)\b[\s,.:!-]*",
    re.IGNORECASE,
)
_UNMISTAKABLE = TALK - {"greet", "thank", "insult", "chat_smalltalk", "say_goodbye"}
"""Talk that no name, time or topic looks like."""
_MEANWHILE = TALK | SECTION_INTENTS | OPENERS | {"ask_back", TELL_EVENT}
"""What may be said while a form waits for an answer."""
CLEAR_MANIPULATION = 0.5
"""From this probability on a message wants to make the assistant something else; its questions are not answered then."""
ASKS_ABOUT_FORM = 0.07
"""From this probability on a question that is about no service asks what the form wants a detail for."""
BARE_ANSWER = 4
"""Words; so short a time, number or name is just that, whatever wish it may look like by itself."""
LONG_REQUEST = 16
"""Words; a longer wish to be called says what it is about."""
CLEAR_TALK = 0.6
"""Inside a form, talk must be this probable, because an answer can look like it."""


class Planner:
    """Plans the acts of one message."""

    def __init__(self, reader: ClauseReader, town: ServedTown) -> None:
        self._reader = reader
        self._town = town
        self._decider = Decider(reader.certainties)

    def plan(self, text: str, state: DialogueState, choice: dict[str, Any] | None = None) -> list[Act]:
        """Return the acts of a message in the order in which they are answered; never none."""
        if choice is not None:
            return [_chosen(choice, text)]
        if is_manipulation(text) or not any(char.isalnum() for char in text):
            return [self._in_language(Act("out_of_scope", text), text, state)]
        if state.form is None and self._reader.read_message(text).intents["manipulate"] >= CLEAR_MANIPULATION:
            return [self._in_language(Act("manipulate", text), text, state)]
        acts = (
            self._short_acts(text, state)
            or self._form_acts(text, state)
            or self._waste_acts(text, state)
            or self._free_acts(text, state)
        )
        return [self._in_language(act, text, state) for act in acts]

    def _short_acts(self, text: str, state: DialogueState) -> list[Act]:
        """A choice from what is on offer, or a bare yes, no or stop."""
        if chosen := choose(text, state, self._town.knowledge):
            return [chosen]
        if is_language_wish(text):
            return [Act("change_language", text)]
        intent = short_answer(text)
        if intent is None:
            return []
        if state.form and state.asked_slot == "confirmed" and intent != "abort":
            return [Act("inform", text, entities={"confirmed": intent == "affirm"})]
        if state.form is None and state.offered == ("callback",) and intent != "abort":
            return [Act("request_callback" if intent == "affirm" else "reject_choices", text)]
        return [Act(intent, text)]

    def _waste_acts(self, text: str, state: DialogueState) -> list[Act]:
        """Another bin or the street, after a question for collection days."""
        if state.last_service not in WASTE_SERVICES or len(text.split()) > FEW_WORDS:
            return []
        question = read_waste_question(text, self._town.knowledge.waste)
        if not (question.bins or question.street or question.unknown_street):
            return []
        return [Act("ask_deadline", text, CLEAR_TALK, service=state.last_service, leaning=True)]

    def _form_acts(self, text: str, state: DialogueState) -> list[Act]:
        if state.form != callback_form.FORM:
            return []
        acts: list[Act] = []
        for clause in self._clauses_in_form(text, state):
            act = self._form_act(clause, state)
            if act.intent in ("inform", "correct") and acts and acts[-1].intent in ("inform", "correct"):
                acts[-1] = replace(acts[-1], entities={**acts[-1].entities, **act.entities})
            else:
                acts.append(act)
        helpful = [act for act in acts if act.intent != "out_of_scope"]
        if not helpful and len(acts) > 1:
            return [self._form_act(text, state)]
        return _details_first(helpful or acts[:1])

    def _clauses_in_form(self, text: str, state: DialogueState) -> list[str]:
        """Return the clauses of an answer; a topic that is told in several sentences stays whole unless one asks something."""
        clauses = self._reader.clauses(text)
        if state.asked_slot == "callback_topic" and not any(asks(clause) for clause in clauses):
            return [text]
        return clauses

    def _form_act(self, clause: str, state: DialogueState) -> Act:
        """Tell an answer to the open question from everything else that people say meanwhile."""
        reading = self._reader.read(clause, state.last_service)
        act = self._decider.decide(reading, state)
        if state.asked_slot == "callback_phone" and lacks_phone(clause):
            return Act("inform", clause, entities={"callback_phone": NO_PHONE})
        about_form = asks(clause) and reading.near < self._reader.certainties.offer
        if about_form and reading.intents["ask_privacy"] >= ASKS_ABOUT_FORM:
            return Act("ask_privacy", clause, reading.intents["ask_privacy"])
        corrected = _corrections(clause, act, state)
        if corrected:
            return Act("correct", clause, entities=dict(corrected))
        if _interrupts(act, clause, state):
            return act
        found = callback_form.details_in(clause, state.asked_slot)
        if found:
            return Act("inform", clause, entities=dict(found))
        if act.intent in ("abort", "deny", "affirm", "ask_back") or (
            act.intent in _MEANWHILE and act.confidence >= CLEAR_INTENT
        ):
            return act
        return Act("out_of_scope", clause, act.confidence)

    def _free_acts(self, text: str, state: DialogueState) -> list[Act]:
        """One act per clause that carries a wish of its own, else one for the whole message."""
        clauses = self._reader.clauses(text)
        together = self._decider.decide(self._reader.read_message(text, state.last_service), state)
        if len(clauses) < 2:
            return [_opened(together)]
        acts = self._acts_of(clauses, state)
        wishes = [act for act in acts if act.intent not in ("greet", "thank", "say_goodbye")] or acts
        single = self._told_by_a_clause(clauses, completed(together, wishes))
        ordered = answers_first(wishes) if len(wishes) > 1 else [single]
        opener = next((place for place, act in enumerate(ordered) if act.intent in OPENERS), len(ordered))
        return [_opened(act) if place == opener else act for place, act in enumerate(ordered)]

    def _told_by_a_clause(self, clauses: Sequence[str], act: Act) -> Act:
        """Where the whole message tells nothing, one of its sentences may tell the service."""
        if act.intent not in ("out_of_scope", "ask_back"):
            return act
        telling = max((self._reader.read(clause) for clause in clauses), key=lambda reading: reading.certainty)
        if telling.best is None or telling.certainty < self._reader.certainties.answer:
            return act
        asking = self._reader.read(next((clause for clause in clauses if asks(clause)), telling.text))
        return Act(asking.section_intent(telling.best), telling.text, telling.certainty, service=telling.best.slug)

    def _acts_of(self, clauses: Sequence[str], state: DialogueState) -> list[Act]:
        """Return the wishes of clauses that stand alone; each may lean on a service that one before it named."""
        acts: list[Act] = []
        named = None
        for clause in clauses:
            follows = replace(state, last_service=named or state.last_service, within_message=named is not None)
            reading = self._reader.read(clause, follows.last_service)
            act = self._decider.decide(reading, follows)
            if stands_alone(act, reading) and not any(act.wants_the_same_as(other) for other in acts):
                acts.append(act)
            named = act.service or (next(iter(reading.named)) if len(reading.named) == 1 else named)
        return [act for place, act in enumerate(acts) if not _only_names(act, acts[place + 1 :])]

    def _in_language(self, act: Act, text: str, state: DialogueState) -> Act:
        """Add what the act says about language and wording."""
        entities = dict(act.entities)
        guess = guess_language(text)
        if act.intent == "change_language":
            wanted = wanted_language(text)
            return replace(act, entities={**entities, **({"language": wanted} if wanted else {})})
        if guess.code in ("de", "en") and guess.is_sure and guess.code != state.language:
            entities["language"] = guess.code
        if act.intent in ("turn_plain_on", "turn_plain_off"):
            entities["plain"] = act.intent == "turn_plain_on"
        foreign = guess.code if guess.is_sure and guess.code not in ("de", "en") else None
        return replace(act, entities=entities, foreign=foreign)


def _corrections(clause: str, act: Act, state: DialogueState) -> dict[str, str]:
    """Return what a correction changes; empty when the clause is none."""
    correcting = _CORRECTING.match(clause)
    if not correcting and act.intent != "correct" and state.asked_slot != "confirmed":
        return {}
    if asks(clause) and (act.service or act.office):
        return {}
    return callback_form.corrections_in(clause[correcting.end() :] if correcting else clause)


def _interrupts(act: Act, clause: str, state: DialogueState) -> bool:
    """Tell whether an act does something else than answer the open question, although its words could be an answer."""
    if act.intent in SECTION_INTENTS | {"ask_back"}:
        return asks(clause) and (act.intent == "ask_back" or bool(act.service or act.office) or act.confidence >= CLEAR_TALK)
    says_when = state.asked_slot in ("callback_window", "callback_phone")
    is_about_it = act.intent == "request_callback" or (act.intent in OPENERS and len(clause.split()) <= BARE_ANSWER)
    if says_when and is_about_it and callback_form.details_in(clause, state.asked_slot):
        return False
    if act.intent in OPENERS:
        is_topic = state.asked_slot == "callback_topic" and (act.intent in TOPICS or len(clause.split()) > FEW_WORDS)
        return not is_topic and act.confidence >= CLEAR_INTENT
    return act.intent in _UNMISTAKABLE and act.confidence >= LIKELY_INTENT


def _only_names(act: Act, later: Sequence[Act]) -> bool:
    """Tell whether a clause only names the service that one after it asks about."""
    is_name = act.section is not None and not asks(act.text) and len(act.text.split()) <= BARE_ANSWER
    return is_name and any(other.service == act.service and other.leaning for other in later)


def _details_first(acts: list[Act]) -> list[Act]:
    return sorted(acts, key=lambda act: act.intent not in ("inform", "correct"))


def _opened(act: Act) -> Act:
    """Give an act that opens the form what its sentence already says."""
    if act.intent not in OPENERS:
        return act
    entities: dict[str, Any] = dict(callback_form.opening_details(act.text))
    if (act.intent in TOPICS and tells_topic(act.text)) or len(act.text.split()) > LONG_REQUEST:
        entities["callback_topic"] = " ".join(act.text.split())[:500]
    return replace(act, entities={**entities, **act.entities})


def _chosen(choice: dict[str, Any], text: str) -> Act:
    return Act(
        choice["intent"],
        text,
        service=choice.get("service"),
        office=choice.get("office"),
        entities=dict(choice.get("entities", {})),
    )
