"""Rows for the tests of the database room."""

from datetime import UTC, datetime

from sqlalchemy import insert, select

from assistant.callbacks.models import Callback
from assistant.conversations.models import Choice, Conversation, Message
from assistant.database.engine import blocking_transaction
from assistant.database.leases import Lease
from assistant.database.transfer import BATCH_ROWS, TABLES
from assistant.dialogue.event_log import TrackerEvent
from assistant.feedback.models import Feedback

Record = dict[str, object]

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
LATER = datetime(2027, 1, 31, 23, 59, 59, 123456, tzinfo=UTC)

MESSAGES = BATCH_ROWS + 1
"""More than fit into one batch of a transfer."""

COUNTS = {
    "conversations": 2,
    "messages": MESSAGES,
    "choices": 1,
    "tracker_events": 1,
    "callbacks": 1,
    "leases": 1,
    "feedback": 1,
}
"""Rows by table after `fill`."""

OWNED: Record = {"conversation_id": "a", "delete_after": LATER}
CHOICE: Record = {"id": "#0123456789", "title": "Nein", "act": {"intent": "deny"}, "expires_at": LATER, **OWNED}
FEEDBACK: Record = {"sequence": 2, "helpful": False, "reason": "Fehlt: Öffnungszeit", "created_at": NOW, **OWNED}
TRACKER_EVENT: Record = {"session": 1, "position": 0, "event": {"event": "restart"}, **OWNED}


def conversation(name: str) -> Record:
    moments: Record = {"created_at": NOW, "last_active_at": NOW, "delete_after": LATER}
    return {"id": name, "town": "musterstadt", "channel": "web", "address": name, **moments}


def message(sequence: int, provider_id: str | None = None) -> Record:
    content = {"custom": {"type": "answer", "sources": ["https://example.org/äöü"], "confidence": 0.25}}
    said: Record = {"text": 'Grüße\n\u2028"Zeile" 🙂', "content": content, "created_at": NOW}
    return {"sequence": sequence, "direction": "in", "provider_id": provider_id, **said, **OWNED}


def callback() -> Record:
    words: Record = {"name": "Änne", "phone": "+49 30 115", "time_window": "morgens", "topic": "Straße"}
    return {"number": "1234", "town": "musterstadt", "created_at": NOW, "delete_after": LATER, **words}


def lease(name: str = "background") -> Record:
    return {"name": name, "holder": "first", "until": LATER}


def fill(url: str) -> None:
    with blocking_transaction(url) as connection:
        connection.execute(insert(Conversation), [conversation("a"), conversation("b")])
        connection.execute(insert(Message), [message(sequence) for sequence in range(1, MESSAGES + 1)])
        connection.execute(insert(Choice), [CHOICE])
        connection.execute(insert(TrackerEvent), [TRACKER_EVENT])
        connection.execute(insert(Callback), [callback()])
        connection.execute(insert(Lease), [lease()])
        connection.execute(insert(Feedback), [FEEDBACK])


def rows(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the database, by table."""
    with blocking_transaction(url, read_only=True) as connection:
        statements = {table.name: select(table).order_by(*table.primary_key) for table in TABLES}
        return {name: [tuple(row) for row in connection.execute(statement)] for name, statement in statements.items()}
