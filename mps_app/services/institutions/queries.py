"""Who works where today, and who coordinates (2.5, 11.1)."""

from sqlalchemy import bindparam, select, text
from sqlmodel import col

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.models import Coordinator, Person
from mps_app.views.institutions import Employer

_EMPLOYERS = text("""
    SELECT i.id, i.name, i.registration_number, i.street, i.city, i.postal_code, i.invoice_email,
           e.unit, e.position, i.needs_approval,
           ARRAY(SELECT p.given_name || ' ' || p.family_name FROM coordinator c JOIN person p ON p.id = c.person_id
                 WHERE c.institution_id = i.id AND c.confirmed_on <= :today
                   AND (c.ended_on IS NULL OR c.ended_on > :today) ORDER BY c.confirmed_on, c.id)
    FROM employment e JOIN institution i ON i.id = e.institution_id
    WHERE e.person_id = :person_id AND e.from_on <= :today AND (e.until_on IS NULL OR e.until_on >= :today)
    ORDER BY e.from_on DESC, e.id
""").bindparams(bindparam("today"), bindparam("person_id"))


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


_COORDINATORS = (
    select(Person)
    .join(Coordinator, col(Coordinator.person_id) == col(Person.id))
    .where(
        col(Coordinator.institution_id) == bindparam("institution_id"),
        col(Coordinator.confirmed_on) <= bindparam("today"),
        col(Coordinator.ended_on).is_(None) | (col(Coordinator.ended_on) > bindparam("today")),
    )
    .order_by(col(Coordinator.confirmed_on), col(Coordinator.id))
)


def coordinators(work: Work, institution_id: int) -> list[Person]:
    """Return who speaks for an institution today (11.1)."""
    found = work.db.execute(_COORDINATORS, {"institution_id": institution_id, "today": riga.today(work.now)})
    return list(found.scalars())
