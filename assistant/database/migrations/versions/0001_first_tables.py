"""Conversations with their messages, choices and tracker events; callbacks; leases."""

import sqlalchemy as sa
from alembic import op

from assistant.database.base import ROW_NUMBER, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = ("conversations", "messages", "choices", "tracker_events", "callbacks", "leases")
UNHANDLED = sa.text("direction = 'in' AND handled_at IS NULL")


def upgrade() -> None:
    create_conversations()
    create_messages()
    create_choices()
    create_tracker_events()
    create_callbacks()
    create_leases()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def create_conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("town", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("owner", sa.String(64), nullable=True),
        sa.Column("deadline", UtcDateTime(), nullable=True),
        sa.Column("language", sa.String(8), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("last_active_at", UtcDateTime(), nullable=False),
        sa.Column("delete_after", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
        sa.UniqueConstraint("town", "channel", "address", name="uq_conversations_town_channel_address"),
    )
    op.create_index("ix_conversations_delete_after", "conversations", ["delete_after"])


def create_messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", ROW_NUMBER, nullable=False),
        conversation_column(),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(3), nullable=False),
        sa.Column("provider_id", sa.String(120), nullable=True),
        sa.Column("reply_to", ROW_NUMBER, nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("handled_at", UtcDateTime(), nullable=True),
        sa.Column("delete_after", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        cascading_key("messages"),
        sa.UniqueConstraint("conversation_id", "sequence", name="uq_messages_conversation_id_sequence"),
        sa.UniqueConstraint("conversation_id", "provider_id", name="uq_messages_conversation_id_provider_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_messages_delete_after", "messages", ["delete_after"])
    op.create_index("ix_messages_unhandled", "messages", ["created_at"], sqlite_where=UNHANDLED, postgresql_where=UNHANDLED)


def create_choices() -> None:
    op.create_table(
        "choices",
        sa.Column("id", sa.String(16), nullable=False),
        conversation_column(),
        sa.Column("act", sa.JSON(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("delete_after", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_choices"),
        cascading_key("choices"),
    )
    op.create_index("ix_choices_conversation_id", "choices", ["conversation_id"])
    op.create_index("ix_choices_delete_after", "choices", ["delete_after"])


def create_tracker_events() -> None:
    op.create_table(
        "tracker_events",
        sa.Column("id", ROW_NUMBER, nullable=False),
        conversation_column(),
        sa.Column("session", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("event", sa.JSON(), nullable=False),
        sa.Column("delete_after", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tracker_events"),
        cascading_key("tracker_events"),
        sa.UniqueConstraint(
            "conversation_id", "session", "position", name="uq_tracker_events_conversation_id_session_position"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_tracker_events_delete_after", "tracker_events", ["delete_after"])


def create_callbacks() -> None:
    op.create_table(
        "callbacks",
        sa.Column("id", ROW_NUMBER, nullable=False),
        sa.Column("number", sa.String(12), nullable=False),
        sa.Column("town", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.String(40), nullable=False),
        sa.Column("time_window", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.Column("delete_after", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_callbacks"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_callbacks_conversation_id_conversations", ondelete="SET NULL"
        ),
        sa.UniqueConstraint("number", name="uq_callbacks_number"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_callbacks_conversation_id", "callbacks", ["conversation_id"])
    op.create_index("ix_callbacks_delete_after", "callbacks", ["delete_after"])
    op.create_index("ix_callbacks_town_state", "callbacks", ["town", "state"])


def create_leases() -> None:
    op.create_table(
        "leases",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("holder", sa.String(64), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )


def conversation_column() -> sa.Column[str]:
    return sa.Column("conversation_id", sa.String(32), nullable=False)


def cascading_key(table: str) -> sa.ForeignKeyConstraint:
    """Deleting a conversation deletes the table's rows of it."""
    name = f"fk_{table}_conversation_id_conversations"
    return sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=name, ondelete="CASCADE")
