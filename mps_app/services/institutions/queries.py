"""Who works where today, and who coordinates (2.5, 11.1)."""

from sqlalchemy import bindparam, select, text

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.models import EMPLOYED, SPEAKS, Person
from mps_app.views.institutions import Employer

_EMPLOYERS = text(f"""
    SELECT i.id, i.name, i.registration_number, i.street, i.city, i.postal_code, i.invoice_email,
           e.unit, e.position, i.needs_approval,
           ARRAY(SELECT p.given_name || ' ' || p.family_name FROM coordinator c JOIN person p ON p.id = c.person_id
                 WHERE c.institution_id = i.id AND {SPEAKS} ORDER BY c.confirmed_on, c.id)
    FROM employment e JOIN institution i ON i.id = e.institution_id
    WHERE e.person_id = :person_id AND {EMPLOYED}
    ORDER BY e.from_on DESC, e.id
""").bindparams(bindparam("today"), bindparam("person_id"))  # noqa: S608  # our own condition


def employers(work: Work, person_id: int) -> list[Employer]:
    """Return the institutions that list a person as an employee today, the latest first (2.5, 4.1)."""
    rows = work.db.execute(_EMPLOYERS, {"person_id": person_id, "today": riga.today(work.now)})
    return [
        Employer(
            institution_id=row[0], name=row[1], registration_number=row[2],
            address=", ".join(part for part in row[3:6] if part), invoice_email=row[6] or "",
            unit=row[7], position=row[8], needs_approval=row[9], coordinator_names=row[10],
        )
        for row in rows
    ]  # fmt: skip


_SPEAKERS = text(f"""
    SELECT p.* FROM person p JOIN coordinator c ON c.person_id = p.id
    WHERE c.institution_id = :institution_id AND {SPEAKS} ORDER BY c.confirmed_on, c.id
""").bindparams(bindparam("institution_id"), bindparam("today"))  # noqa: S608  # our own condition
_COORDINATORS = select(Person).from_statement(_SPEAKERS)


def coordinators(work: Work, institution_id: int) -> list[Person]:
    """Return who speaks for an institution today (11.1)."""
    found = work.db.execute(_COORDINATORS, {"institution_id": institution_id, "today": riga.today(work.now)})
    return list(found.scalars())
