"""The only door in. A turn is three steps: store what was said (that is the ack), answer it in one transaction, deliver.

Whatever happens in between, the message is answered: again after a crash, with an apology after an error.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from assistant.conversations import metrics
from assistant.conversations.choices import PATTERN, find_choice, fresh_buttons, last_turn_messages, typed_choice
from assistant.conversations.inbound import Accepted, Inbound, NotStored, Outbound, readable
from assistant.conversations.live import LiveConversations
from assistant.conversations.models import Conversation, Message
from assistant.conversations.service import (
    find_replies,
    list_unhandled,
    open_conversation,
    prolong,
    store_inbound,
    store_replies,
)
from assistant.database.session import Database
from assistant.dialogue.clause_reader import ClauseReader
from assistant.dialogue.dialogue import Dialogue
from assistant.dialogue.language import guess_language
from assistant.dialogue.reply import Reply
from assistant.dialogue.short_answers import short_answer
from assistant.dialogue.turn import Turn
from assistant.emergencies.kinds import Emergency
from assistant.emergencies.recognition import recognise_by_words
from assistant.errors import InvalidInput
from assistant.journal import get_journal, log_failure
from assistant.settings import Settings
from assistant.texts import Texts
from assistant.towns.served import ServedTown, ServedTowns

_journal = get_journal("conversations")
UNHANDLED_AFTER = timedelta(seconds=10)
"""A message that is older and still unhandled was left by a copy that died."""
DISCLOSED_BEFORE = frozenset({"web"})
"""Channels that say what they are before anybody can write."""
MOST_HEARD = 2_000
"""Characters of a message that are searched for an emergency when nothing can be stored."""
MOST_LEFT_BEHIND = 50
"""Messages answered in one round of the background work, which must be over before its lease is."""

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The real clock."""
    return datetime.now(UTC)


class Reception:
    """Receives messages of all channels for all towns."""

    def __init__(
        self,
        database: Database,
        dialogue: Dialogue,
        towns: ServedTowns,
        settings: Settings,
        clock: Clock = utc_now,
    ) -> None:
        self._database = database
        self._dialogue = dialogue
        self._towns = towns
        self._texts = Texts()
        self._settings = settings
        self._clock = clock
        self._turns: dict[str, asyncio.Lock] = {}
        self._waiting: dict[str, int] = {}
        self.live = LiveConversations()
        self._answering: set[asyncio.Task[None]] = set()

    async def receive(self, inbound: Inbound) -> list[Outbound]:
        """Store a message, answer it, and return the answer.

        Raises:
            NotFound: there is no such town.
            SQLAlchemyError: the message could not even be stored; the channel must not ack it. An emergency is answered
                with its number all the same.
        """
        try:
            accepted = await self.accept(inbound)
        except SQLAlchemyError as error:
            return self._card_at_least(inbound, error)
        if accepted.is_handled:
            return await self._stored_answer(accepted.message_id)
        return await self.answer(accepted.message_id, accepted.conversation_id)

    async def accept(self, inbound: Inbound) -> Accepted:
        """Store a message; once this returns it is not lost any more, and :meth:`answer` may follow.

        Raises:
            NotFound: there is no such town.
            SQLAlchemyError: the message could not be stored.
        """
        self._towns[inbound.town]
        now = self._clock()
        async with self._database.writing() as session:
            conversation = await open_conversation(session, inbound, now, self._settings.chat_days)
            await self._database.lock_conversation(session, conversation.id)
            prolong(conversation, now, self._settings.chat_days)
            message = await store_inbound(session, conversation, inbound, now)
            accepted = Accepted(message.id, conversation.id, message.sequence, message.handled_at is not None)
        self.live.wake(accepted.conversation_id)
        return accepted

    async def accept_if_possible(self, inbound: Inbound) -> Accepted | NotStored:
        """The same for channels that confirm each message: a failure of the database is no error to them."""
        try:
            return await self.accept(inbound)
        except SQLAlchemyError as error:
            log_failure(_journal, "message_not_stored", error)
            text = inbound.text[:MOST_HEARD]
            cards = self._card_by_words(text, guess_language(text).code)
            return NotStored(tuple(Outbound(card.text, dict(card.custom or {})) for card in cards))

    async def answer(self, message_id: int, conversation_id: str) -> list[Outbound]:
        """Answer a stored message, one at a time per conversation; a failure is answered with an apology."""
        async with self._one_turn(conversation_id):
            try:
                return await self._answer(message_id)
            except Exception as error:  # noqa: BLE001 - one of the four named places: every failure ends in a sentence
                log_failure(_journal, "turn_failed", error)
                self._dialogue.forget(conversation_id)
                return await self._apologise(message_id)
            finally:
                self.live.wake(conversation_id)

    def forget(self, conversation_id: str) -> None:
        """Drop what is in memory of a conversation that was deleted."""
        self._dialogue.forget(conversation_id)

    def answer_soon(self, accepted: Accepted) -> None:
        """Answer a stored message beside everything else; followers of the conversation are woken by the answer."""
        task = asyncio.create_task(self._answer_accepted(accepted))
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def finish(self) -> None:
        """Wait for the answers that are under way; what a stop cuts off is answered after the next start."""
        await asyncio.gather(*self._answering, return_exceptions=True)
        await self.live.finish()

    async def _answer_accepted(self, accepted: Accepted) -> None:
        await self.answer(accepted.message_id, accepted.conversation_id)

    async def answer_unhandled(self) -> int:
        """Answer what a dead copy left behind; return how many messages that were."""
        async with self._database.reading() as session:
            ids = await list_unhandled(session, self._clock() - UNHANDLED_AFTER, MOST_LEFT_BEHIND)
            found = [(message_id, await session.get(Message, message_id)) for message_id in ids]
        for message_id, message in found:
            if message is not None:
                await self.answer(message_id, message.conversation_id)
        return len(found)

    async def _answer(self, message_id: int) -> list[Outbound]:
        started = perf_counter()
        reader = await self._encode(message_id)
        encoded = perf_counter() - started
        async with self._database.writing() as session:
            message, conversation = await self._locked(session, message_id)
            if message.handled_at is not None:
                return await find_replies(session, message_id)
            turn = self._turn(session, conversation, message, reader)
            replies = await self._replies(turn, conversation, message)
            outbound = await store_replies(session, conversation, message, replies, self._clock())
            storing = perf_counter()
        turn.timings.update(encode=encoded, send=perf_counter() - storing, whole=perf_counter() - started)
        self._note(turn, outbound)
        return outbound

    async def _locked(self, session: AsyncSession, message_id: int) -> tuple[Message, Conversation]:
        """Return a message and its conversation as they are now that no other copy works on them."""
        message = await session.get_one(Message, message_id)
        await self._database.lock_conversation(session, message.conversation_id)
        await session.refresh(message)
        return message, await session.get_one(Conversation, message.conversation_id)

    async def _encode(self, message_id: int) -> ClauseReader:
        """Encode in a thread before the turn, so that neither the event loop nor a transaction waits for it."""
        async with self._database.reading() as session:
            message = await session.get_one(Message, message_id)
            conversation = await session.get_one(Conversation, message.conversation_id)
        town = self._towns[conversation.town]
        reader = self._dialogue.reader(town)
        with suppress(InvalidInput):  # what cannot be read is answered by the rim
            await asyncio.to_thread(self._encode_clauses, message.text or "", reader, town)
        return reader

    def _encode_clauses(self, text: str, reader: ClauseReader, town: ServedTown) -> None:
        """Encode what will be compared; a button, a bare yes, no or stop, and digits need no vector."""
        if town.search.index.is_on_reserve or PATTERN.fullmatch(text.strip()) or short_answer(text):
            return
        for clause in reader.texts_to_encode(readable(text)):
            if any(char.isalpha() for char in clause):
                town.search.index.encode(clause)

    def _turn(self, session: AsyncSession, conversation: Conversation, message: Message, reader: ClauseReader) -> Turn:
        town = self._towns[conversation.town]
        return Turn(
            conversation_id=conversation.id,
            town=town,
            channel=conversation.channel,
            now=self._clock().astimezone(town.profile.time_zone),
            delete_after=message.delete_after,
            session=session,
            texts=self._texts,
            settings=self._settings,
            reader=reader,
        )

    async def _replies(self, turn: Turn, conversation: Conversation, message: Message) -> list[Reply]:
        """Decide who answers: the emergency card, the rim for what cannot be read, else the dialogue."""
        raw = message.text or ""
        language = conversation.language or guess_language(raw[:500]).code
        pressed = PATTERN.fullmatch(raw.strip()) is not None
        recognised = None if pressed else self._dialogue.emergency_in(raw, turn.reader, turn.town)
        if recognised is None:
            replies = await self._understood(turn, conversation, message, language)
        elif recognised.is_sure or not self._is_service_question(raw, turn):
            replies = await self._emergency(turn, recognised.emergency, raw, language)
        else:
            answers = await self._understood(turn, conversation, message, language)
            replies = [self._card(recognised.emergency, raw, language), *answers]
        if not replies:
            replies = [self._sorry(language)]
        return self._disclosed(replies, turn, language, message, is_emergency=recognised is not None)

    def _is_service_question(self, raw: str, turn: Turn) -> bool:
        """Tell whether a message that may be an emergency surely asks about a service, too."""
        reading = turn.reader.read_message(readable(raw))
        return reading.certainty >= turn.reader.certainties.answer

    async def _understood(self, turn: Turn, conversation: Conversation, message: Message, language: str) -> list[Reply]:
        raw = message.text or ""
        messages = await last_turn_messages(turn.session, conversation.id)
        pressed = PATTERN.fullmatch(raw.strip())
        meant = pressed.group() if pressed else typed_choice(raw, messages)
        found = await find_choice(turn.session, conversation.id, meant, self._clock()) if meant else None
        choice = message.content.get("act") or found
        if pressed and choice is None:
            return await self._expired(turn, language, messages)
        turn = replace(turn, choice=choice)
        try:
            text = raw if choice else readable(raw)
        except InvalidInput as refused:
            resumed = await self._dialogue.resume_form(turn)
            return [self._said(refused.response, language), *resumed.replies]
        outcome = await self._dialogue.respond(turn, text, str(message.id))
        conversation.language = outcome.language
        return outcome.replies

    async def _emergency(self, turn: Turn, emergency: Emergency, raw: str, language: str) -> list[Reply]:
        """The card first; an open form asks again after it, so that nothing is lost."""
        resumed = await self._dialogue.resume_form(turn)
        return [self._card(emergency, raw, language), *resumed.replies]

    def _card(self, emergency: Emergency, raw: str, language: str) -> Reply:
        """The number, in the language of this very message if that is clear."""
        guess = guess_language(raw[:500])
        if guess.is_sure:
            language = "de" if guess.code == "de" else "en"
        say = self._texts.say
        text = f"{say(f'utter_emergencies_{emergency.kind}', language)} {say('utter_emergencies_machine', language)}"
        kind = "crisis" if emergency.crisis else "emergency"
        return Reply(text, {"type": kind, "number": emergency.number, "kind": emergency.kind})

    def _disclosed(
        self, replies: list[Reply], turn: Turn, language: str, message: Message, *, is_emergency: bool
    ) -> list[Reply]:
        """The first message says what it is (AI Act, Art. 50); an emergency card says so at its end."""
        if message.sequence != 1 or is_emergency or turn.channel in DISCLOSED_BEFORE:
            return replies
        disclosure = self._texts.say("utter_session_disclosure", language, town=turn.town.profile.name)
        first = replies[0]
        return [replace(first, text=f"{disclosure}\n\n{first.text or ''}".strip()), *replies[1:]]

    async def _expired(self, turn: Turn, language: str, messages: list[Message]) -> list[Reply]:
        """Say so, and offer the choice anew: the question of an open form, else the last buttons under new ids."""
        expired = self._said("utter_session_choice_expired", language)
        resumed = await self._dialogue.resume_form(turn)
        if resumed.replies:
            return [expired, *resumed.replies]
        return [replace(expired, buttons=await fresh_buttons(turn.session, turn.conversation_id, messages))]

    def _said(self, key: str, language: str) -> Reply:
        wording = self._texts.wording(key, language)
        return Reply(wording.text, wording.custom)

    def _sorry(self, language: str) -> Reply:
        label = self._texts.say("utter_callbacks_label_request", language)
        return replace(
            self._said("utter_session_sorry", language), buttons=({"title": label, "act": {"intent": "request_callback"}},)
        )

    async def _apologise(self, message_id: int) -> list[Outbound]:
        """Answer with an apology; if even that cannot be stored it is said all the same."""
        metrics.FAILURES.inc()
        try:
            async with self._database.writing() as session:
                message, conversation = await self._locked(session, message_id)
                if message.handled_at is not None:
                    return await find_replies(session, message_id)
                language = conversation.language or guess_language((message.text or "")[:500]).code
                replies = [*self._card_by_words(message.text or "", language), self._sorry(language)]
                return await store_replies(session, conversation, message, replies, self._clock())
        except Exception as error:  # noqa: BLE001 - the same named place: the database may be what failed
            log_failure(_journal, "apology_not_stored", error)
            sorry = self._said("utter_session_sorry", "de")
            return [Outbound(sorry.text, dict(sorry.custom or {}))]

    def _card_at_least(self, inbound: Inbound, error: SQLAlchemyError) -> list[Outbound]:
        """Name the number of an emergency although nothing can be stored; raise the error for everything else."""
        text = inbound.text[:MOST_HEARD]
        cards = self._card_by_words(text, guess_language(text).code)
        if not cards:
            raise error
        log_failure(_journal, "emergency_not_stored", error)
        return [Outbound(card.text, dict(card.custom or {})) for card in cards]

    def _card_by_words(self, raw: str, language: str) -> list[Reply]:
        """An emergency is answered whatever else fails; its words need nothing."""
        recognised = recognise_by_words(raw)
        return [self._card(recognised.emergency, raw, language)] if recognised else []

    async def _stored_answer(self, message_id: int) -> list[Outbound]:
        async with self._database.reading() as session:
            return await find_replies(session, message_id)

    def _note(self, turn: Turn, outbound: list[Outbound]) -> None:
        kinds = [str(message.custom.get("type")) for message in outbound]
        durations = {f"{name}_ms": round(seconds * 1000, 1) for name, seconds in turn.timings.items()}
        metrics.TURNS.labels(turn.channel, kinds[0]).inc()
        metrics.TURN_SECONDS.observe(turn.timings["whole"])
        _journal.info("turn_answered", town=turn.town.profile.key, channel=turn.channel, kinds=kinds, **durations)

    @asynccontextmanager
    async def _one_turn(self, conversation_id: str) -> AsyncIterator[None]:
        """First come, first served within a conversation; nothing is kept for conversations that are silent."""
        lock = self._turns.setdefault(conversation_id, asyncio.Lock())
        self._waiting[conversation_id] = self._waiting.get(conversation_id, 0) + 1
        try:
            async with lock:
                yield
        finally:
            self._waiting[conversation_id] -= 1
            if not self._waiting[conversation_id]:
                del self._waiting[conversation_id], self._turns[conversation_id]


def as_json(message: Outbound, recipient: str) -> dict[str, Any]:
    """Return an outbound message in the shape of Rasa's REST channel, with our ``custom``."""
    found: dict[str, Any] = {"recipient_id": recipient, "custom": message.custom}
    if message.text:
        found["text"] = message.text
    if message.buttons:
        found["buttons"] = list(message.buttons)
    if message.image:
        found["image"] = message.image
    return found
