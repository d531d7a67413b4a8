"""The self-audit (16.4): read-only, on demand and every night; it names what is wrong and changes nothing."""

from datetime import timedelta

from sqlalchemy import or_, text
from sqlmodel import col, select

from mps_app.core import riga
from mps_app.core.actor import Role
from mps_app.core.work import Work
from mps_app.models import Person, RoleGrant
from mps_app.policy import Action, Subject, require
from mps_app.services import messages
from mps_app.services.administration.checks import CHECKS, Check
from mps_app.text import say
from mps_app.views.administration import Finding

NAMED_THINGS = 10
PATIENCE = timedelta(minutes=15)


def examine(work: Work) -> list[Finding]:
    """Return everything that is not as it must be, in the words of the actor's language."""
    require(work, Action.SYSTEM_EXAMINE, Subject())
    return _examined(work, work.language)


def alert_administrators(work: Work) -> list[Finding]:
    """Examine, and mail what was found to every administrator, once a day."""
    found = examine(work)
    if not found:
        return []
    today = riga.today(work.now)
    for person in _administrators(work):
        messages.queue(
            work,
            "doctor_alert",
            recipient=person,
            key=f"doctor_alert:{person.key}:{today}",
            facts={"findings": [finding.text for finding in _examined(work, person.language)]},
        )
    return found


def _examined(work: Work, language: str) -> list[Finding]:
    return [
        Finding(check=check.name, text=say(language, check.message, things=_said(things)))
        for check in CHECKS
        if (things := _broken(work, check))
    ]


def _broken(work: Work, check: Check) -> list[str]:
    moments = {"now": work.now, "today": riga.today(work.now), "lately": work.now - PATIENCE}
    return list(work.db.execute(text(check.query), moments).scalars())


def _said(things: list[str]) -> str:
    more = len(things) - NAMED_THINGS
    return ", ".join(things[:NAMED_THINGS]) + (f" (+{more})" if more > 0 else "")


def _administrators(work: Work) -> list[Person]:
    today = riga.today(work.now)
    return list(
        work.db.exec(
            select(Person)
            .join(RoleGrant, col(RoleGrant.person_id) == col(Person.id))
            .where(RoleGrant.role == Role.ADMIN, col(RoleGrant.from_on) <= today)
            .where(or_(col(RoleGrant.until_on).is_(None), col(RoleGrant.until_on) >= today))
        )
    )
