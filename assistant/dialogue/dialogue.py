"""The dialogue: Rasa's agent with our store, our actions and no locks of its own."""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, cast

from rasa.core.actions.forms import FormAction
from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.domain import Domain

from assistant.conversations.inbound import readable
from assistant.dialogue.certainty import certainties
from assistant.dialogue.clause_reader import ClauseReader
from assistant.dialogue.in_process_actions import InProcessActions
from assistant.dialogue.patches import apply_patches
from assistant.dialogue.reply import Reply
from assistant.dialogue.tracker_store import SqlTrackerStore
from assistant.dialogue.turn import Turn, handling
from assistant.dialogue.turn_planner import intents_of
from assistant.dialogue.wording import FormAwareWording
from assistant.emergencies.recognition import Recognised, Recogniser, recognise_by_words
from assistant.errors import InvalidInput
from assistant.settings import Settings
from assistant.towns.served import ServedTown
from knowledge_base.sentence_model import SentenceModel

GREETING = "Guten Tag"
"""What the readiness check says to the model."""


class CollectingOutput(OutputChannel):
    """Collects what a turn says, whole messages instead of parts."""

    def __init__(self, channel: str) -> None:
        self._channel = channel
        self.replies: list[Reply] = []

    def name(self) -> str:  # type: ignore[override]
        """Name of the channel, by which Rasa chooses a response's variant."""
        return self._channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep one message."""
        buttons = tuple(message.get("buttons") or ())
        self.replies.append(Reply(message.get("text"), message.get("custom"), buttons, message.get("image")))


@dataclass
class Outcome:
    """What a turn led to."""

    replies: list[Reply]
    intents: list[str] = field(default_factory=list)
    language: str | None = None
    """The language that the dialogue goes on in."""


class Dialogue:
    """Understands, decides and acts for one turn at a time per conversation."""

    def __init__(
        self, processor: MessageProcessor, store: SqlTrackerStore, intents: SentenceModel, recogniser: Recogniser
    ) -> None:
        self._processor = processor
        self._store = store
        self._intents = intents
        self._recogniser = recogniser

    @classmethod
    def load(cls, model: Path, emergencies: SentenceModel, settings: Settings) -> "Dialogue":
        """Load a trained model of Rasa, and the one that hears emergencies before it."""
        apply_patches()
        for library in ("rasa", "rasa_sdk"):
            logging.getLogger(library).setLevel(logging.ERROR)
        agent = Agent.load(str(model), action_endpoint=InProcessActions("actions"))
        assert agent.processor is not None
        domain: Domain = agent.processor.domain
        store = SqlTrackerStore(domain, settings.dialogue_turns, timedelta(minutes=settings.dialogue_idle_minutes))
        # Rasa wraps every store it is given into one that answers from memory when the database fails.
        agent.tracker_store = agent.processor.tracker_store = store
        agent.processor.nlg = FormAwareWording(domain.responses)
        with TemporaryDirectory() as folder:
            return cls(agent.processor, store, intents_of(model, Path(folder)), Recogniser.load(emergencies))

    def reader(self, town: ServedTown) -> ClauseReader:
        """Return what understands clauses for a town, for one turn."""
        return ClauseReader(self._intents, certainties(), town)

    def emergency_in(self, text: str, reader: ClauseReader, town: ServedTown) -> Recognised | None:
        """Return the emergency that a message tells of; what cannot be read, and all on reserve, is judged by its words."""
        try:
            read = readable(text)
        except InvalidInput:
            return recognise_by_words(text)
        return recognise_by_words(text) if town.search.index.is_on_reserve else self._recogniser.recognise(read, reader)

    async def respond(self, turn: Turn, text: str, message_id: str) -> Outcome:
        """Handle one message: understand it once, then one Rasa turn per act, all answers collected."""
        output = CollectingOutput(turn.channel)
        with handling(turn):
            started = perf_counter()
            acts = await self._understood(turn, text, output, message_id)
            turn.took("understand", perf_counter() - started)
            for act in acts:
                await self._processor.handle_message(_message(turn, act["text"], output, message_id, act))
            tracker = await self._store.retrieve(turn.conversation_id)
        turn.took("decide", perf_counter() - started - turn.timings["understand"] - turn.timings.get("act", 0.0))
        language = tracker.get_slot("language") if tracker else None
        return Outcome(_ordered(output.replies), [act["intent"]["name"] for act in acts], language)

    async def resume_form(self, turn: Turn) -> Outcome:
        """Let an open form ask its question again; says nothing when none is open.

        No utterance is made up for it: a form that finds no answer in one rejects it, and the rules decline for ever.
        """
        output, rasa = CollectingOutput(turn.channel), self._processor
        with handling(turn):
            tracker = await self._store.retrieve(turn.conversation_id)
            if tracker is None or not tracker.active_loop_name:
                return Outcome([])
            form = FormAction(tracker.active_loop_name, rasa.action_endpoint)
            events = await form.request_next_slot(tracker, rasa.domain, output, rasa.nlg, [])
            tracker.update_with_events(events, rasa.domain)
            await rasa.execute_side_effects(events, tracker, output)
            await self._store.save(tracker)
        return Outcome(_ordered(output.replies))

    async def parse(self, turn: Turn, text: str) -> list[dict[str, Any]]:
        """Return the acts that a message would be understood as, without acting."""
        with handling(turn):
            tracker = await self._store.retrieve(turn.conversation_id)
            parsed = await self._processor.parse_message(UserMessage(text, sender_id=turn.conversation_id), tracker)
        return list(parsed["acts"])

    def understands(self) -> bool:
        """Tell whether the model tells a plain greeting from everything else, by its words alone."""
        intents = self._intents.probabilities(GREETING, None)
        return max(intents, key=lambda intent: intents[intent]) == "greet"

    def forget(self, conversation_id: str) -> None:
        """Drop the live copy of a conversation."""
        self._store.forget(conversation_id)

    def forget_idle(self, now: datetime) -> None:
        """Drop the live copies of conversations that are idle."""
        self._store.forget_idle(now)

    async def _understood(self, turn: Turn, text: str, output: CollectingOutput, message_id: str) -> list[dict[str, Any]]:
        message = _message(turn, text, output, message_id, None)
        tracker = await self._processor.fetch_tracker_and_update_session(turn.conversation_id, output)
        await self._store.save(tracker)
        parsed = await self._processor.parse_message(message, tracker)
        return list(parsed["acts"])


def _message(turn: Turn, text: str, output: CollectingOutput, message_id: str, act: dict[str, Any] | None) -> UserMessage:
    return UserMessage(
        text,
        output,
        turn.conversation_id,
        parse_data=cast(Any, act),
        input_channel=turn.channel,
        message_id=message_id,
    )


def _ordered(replies: list[Reply]) -> list[Reply]:
    """Of questions that a form repeats within one turn only the last is said, and it is said last."""
    questions = [reply for reply in replies if reply.asks]
    return [reply for reply in replies if not reply.asks] + questions[-1:]
