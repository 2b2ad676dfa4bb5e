"""Run by Alembic for each command; `assistant.database.migrate` hands in the connection and owns the transaction."""

from alembic import context

from assistant.database.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite cannot alter a column in place: the table is rebuilt
)
context.run_migrations()
