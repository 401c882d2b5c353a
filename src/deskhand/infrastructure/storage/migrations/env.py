"""What Alembic runs for each command: our connection, whose transaction is already open."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
