"""Where Rasa's trackers live: append-only rows, the current dialogue session in memory, failures never hidden."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from rasa.core.tracker_store import SerializedTrackerAsText, TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, SlotSet, UserUttered, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import insert, select

from assistant.dialogue.event_log import TrackerEvent
from assistant.dialogue.turn import current_turn

LIVE_TRACKERS = 128
"""Of about 100 KB each; an older one is read from the database again."""
CARRIED = ("language", "plain", "last_service", "offered", "misses", "agenda")
"""Slots that a new dialogue session starts with; never answers of a form."""
LAST_SERVICE_SECONDS = 30 * 60


@dataclass
class LiveTracker:
    """A tracker in memory and how much of it is stored."""

    tracker: DialogueStateTracker
    session: int
    stored: int
    """Events of the tracker that are in the database, counting those of the open transaction."""
    used_at: datetime
    first: int = 0
    """Position of the tracker's first event in the session; not 0 when the time of earlier ones is over."""

    @property
    def last(self) -> tuple[int, int]:
        """Session and position of the newest stored event."""
        return (self.session, self.first + self.stored - 1)

    @property
    def is_stored(self) -> bool:
        """False: a turn was cut off and left events that never happened."""
        return self.stored == len(self.tracker.events)


class SqlTrackerStore(TrackerStore, SerializedTrackerAsText):
    """Hands Rasa the current dialogue session and appends what the turn adds, in the turn's own transaction."""

    def __init__(self, domain: Domain, most_turns: int, idle: timedelta) -> None:
        super().__init__(domain)
        self.domain = domain
        self._most_turns = most_turns
        self._idle = idle
        self._live: OrderedDict[str, LiveTracker] = OrderedDict()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the session that goes on, or ``None`` for a new conversation.

        Raises:
            SQLAlchemyError: the database failed; stock Rasa would go on from memory and forget.
        """
        live = await self._current(sender_id)
        if live is None:
            return None
        live.used_at = current_turn().now
        self._live[sender_id] = live
        self._live.move_to_end(sender_id)
        while len(self._live) > LIVE_TRACKERS:
            self._live.popitem(last=False)
        if self._is_over(live.tracker):
            self._start_session(live)
        return live.tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Append the events that are not stored yet; the turn commits them."""
        turn = current_turn()
        live = self._live.get(tracker.sender_id)
        if live is None or live.tracker is not tracker:
            live = LiveTracker(tracker, session=0, stored=0, used_at=turn.now)
            self._live[tracker.sender_id] = live
        fresh = list(tracker.events)[live.stored :]
        for event in fresh:
            event.timestamp = turn.now.timestamp()  # Rasa stamps by the machine's clock, idle time is told by the turn's
        if fresh:
            await turn.session.execute(insert(TrackerEvent), self._rows(fresh, tracker.sender_id, live))
        live.stored = len(tracker.events)

    def forget(self, sender_id: str) -> None:
        """Drop the live copy: the turn was rolled back, or the conversation was deleted."""
        self._live.pop(sender_id, None)

    def forget_idle(self, now: datetime) -> None:
        """Drop the live copies of idle dialogues, so that nothing outlives its deletion in a copy's memory."""
        for sender_id in [sender_id for sender_id, live in self._live.items() if now - live.used_at > self._idle]:
            self.forget(sender_id)

    def _rows(self, events: Iterable[Event], sender_id: str, live: LiveTracker) -> list[dict[str, object]]:
        return [
            {
                "conversation_id": sender_id,
                "session": live.session,
                "position": live.first + live.stored + place,
                "event": event.as_dict(),
                "delete_after": current_turn().delete_after,
            }
            for place, event in enumerate(events)
        ]

    async def _current(self, sender_id: str) -> LiveTracker | None:
        """Return the live copy if it is as new as the database, else read it; another copy may have gone on meanwhile."""
        last = await self._last(sender_id)
        if last is None:
            self.forget(sender_id)
            return None
        live = self._live.get(sender_id)
        if live and live.is_stored and live.last == last:
            return live
        rows = await current_turn().session.scalars(
            select(TrackerEvent.event)
            .where(TrackerEvent.conversation_id == sender_id, TrackerEvent.session == last[0])
            .order_by(TrackerEvent.position)
        )
        tracker = self._tracker(sender_id, deserialise_events(list(rows)))
        stored = len(tracker.events)
        return LiveTracker(tracker, last[0], stored, current_turn().now, first=last[1] + 1 - stored)

    async def _last(self, sender_id: str) -> tuple[int, int] | None:
        """Return session and position of the newest stored event."""
        row = (
            await current_turn().session.execute(
                select(TrackerEvent.session, TrackerEvent.position)
                .where(TrackerEvent.conversation_id == sender_id)
                .order_by(TrackerEvent.session.desc(), TrackerEvent.position.desc())
                .limit(1)
            )
        ).first()
        return (row[0], row[1]) if row else None

    def _tracker(self, sender_id: str, events: Iterable[Event]) -> DialogueStateTracker:
        tracker = DialogueStateTracker(sender_id, self.domain.slots)
        for event in events:
            tracker.update(event)
        return tracker

    def _is_over(self, tracker: DialogueStateTracker) -> bool:
        """A session never ends while a form is open."""
        if tracker.active_loop_name:
            return False
        uttered = [event for event in tracker.events if isinstance(event, UserUttered)]
        if len(uttered) >= self._most_turns:
            return True
        return bool(uttered) and current_turn().now.timestamp() - uttered[-1].timestamp > self._idle.total_seconds()

    def _start_session(self, live: LiveTracker) -> None:
        """Go on with a new tracker that knows the carried slots only (Rasa's own start would carry a form's answers too)."""
        old = live.tracker
        recent = current_turn().now.timestamp() - old.events[-1].timestamp < LAST_SERVICE_SECONDS
        carried = [name for name in CARRIED if recent or name in ("language", "plain")]
        slots = [SlotSet(name, old.get_slot(name)) for name in carried if old.get_slot(name) != old.slots[name].initial_value]
        start = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted(), *slots, ActionExecuted(ACTION_LISTEN_NAME)]
        live.tracker = self._tracker(old.sender_id, start)
        live.session += 1
        live.stored = live.first = 0
