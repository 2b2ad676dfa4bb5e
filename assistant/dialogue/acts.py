"""The noun act: one thing a citizen does with a message, in the shape that Rasa's rules and our actions read."""

from dataclasses import dataclass, field
from typing import Any

SECTION_INTENTS = frozenset(
    f"ask_{section}"
    for section in ("general eligibility documents fees procedure duration deadline where online legal hours contact".split())
)
OPENERS = frozenset({"request_callback", "request_person", "complain", "report_defect", "book_appointment"})
"""Intents that open a form."""
TOPICS = frozenset({"complain", "report_defect", "book_appointment"})
"""Openers whose words are what the call is about."""
STRANGE = frozenset({"out_of_scope", "manipulate"})
"""Intents that are none of a town hall's."""
TELL_EVENT = "tell_event"
EVENT = f"{TELL_EVENT}_"
"""What the sentence model calls life events: this and the event's slug."""
TALK = frozenset(
    {
        "greet",
        "thank",
        "say_goodbye",
        "ask_help",
        "challenge_bot",
        "insult",
        "chat_smalltalk",
        "change_language",
        "turn_plain_on",
        "turn_plain_off",
        "repeat_answer",
        "restart_conversation",
        "ask_privacy",
    }
)


@dataclass(frozen=True)
class Act:
    """One wish, answer or remark."""

    intent: str
    text: str
    """The clause that says it."""
    confidence: float = 1.0
    service: str | None = None
    office: str | None = None
    candidates: tuple[str, ...] = ()
    """Slugs to ask back about."""
    wanted: str | None = None
    """The section that was asked for, when the service must be asked back first."""
    event: str | None = None
    """Slug of the life event that is told."""
    entities: dict[str, Any] = field(default_factory=dict)
    """Values for slots, by entity name."""
    foreign: str | None = None
    """Code of a language that we read but do not write."""
    on_reserve: bool = False
    leaning: bool = False
    """Whether the service is the one asked about before, so that the answer has to name it."""

    @property
    def section(self) -> str | None:
        """The section asked for, if a service or office is asked about."""
        return self.intent.removeprefix("ask_") if self.intent in SECTION_INTENTS else None

    def wants_the_same_as(self, other: "Act") -> bool:
        """Tell whether another act of the same message is answered with the same words."""
        return (self.intent, self.service, self.office) == (other.intent, other.service, other.office)

    def as_parse_data(self) -> dict[str, Any]:
        """Return what Rasa stores of an utterance: intent, entities, and the act itself for our actions."""
        return {
            "text": self.text,
            "intent": {"name": self.intent, "confidence": self.confidence},
            "entities": [{"entity": name, "value": value} for name, value in self.entities.items()],
            "act": {
                "section": self.section or self.wanted,
                "service": self.service,
                "office": self.office,
                "event": self.event,
                "candidates": list(self.candidates),
                "confidence": round(self.confidence, 3),
                "foreign": self.foreign,
                "on_reserve": self.on_reserve,
                "leaning": self.leaning,
            },
        }
