"""Run the migrations on the connection that the ledger provides, in its transaction."""

from alembic import context

# Batch mode, because SQLite cannot alter a column.
context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()
