"""The demo school is filled once; the database itself remembers that it was."""

from sqlalchemy import Engine
from sqlmodel import Session, select

from mps_app.core.settings import settings
from mps_app.core.work import plug
from mps_app.launch.house import furnish
from mps_app.launch.processes import CouldNotStart
from mps_app.models import ScheduledRun

JOB = "demo.fill"
BEGUN, DONE = "begun", "done"


def fill_once() -> None:
    """Fill the demo school through its services, unless that was done; refuses to go on with half a school."""
    from mps_app.demo import school

    house = furnish(settings())
    plug(house)
    noted = _noted(house.engine)
    if DONE in noted:
        return
    if BEGUN in noted:
        message = "the demo school was filled only in part; make reset starts anew"
        raise CouldNotStart(message)
    _note(house.engine, BEGUN)
    school.fill()
    _note(house.engine, DONE)


def _noted(engine: Engine) -> set[str]:
    with Session(engine) as db:
        return set(db.exec(select(ScheduledRun.period).where(ScheduledRun.job == JOB)))


def _note(engine: Engine, period: str) -> None:
    with engine.begin() as connection:
        connection.execute(ScheduledRun.__table__.insert().values(job=JOB, period=period))  # type: ignore[attr-defined]
