"""What must be known of a person and a course to decide about a place; read anew each time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select, text
from sqlmodel import col

from mps_app.core.errors import NotFound
from mps_app.core.work import Work
from mps_app.models import (
    ALIVE,
    HOLDING,
    ApplicationStatus,
    Course,
    CourseAudience,
    CourseGroup,
    PayerDetails,
    PayerKind,
    Person,
    Visibility,
)
from mps_app.policy import Action, Reach, reaches
from mps_app.services import groups, institutions, people
from mps_app.services.applications.rules import Candidate
from mps_app.services.messages.templates import SessionFacts
from mps_app.views.institutions import Employer


@dataclass(frozen=True, slots=True)
class Own:
    """One alive application of the person to the course."""

    id: int
    group_id: int | None
    status: str
    group_status: str
    is_for_next_group: bool

    @property
    def is_upcoming(self) -> bool:
        """Whether its group is still ahead or under way: then the course is applied for (3.4)."""
        return self.group_status in groups.LIVE


@dataclass(frozen=True, slots=True)
class Inside:
    """A locked group: how many wait for it, whether something there is due, the persons' own wishes, its sessions."""

    group: CourseGroup
    waiting: int
    is_due: bool
    own: Mapping[int, list[Own]]
    sessions: list[SessionFacts]


@dataclass(frozen=True, slots=True)
class Applicant:
    """A person who wants a place."""

    person: Person
    details: PayerDetails | None
    employers: tuple[Employer, ...]

    def employer(self, institution_id: int | None) -> Employer | None:
        """Return the institution if it lists the person today."""
        return next((one for one in self.employers if one.institution_id == institution_id), None)


_PERSONS = (
    select(Person, PayerDetails)
    .outerjoin(PayerDetails, col(PayerDetails.person_id) == col(Person.id))
    .where(col(Person.id).in_(bindparam("ids", expanding=True)), col(Person.anonymised_at).is_(None))
)

_INSIDE = text(f"""
    SELECT (SELECT count(*) FROM application WHERE group_id = :group_id AND status = 'waitlisted'),
           EXISTS (SELECT FROM application a JOIN place_offer o ON o.application_id = a.id
                   WHERE a.group_id = :group_id AND a.status = 'offered'
                     AND o.answered_at IS NULL AND o.expires_at <= :now),
           (SELECT json_agg(json_build_array(
                a.person_id, a.id, a.group_id, a.status, coalesce(g.status, ''), a.is_for_next_group))
            FROM application a LEFT JOIN course_group g ON g.id = a.group_id
            WHERE a.person_id = ANY(:person_ids) AND a.course_id = :course_id AND a.status = ANY(:alive)),
           {groups.SESSIONS}
""").bindparams(  # noqa: S608  # our own
    bindparam("group_id"), bindparam("now"), bindparam("person_ids"), bindparam("course_id"), bindparam("alive")
)

_OWN = text("""
    SELECT a.id, a.group_id, a.status, coalesce(g.status, ''), a.is_for_next_group
    FROM application a LEFT JOIN course_group g ON g.id = a.group_id
    WHERE a.person_id = :person_id AND a.course_id = :course_id
      AND a.status = ANY(:alive)
""").bindparams(bindparam("person_id"), bindparam("course_id"), bindparam("alive"))


def applicant(work: Work, person_id: int) -> Applicant:
    """Return a person with what can pay for them."""
    found = applicants(work, [person_id])
    if person_id not in found:
        raise NotFound
    return found[person_id]


def applicants(work: Work, person_ids: Sequence[int]) -> dict[int, Applicant]:
    """Return several at once; whoever there is not, is absent."""
    rows = work.db.execute(_PERSONS, {"ids": list(person_ids)}).all()
    employers = institutions.employers_of(work, [person.key for person, _ in rows])
    return {person.key: Applicant(person, details, tuple(employers[person.key])) for person, details in rows}


def own_applications(work: Work, person_id: int, course_id: int) -> list[Own]:
    """Return the person's alive applications to a course; ask inside the group's lock."""
    rows = work.db.execute(_OWN, {"person_id": person_id, "course_id": course_id, "alive": list(ALIVE)})
    return [Own(*row) for row in rows]


def inside(work: Work, group: CourseGroup, person_ids: Sequence[int]) -> Inside:
    """Read what decides about places, in one statement, because everybody waits for this lock."""
    waiting, is_overdue, rows, held = work.db.execute(
        _INSIDE,
        {
            "group_id": group.key,
            "now": work.now,
            "person_ids": list(person_ids),
            "course_id": group.course_id,
            "alive": list(ALIVE),
        },
    ).one()
    own: dict[int, list[Own]] = {person_id: [] for person_id in person_ids}
    for person_id, *row in rows or ():
        own[person_id].append(Own(*row))
    is_due = is_overdue or (waiting > 0 and group.places_taken < group.maximum)
    return Inside(group, waiting, is_due, own, [groups.session_facts(*session) for session in held or ()])


def may_be_enrolled(work: Work, course: Course, who: Applicant) -> bool:
    """Whether a course is for this person at all (3.5): published, or restricted to an employer of theirs."""
    if course.visibility == Visibility.CATALOGUE:
        return True
    return course.visibility == Visibility.RESTRICTED and bool(_audience(work, course) & _employer_ids(who))


def may_take_part(work: Work, course: Course, who: Applicant, payer_institution_id: int | None) -> bool:
    """Whether a place on this account is for the person (3.5).

    Of an institution that pays, only its own invitation counts: where else somebody works is not its business (11.5).
    """
    if payer_institution_id is None:
        return may_be_enrolled(work, course, who)
    return is_offered(work, course, payer_institution_id)


def may_enrol(work: Work, course: Course, who: Applicant) -> bool:
    """Whether the actor may: to a restricted course only staff and coordinators of its institutions (3.5)."""
    if course.visibility == Visibility.CATALOGUE:
        return True
    if not may_be_enrolled(work, course, who):
        return False
    if Reach.ALL in reaches(work.actor, Action.APPLICATION_CREATE):
        return True
    return bool(work.actor.institution_ids & _audience(work, course) & _employer_ids(who))


def is_offered(work: Work, course: Course, institution_id: int) -> bool:
    """Whether a course is for an institution's people: published, or restricted to it among others (3.5)."""
    if course.visibility == Visibility.CATALOGUE:
        return True
    return course.visibility == Visibility.RESTRICTED and institution_id in _audience(work, course)


def candidate_of(who: Applicant, *, may_know_course: bool, others: list[Own]) -> Candidate:
    """Return what the rules need; ``others`` are the person's other applications to the course."""
    person = who.person
    return Candidate(
        may_know_course=may_know_course,
        has_verified_email=people.can_apply(person),
        work_email_ids=frozenset(one.institution_id for one in who.employers if one.work_email),
        has_declared_address=people.has_declared_address(person),
        has_payer_details=who.details is not None,
        employer_ids=_employer_ids(who),
        holds_place_in_course=any(own.is_upcoming and own.status in _TAKEN for own in others),
    )


_TAKEN = frozenset({*HOLDING, ApplicationStatus.WAITLISTED})


def payer_snapshot(who: Applicant, payer: PayerKind, employer: Employer | None) -> dict[str, str]:
    """Return the payer as of now; later edits change nothing past (4.12)."""
    if payer is PayerKind.INSTITUTION and employer is not None:
        return {
            "name": employer.name,
            "number": employer.registration_number,
            "address": employer.address,
            "email": employer.invoice_email,
        }
    if payer is PayerKind.OWN_DETAILS and who.details is not None:
        details = who.details
        return {
            "name": details.name,
            "number": details.registration_number,
            "address": _joined(details.street, details.city, details.postal_code),
            "email": details.invoice_email,
            "vat_number": details.vat_number or "",
            "iban": details.iban or "",
        }
    return {"name": who.person.full_name, "address": address_text(who.person), "email": who.person.email or ""}


def address_text(person: Person) -> str:
    """Return the declared address as one line."""
    return _joined(person.declared_street, person.declared_city, person.declared_postal_code)


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _employer_ids(who: Applicant) -> frozenset[int]:
    return frozenset(employer.institution_id for employer in who.employers)


def _audience(work: Work, course: Course) -> frozenset[int]:
    found = work.db.execute(
        select(col(CourseAudience.institution_id)).where(col(CourseAudience.course_id) == course.key)
    )
    return frozenset(found.scalars())
