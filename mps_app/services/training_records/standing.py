"""How people stand towards mandatory training (11.5): in order, due soon, overdue, or never trained."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, text

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.text import N_, say
from mps_app.views.training_records import DueLine

SOON = timedelta(days=60)
STANDINGS = ("never", "overdue", "soon", "fine")

STANDING = """
    CASE WHEN m.due_on IS NULL THEN 'never' WHEN m.due_on < :today THEN 'overdue'
         WHEN m.due_on <= :soon THEN 'soon' ELSE 'fine' END"""
"""The SQL of how a row of ``mandatory_training m`` stands."""

_OF_PERSON = text(f"""
    SELECT q.title, m.due_on, {STANDING}
    FROM mandatory_training m JOIN training_requirement q ON q.id = m.requirement_id
    WHERE m.institution_id = :institution_id AND m.employment_id = :employment_id ORDER BY q.title, q.id
""").bindparams(  # noqa: S608  # our own condition
    bindparam("institution_id"), bindparam("employment_id"), bindparam("today"), bindparam("soon")
)
_TONES = {"never": "bad", "overdue": "bad", "soon": "warn", "fine": "ok"}


def days(work: Work) -> dict[str, Any]:  # Any: a statement's parameters
    """Return the days that tell one standing from another."""
    today = riga.today(work.now)
    return {"today": today, "soon": today + SOON}


def tone_of(standing: str) -> str:
    """Return the look of a standing."""
    return _TONES[standing]


def due_text(work: Work, standing: str, due_on: date | None) -> str:
    """Return until when somebody must be trained again."""
    if due_on is None:
        return say(work.language, N_("never trained"))
    day = riga.day_short_text(work.language, due_on)
    return say(work.language, N_("overdue since {day}") if standing == "overdue" else N_("valid until {day}"), day=day)


def of_person(work: Work, institution_id: int, employment_id: int) -> list[DueLine]:
    """Return what binds one employee, and how it stands."""
    asked = {"institution_id": institution_id, "employment_id": employment_id, **days(work)}
    return [
        DueLine(title=title, tone=tone_of(standing), text=due_text(work, standing, due_on))
        for title, due_on, standing in work.db.execute(_OF_PERSON, asked)
    ]
