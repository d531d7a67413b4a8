"""The schema: reached from nothing, the same as the tables in code, and undone without a trace."""

from alembic.config import Config
from sqlalchemy import Engine, inspect, text

from alembic import command
from mps_app.adapters import migrations, postgres
from mps_app.models import metadata


def test_migrations_lead_to_the_tables_in_code(engine: Engine) -> None:
    with engine.connect() as connection:
        assert migrations.is_current(connection)
        assert migrations.drift(connection, metadata) == []


def test_migrations_can_be_undone_and_done_again(database_url: str) -> None:
    name = database_url.partition("?")[0].rpartition("/")[2]
    admin = postgres.engine(database_url, pool_size=1).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}_undone"))
    engine = postgres.engine(database_url.replace(f"/{name}?", f"/{name}_undone?"), pool_size=1)
    migrations.upgrade(engine)
    with engine.begin() as connection:
        configuration = Config(migrations.ROOT / "alembic.ini")
        configuration.attributes["connection"] = connection
        command.downgrade(configuration, "base")
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
    migrations.upgrade(engine)
    engine.dispose()
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name}_undone"))
    admin.dispose()
