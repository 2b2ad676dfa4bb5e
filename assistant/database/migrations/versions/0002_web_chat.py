"""What the web chat needs: titles of choices, so that a pressed button reads like itself, and feedback."""

import sqlalchemy as sa
from alembic import op

from assistant.database.base import ROW_NUMBER, UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("choices", sa.Column("title", sa.String(200), nullable=True))
    op.create_table(
        "feedback",
        sa.Column("id", ROW_NUMBER, nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(500), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("delete_after", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_feedback_conversation_id_conversations", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("conversation_id", "sequence", name="uq_feedback_conversation_id_sequence"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feedback_delete_after", "feedback", ["delete_after"])


def downgrade() -> None:
    op.drop_table("feedback")
    op.drop_column("choices", "title")
