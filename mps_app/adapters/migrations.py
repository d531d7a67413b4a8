"""The schema of the database: brought to the newest migration, and compared with the tables in code."""

from functools import cache
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData

from alembic import command

ROOT = Path(__file__).parents[2]


def upgrade(engine: Engine) -> None:
    """Run every migration the database has not seen, in one transaction."""
    with engine.begin() as connection:
        configuration = Config(ROOT / "alembic.ini")
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, "head")


@cache
def newest() -> str | None:
    """Return the newest migration there is in code."""
    return ScriptDirectory(str(ROOT / "alembic")).get_current_head()


def is_current(connection: Connection) -> bool:
    """Whether the database has seen every migration."""
    return MigrationContext.configure(connection).get_current_revision() == newest()


def drift(connection: Connection, tables: MetaData) -> list[str]:
    """Return in words how the tables in code differ from the database; empty when they agree."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return [str(difference) for difference in compare_metadata(context, tables)]
