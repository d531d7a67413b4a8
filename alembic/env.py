"""Migrations run on the database of the settings, or on the connection handed in by a program."""

from sqlalchemy import Connection

from alembic import context
from mps_app.adapters.postgres import engine
from mps_app.core.settings import settings
from mps_app.models import metadata


def _run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, compare_type=True, compare_server_default=False)
    with context.begin_transaction():
        context.run_migrations()


def _main() -> None:
    handed: Connection | None = context.config.attributes.get("connection")
    if handed is not None:
        _run(handed)
        return
    with engine(settings().database_url, pool_size=1).connect() as connection:
        _run(connection)
        connection.commit()


_main()
