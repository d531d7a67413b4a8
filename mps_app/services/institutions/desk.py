"""What every page of an institution shows: which one, how many people, what waits for the coordinator (11)."""

from sqlalchemy import bindparam, text

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.models import EMPLOYED
from mps_app.policy import Action
from mps_app.services.institutions.reach import own
from mps_app.views.institutions import InstitutionChoice, InstitutionDesk

_CHOICES = text("SELECT id, name FROM institution WHERE id = ANY(:ids) ORDER BY name_folded, id")

_COUNTS = text(f"""
    SELECT (SELECT count(*) FROM employment e WHERE e.institution_id = :institution_id AND {EMPLOYED}),
           (SELECT count(*) FROM institution_record r
            WHERE r.institution_id = :institution_id AND r.status = 'pending_approval')
""").bindparams(bindparam("institution_id"), bindparam("today"))  # noqa: S608  # our own condition


def desk(work: Work, wanted: int = 0) -> InstitutionDesk:
    """Return the institution the coordinator asked for, or the first of theirs."""
    mine = work.actor.institution_ids
    choices = [InstitutionChoice(id=row[0], name=row[1]) for row in work.db.execute(_CHOICES, {"ids": list(mine)})]
    chosen = wanted if wanted in mine else next((choice.id for choice in choices), 0)
    institution = own(work, chosen, Action.INSTITUTION_READ)
    asked = {"institution_id": chosen, "today": riga.today(work.now)}
    employees, to_approve = work.db.execute(_COUNTS, asked).one()
    return InstitutionDesk(
        id=chosen, name=institution.name, employee_count=employees, to_approve=to_approve, choices=choices
    )
