"""What Alembic runs: the migrations, on the connection that `assistant.desk.database` hands over."""

from __future__ import annotations

from alembic import context

from assistant.desk.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, render_as_batch=connection.dialect.name == "sqlite")
context.run_migrations()
