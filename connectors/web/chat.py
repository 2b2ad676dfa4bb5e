"""What a web chat does behind both of its transports: take frames in, hand on what is new."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from assistant.conversations.inbound import Inbound, NotStored
from assistant.conversations.live import Follower
from assistant.conversations.reception import Reception, as_json
from assistant.conversations.service import delete_conversation, find_conversation, list_messages
from assistant.conversations.transcript import Entry, entry_of
from assistant.database.session import Database
from assistant.errors import NotFound
from assistant.feedback.service import store_feedback
from assistant.public.texts import WORDINGS
from connectors.web.limits import Limit
from connectors.web.tokens import Ticket
from connectors.web.wire import Ended, Frame, Judged, Said, Switched, error_frame, message_frame

CHANNEL = "web"
MESSAGES_AT_ONCE, MESSAGES_PER_SECOND = 20, 1
LOOK_AGAIN_SECONDS = 60.0
"""However well followers are woken, the table is read this often."""
LOOK_FOR_OTHER_COPIES_SECONDS = 5.0
"""The same where other copies may answer that nothing wakes us for."""
WORDING_ACTS = {
    "de": {"intent": "change_language", "entities": {"language": "de", "plain": False}},
    "plain": {"intent": "turn_plain_on", "entities": {"language": "de", "plain": True}},
    "en": {"intent": "change_language", "entities": {"language": "en", "plain": False}},
}
"""What the language switch does."""


@dataclass
class WebChats:
    """All web chats of one copy."""

    reception: Reception
    database: Database
    is_woken_by_others: bool
    """Whether other copies wake us, or there are none."""
    limit: Limit = field(default_factory=lambda: Limit(MESSAGES_AT_ONCE, MESSAGES_PER_SECOND))

    async def take(self, ticket: Ticket, frame: Frame) -> dict[str, Any] | None:
        """Do what a frame asks for; return the frame that confirms or refuses it, if any.

        A message is confirmed once it is stored; its answer follows by :meth:`news`.
        """
        if not self.limit.allows(ticket.address):
            return error_frame("too_fast", getattr(frame, "id", None))
        if isinstance(frame, Said | Switched):
            return await self._say(ticket, frame)
        if isinstance(frame, Judged):
            return await self._judge(ticket, frame)
        if isinstance(frame, Ended):
            return await self._end(ticket)
        return None

    async def news(self, ticket: Ticket, last: int, follower: Follower) -> AsyncIterator[dict[str, Any]]:
        """Yield every message behind ``last`` as a frame, what is stored first, until the follower leaves.

        Reading is never cut off in the middle, which would leave a connection of the database open.
        """
        with self.reception.live.visiting(follower):
            async for frame in self._news(ticket, last, follower):
                yield frame

    async def _news(self, ticket: Ticket, last: int, follower: Follower) -> AsyncIterator[dict[str, Any]]:
        live, before = self.reception.live, None
        while not follower.is_gone:
            now = await live.read(self._conversation_id(ticket))  # none before the first message
            if before and now != before:
                last = 0
                yield {"t": "ended"}
            before = now
            with live.following(now or ticket.address, follower):
                entries = await live.read(self.entries(ticket, last))
                for entry in entries:
                    last = entry.sequence
                    yield message_frame(entry)
                if entries and now is None:
                    continue  # it came into being meanwhile: follow the conversation itself
                await follower.wait(LOOK_AGAIN_SECONDS if self.is_woken_by_others else LOOK_FOR_OTHER_COPIES_SECONDS)

    async def entries(self, ticket: Ticket, last: int = 0) -> list[Entry]:
        """Return what was said behind a place in the conversation."""
        async with self.database.reading() as session:
            conversation = await find_conversation(session, ticket.town, CHANNEL, ticket.address)
            if conversation is None:
                return []
            return [entry_of(message) for message in await list_messages(session, conversation.id, last)]

    async def _conversation_id(self, ticket: Ticket) -> str | None:
        async with self.database.reading() as session:
            conversation = await find_conversation(session, ticket.town, CHANNEL, ticket.address)
        return conversation.id if conversation else None

    async def _say(self, ticket: Ticket, frame: Said | Switched) -> dict[str, Any]:
        accepted = await self.reception.accept_if_possible(_inbound(ticket, frame))
        if isinstance(accepted, NotStored):
            return error_frame("not_stored", frame.id) | {"cards": [as_json(card, "") for card in accepted.cards]}
        self.reception.live.wake(ticket.address)
        if not accepted.is_handled:
            self.reception.answer_soon(accepted)
        return {"t": "ack", "id": frame.id, "seq": accepted.sequence}

    async def _judge(self, ticket: Ticket, frame: Judged) -> dict[str, Any]:
        async with self.database.writing() as session:
            conversation = await find_conversation(session, ticket.town, CHANNEL, ticket.address)
            if conversation is None:
                return error_frame("no_such_answer")
            try:
                await store_feedback(session, conversation, frame.sequence, (frame.helpful, frame.reason), datetime.now(UTC))
            except NotFound:
                return error_frame("no_such_answer")
        return {"t": "thanks", "seq": frame.sequence}

    async def _end(self, ticket: Ticket) -> dict[str, Any]:
        """Delete the conversation; a turn that is under way finds nothing to answer any more."""
        async with self.database.writing() as session:
            conversation = await find_conversation(session, ticket.town, CHANNEL, ticket.address)
            if conversation is not None:
                await self.database.lock_conversation(session, conversation.id)
                await delete_conversation(session, conversation.id)
        if conversation is not None:
            self.reception.forget(conversation.id)
            self.reception.live.wake(conversation.id)
        return {"t": "ended"}


def _inbound(ticket: Ticket, frame: Said | Switched) -> Inbound:
    if isinstance(frame, Said):
        return Inbound(ticket.town, CHANNEL, ticket.address, frame.text, frame.id)
    return Inbound(ticket.town, CHANNEL, ticket.address, WORDINGS[frame.wording], frame.id, WORDING_ACTS[frame.wording])
