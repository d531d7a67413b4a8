"""Who works where today, and who coordinates (2.5, 11.1)."""

from collections.abc import Collection

from sqlalchemy import bindparam, select, text

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.models import EMPLOYED, EMPLOYEE_NAME, SPEAKS, Person
from mps_app.views.institutions import Employer

_EMPLOYERS = text(f"""
    SELECT e.person_id, i.id, i.name, i.registration_number, i.street, i.city, i.postal_code, i.invoice_email,
           e.unit, e.position, e.work_email, i.needs_approval,
           ARRAY(SELECT s.given_name || ' ' || s.family_name FROM coordinator c JOIN person s ON s.id = c.person_id
                 WHERE c.institution_id = i.id AND {SPEAKS} ORDER BY c.confirmed_on, c.id),
           {EMPLOYEE_NAME}
    FROM employment e JOIN institution i ON i.id = e.institution_id JOIN person p ON p.id = e.person_id
    WHERE e.person_id IN :person_ids AND {EMPLOYED}
    ORDER BY e.from_on DESC, e.id
""").bindparams(bindparam("today"), bindparam("person_ids", expanding=True))  # noqa: S608  # our own condition


def employers(work: Work, person_id: int) -> list[Employer]:
    """Return the institutions that list a person as an employee today, the latest first (2.5, 4.1)."""
    return employers_of(work, [person_id])[person_id]


def employers_of(work: Work, person_ids: Collection[int]) -> dict[int, list[Employer]]:
    """Return the same for each of several people."""
    found: dict[int, list[Employer]] = {person_id: [] for person_id in person_ids}
    for row in work.db.execute(_EMPLOYERS, {"person_ids": list(found), "today": riga.today(work.now)}):
        employer = Employer(
            institution_id=row[1], name=row[2], registration_number=row[3],
            address=", ".join(part for part in row[4:7] if part), invoice_email=row[7] or "",
            unit=row[8], position=row[9], work_email=row[10] or "", needs_approval=row[11], coordinator_names=row[12],
            known_as=row[13],
        )  # fmt: skip
        found[row[0]].append(employer)
    return found


_NAMES = text(f"""
    SELECT DISTINCT ON (p.id) p.id, {EMPLOYEE_NAME}
    FROM person p LEFT JOIN employment e ON e.person_id = p.id AND e.institution_id = :institution_id
    WHERE p.id = ANY(:person_ids) ORDER BY p.id, e.from_on DESC
""").bindparams(bindparam("institution_id"), bindparam("person_ids"))  # noqa: S608  # our own condition


def employee_names(work: Work, institution_id: int, person_ids: Collection[int]) -> dict[int, str]:
    """Return by which names an institution knows people: what its coordinators may be told (11.5)."""
    found = work.db.execute(_NAMES, {"institution_id": institution_id, "person_ids": list(person_ids)})
    return {row[0]: row[1] for row in found}


_SPEAKERS = text(f"""
    SELECT p.id, p.given_name, p.family_name, p.email, p.email_verified_at, p.language, p.optional_mail
    FROM person p JOIN coordinator c ON c.person_id = p.id
    WHERE c.institution_id = :institution_id AND {SPEAKS} AND NOT (c.wants_digest AND :at_once)
    ORDER BY c.confirmed_on, c.id
""").bindparams(bindparam("institution_id"), bindparam("today"), bindparam("at_once"))  # noqa: S608  # our own condition
_COORDINATORS = select(Person).from_statement(_SPEAKERS)


def coordinators(work: Work, institution_id: int) -> list[Person]:
    """Return who speaks for an institution today (11.1)."""
    return _speakers(work, institution_id, at_once=False)


def told_at_once(work: Work, institution_id: int) -> list[Person]:
    """Return the coordinators who get a message of each event; the others read the day's digest."""
    return _speakers(work, institution_id, at_once=True)


def _speakers(work: Work, institution_id: int, *, at_once: bool) -> list[Person]:
    asked = {"institution_id": institution_id, "today": riga.today(work.now), "at_once": at_once}
    return list(work.db.execute(_COORDINATORS, asked).scalars())
