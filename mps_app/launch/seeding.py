"""The demo school is filled once; the database itself remembers that it was."""

from sqlalchemy import Engine, text
from sqlmodel import Session, select

from mps_app.adapters import migrations
from mps_app.core.settings import settings
from mps_app.core.work import plug
from mps_app.launch.embedded import reached_by
from mps_app.launch.house import furnish
from mps_app.launch.processes import CouldNotStart
from mps_app.models import ScheduledRun

JOB = "demo.fill"
BEGUN, DONE = "begun", "done"


def fill_once() -> None:
    """Fill the demo school through its services, unless that was done; half a school is begun anew."""
    from mps_app.demo import school

    house = furnish(settings())
    plug(house)
    noted = _noted(house.engine)
    if DONE in noted:
        return
    if BEGUN in noted:
        _begin_anew(house.engine)
    _note(house.engine, BEGUN)
    school.fill()
    _note(house.engine, DONE)


def _begin_anew(engine: Engine) -> None:
    """Empty a database whose filling was interrupted: nothing in it was anybody's yet; only ours, never a named one."""
    if settings().database_url != reached_by().get("MPS_DATABASE_URL"):
        message = "the demo school was filled only in part; give it an empty database"
        raise CouldNotStart(message)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    migrations.upgrade(engine)


def _noted(engine: Engine) -> set[str]:
    with Session(engine) as db:
        return set(db.exec(select(ScheduledRun.period).where(ScheduledRun.job == JOB)))


def _note(engine: Engine, period: str) -> None:
    with engine.begin() as connection:
        connection.execute(ScheduledRun.__table__.insert().values(job=JOB, period=period))  # type: ignore[attr-defined]
