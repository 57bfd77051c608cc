"""Runs the migrations on the connection that the program hands over."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=context.config.attributes["metadata"])
context.run_migrations()
