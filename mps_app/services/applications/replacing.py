"""A colleague takes an employee's place until the first session; the line is not asked (4.7)."""

from collections.abc import Sequence

from sqlalchemy import bindparam, text

from mps_app.core import riga
from mps_app.core.errors import DomainError, NotFound
from mps_app.core.folding import fold
from mps_app.core.lifecycle import By
from mps_app.core.work import Work
from mps_app.models import (
    EMPLOYED,
    EMPLOYEE_FOLDED,
    EMPLOYEE_NAME,
    Application,
    ApplicationStatus,
    Course,
    CourseGroup,
    GroupStatus,
    PayerKind,
    Person,
)
from mps_app.policy import Action, Subject, require
from mps_app.services import audit, groups, institutions
from mps_app.services.applications import line, mails, situation
from mps_app.services.applications.changes import end_application, locked, subject_of
from mps_app.services.applications.refusals import NotEmployed, RegistrationClosed
from mps_app.services.applications.rules import person_checks
from mps_app.services.messages.templates import SessionFacts
from mps_app.text import N_, say
from mps_app.views.account_list import Colleague, ColleaguesFound

_SHOWN = 8
_SHORTEST_QUERY = 2
_MOST_WORDS = 4

_COLLEAGUES = f"""
    SELECT e.person_id, {EMPLOYEE_NAME}, e.unit, e.position
    FROM employment e JOIN person p ON p.id = e.person_id AND p.anonymised_at IS NULL
    WHERE e.institution_id = :institution_id AND {EMPLOYED} AND e.person_id <> :person_id {{words}}
    ORDER BY {EMPLOYEE_FOLDED}, e.person_id LIMIT :most"""  # noqa: S608  # our own conditions
_OF_WORD = f" AND {EMPLOYEE_FOLDED} LIKE :word{{n}}"

_IS_OURS = text("""
    SELECT r.person_id FROM institution_record r LEFT JOIN course_group g ON g.id = r.group_id
    WHERE r.institution_id = :institution_id AND r.course_id = :course_id AND r.person_id = ANY(:person_ids)
      AND r.status IN ('pending_approval', 'registered', 'offered', 'waitlisted')
      AND g.status IN ('open', 'confirmed', 'running')
""").bindparams(bindparam("institution_id"), bindparam("course_id"), bindparam("person_ids"))


class ColleagueBarred(DomainError):
    """Why is the colleague's own: it may be something private (11.5)."""

    code = "colleague_barred"
    message = N_("This colleague can't take the place. Ask them to look at My applications and the profile.")


def replace(work: Work, application_id: int, person_id: int) -> int:
    """Give a registered employee's place to a colleague."""
    application, group = locked(work, application_id)
    paying = subject_of(work, application).institution_ids  # 4.7: the coordinator's doing, not the participant's own
    require(work, Action.APPLICATION_CREATE, Subject(institution_ids=paying))
    if group is None or application.status != ApplicationStatus.REGISTERED or application.payer_institution_id is None:
        raise NotFound
    sessions = groups.sessions_of(work, [group.key])[group.key]
    if not _is_in_time(work, group, sessions):
        raise RegistrationClosed
    colleague = _colleague(work, application, person_id)
    reader = work.db.get_one(Person, application.person_id).language
    end_application(work, application, By.PAYER, say(reader, N_("A colleague takes the place.")))
    mails.cancelled(work, application, group, by="coordinator", had_place=True)
    work.db.flush()
    work.db.add(colleague)
    work.db.flush()
    line.end_other_wishes(work, colleague)
    mails.received(work, colleague, group, sessions)
    audit.record(work, "replaced", "application", application.key, by_application=colleague.key, person_id=person_id)
    audit.record(work, "applied", "application", colleague.key, person_id=person_id, status=colleague.status)
    return colleague.key


def may_replace(work: Work, application: Application, group: CourseGroup | None) -> bool:
    """Whether a colleague can take this place now."""
    if group is None or application.status != ApplicationStatus.REGISTERED or application.payer_institution_id is None:
        return False
    return _is_in_time(work, group, groups.sessions_of(work, [group.key])[group.key])


def colleagues(work: Work, institution_id: int, application_id: int, query: str) -> ColleaguesFound:
    """Return employees by name, each with whether they could take the place."""
    institutions.own(work, institution_id, Action.EMPLOYEE_READ)
    application = work.db.get(Application, application_id)
    if application is None or institution_id not in institutions.accounts_of(work, application_id):
        raise NotFound
    words = fold(query).split()[:_MOST_WORDS]
    if len("".join(words)) < _SHORTEST_QUERY:
        return ColleaguesFound(note=say(work.language, N_("Type the beginning of the name.")))
    rows = _found(work, institution_id, application.person_id, words)
    note = _note(work, len(rows))
    rows = rows[:_SHOWN]
    ours = _already(work, institution_id, application, [row[0] for row in rows])
    found = [
        Colleague(
            person_id=row[0],
            name=row[1],
            under_text=", ".join(part for part in (row[3], row[2]) if part),
            barred_text=_barred_text(work, application, row[0], is_ours=row[0] in ours),
        )
        for row in rows
    ]
    return ColleaguesFound(rows=found, note=note)


def _note(work: Work, found: int) -> str:
    if not found:
        return say(work.language, N_("Nobody found."))
    return say(work.language, N_("More were found. Type more of the name.")) if found > _SHOWN else ""


def _found(work: Work, institution_id: int, person_id: int, words: Sequence[str]) -> list[tuple[int, str, str, str]]:
    asked: dict[str, object] = {"institution_id": institution_id, "person_id": person_id, "most": _SHOWN + 1}
    asked["today"] = riga.today(work.now)
    for number, word in enumerate(words):
        asked[f"word{number}"] = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    conditions = "".join(_OF_WORD.format(n=number) for number in range(len(words)))
    return [tuple(row) for row in work.db.execute(text(_COLLEAGUES.format(words=conditions)), asked)]


def _already(work: Work, institution_id: int, application: Application, person_ids: list[int]) -> set[int]:
    """Return who has a place in the course on the institution's account: that it may say."""
    asked = {"institution_id": institution_id, "course_id": application.course_id, "person_ids": person_ids}
    return set(work.db.execute(_IS_OURS, asked).scalars())


def _barred_text(work: Work, application: Application, person_id: int, *, is_ours: bool) -> str:
    if is_ours:
        return say(work.language, N_("Has applied already"))
    return "" if _is_ready(work, application, person_id) else say(work.language, N_("Can't take the place"))


def _is_in_time(work: Work, group: CourseGroup, sessions: list[SessionFacts]) -> bool:
    starts_at = groups.starts_at(sessions)
    return group.status in {GroupStatus.OPEN, GroupStatus.CONFIRMED} and (starts_at is None or starts_at > work.now)


def _is_ready(work: Work, application: Application, person_id: int) -> bool:
    """Ask of a colleague what is asked of everybody who gets a place (4.6)."""
    who = situation.applicant(work, person_id)
    course = work.db.get_one(Course, application.course_id)
    candidate = situation.candidate_of(
        who,
        may_know_course=situation.may_take_part(work, course, who, application.payer_institution_id),
        others=situation.own_applications(work, person_id, application.course_id),
    )
    checks = person_checks(candidate, PayerKind.INSTITUTION, application.payer_institution_id, by_other=True)
    return all(checks.values())


def _colleague(work: Work, application: Application, person_id: int) -> Application:
    """Return the colleague's application, with the same payer and price."""
    institution_id = application.payer_institution_id
    who = situation.applicants(work, [person_id]).get(person_id)
    employer = who.employer(institution_id) if who else None
    if employer is None:
        raise NotEmployed
    if not _is_ready(work, application, person_id):
        raise ColleagueBarred
    return Application(
        person_id=person_id,
        course_id=application.course_id,
        group_id=application.group_id,
        status=ApplicationStatus.REGISTERED,
        payer_kind=PayerKind.INSTITUTION,
        payer_institution_id=institution_id,
        payer=application.payer,
        employer=employer.name,
        unit=employer.unit,
        position=employer.position,
        price_cents=application.price_cents,
        applied_by_id=work.actor.person_id,
        status_at=work.now,
        created_at=work.now,
    )
