"""Alembic's entry: the connection comes from :mod:`avdesk.db`."""

from alembic import context

from avdesk.models import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, transactional_ddl=True)
context.run_migrations()
