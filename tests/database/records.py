"""Rows for the tests of the database room."""

from datetime import UTC, datetime

from assistant.conversations.models import Conversation

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def conversation(conversation_id: str = "a" * 32, town: str = "musterstadt") -> Conversation:
    return Conversation(
        id=conversation_id,
        town=town,
        channel="web",
        address=conversation_id,
        created_at=NOW,
        last_active_at=NOW,
        delete_after=NOW,
    )
