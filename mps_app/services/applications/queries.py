"""The person's own applications, each with where it stands and what can be done."""

from sqlalchemy import select
from sqlmodel import col

from mps_app.core import riga
from mps_app.core.errors import SignInNeeded
from mps_app.core.money import price_text
from mps_app.core.work import Work
from mps_app.models import ALIVE, Application, ApplicationStatus, Course, CourseGroup, GroupStatus, PayerKind
from mps_app.policy import Action, Subject, require
from mps_app.services import catalogue, groups
from mps_app.services.applications import line
from mps_app.services.applications.changes import may_cancel
from mps_app.services.applications.checklist import approval_text, dates_text, steps_of
from mps_app.services.messages.templates import SessionFacts
from mps_app.text import N_, say
from mps_app.views.applications import ApplicationCard, MyApplications

_STATUS = {
    ApplicationStatus.PENDING_APPROVAL: ("st-open", N_("Awaiting approval")),
    ApplicationStatus.REGISTERED: ("st-open", N_("Application received")),
    ApplicationStatus.ATTENDED: ("st-done", N_("You attended")),
    ApplicationStatus.COMPLETED: ("st-done", N_("Training completed")),
    ApplicationStatus.OFFERED: ("st-warn", N_("A place is held for you")),
    ApplicationStatus.WAITLISTED: ("st-none", N_("On the waiting list")),
    ApplicationStatus.WAITING: ("st-none", N_("Waiting for the next group")),
    ApplicationStatus.CANCELLED: ("st-bad", N_("Application cancelled")),
    ApplicationStatus.REJECTED: ("st-bad", N_("Application rejected")),
    ApplicationStatus.NO_SHOW: ("st-bad", N_("You did not attend")),
}
_OF_GROUP = {
    GroupStatus.CONFIRMED: ("st-ok", N_("Group confirmed")),
    GroupStatus.RUNNING: ("st-run", N_("Training under way")),
    GroupStatus.COMPLETED: ("st-done", N_("Training completed")),
}
_MOST_PAST = 50


def my_applications(work: Work) -> MyApplications:
    """Return the actor's applications: those alive by date, those that ended latest first."""
    person_id = work.actor.person_id
    if person_id is None:
        raise SignInNeeded
    require(work, Action.APPLICATION_READ, Subject(person_id=person_id))
    rows = work.db.execute(
        select(Application, Course, CourseGroup)
        .join(Course, col(Course.id) == col(Application.course_id))
        .outerjoin(CourseGroup, col(CourseGroup.id) == col(Application.group_id))
        .where(col(Application.person_id) == person_id)
        .order_by(col(Application.status_at).desc(), col(Application.id).desc())
        .limit(200)
    ).all()
    sessions = groups.sessions_of(work, {group.key for _, _, group in rows if group is not None})
    cards = [
        (_first(sessions, group), _card(work, application, course, group, sessions.get(group.key, []) if group else []))
        for application, course, group in rows
    ]
    current = sorted((pair for pair in cards if not pair[1].is_over), key=lambda pair: pair[0])
    past = [card for _, card in cards if card.is_over]
    return MyApplications(current=[card for _, card in current], past=past[:_MOST_PAST])


def _first(sessions: dict[int, list[SessionFacts]], group: CourseGroup | None) -> str:
    """Return what to sort by: the date, then those without one."""
    starts_at = groups.starts_at(sessions.get(group.key, [])) if group else None
    return starts_at.isoformat() if starts_at else "9999"


def _card(
    work: Work, application: Application, course: Course, group: CourseGroup | None, sessions: list[SessionFacts]
) -> ApplicationCard:
    is_over = application.status not in ALIVE or (group is not None and group.status == GroupStatus.COMPLETED)
    position = 0 if is_over else line.position_of(work, application) or 0
    until = line.offer_until(work, application) if application.status == ApplicationStatus.OFFERED else None
    status_class, status_text = _status(application, group)
    cancellable = not is_over and may_cancel(work, application, group)
    return ApplicationCard(
        id=application.key,
        course_title=catalogue.title(work.language, course.title, course.title_en),
        course_path=f"/kurss/{course.code}",
        when_text=dates_text(work, group, sessions),
        group_code=group.code if group else "",
        status=application.status,
        status_class=status_class,
        status_text=say(work.language, status_text),
        explanation=_explanation(work, application, group, position),
        price_text=price_text(work.language, application.price_cents),
        payer_text=_payer_text(work, application),
        applied_text=riga.day_short_text(work.language, riga.today(application.created_at)),
        may_answer=until is not None and until > work.now,
        answer_until_text=riga.moment_text(work.language, until, riga.Case.DATIVE) if until else "",
        may_cancel=cancellable,
        cancel_text="" if is_over else _cancel_text(work, application, group, cancellable=cancellable),
        cancel_warning=_cancel_warning(work, application),
        steps=[] if is_over else steps_of(work, application, group, sessions, position),
        is_over=is_over,
    )


def _status(application: Application, group: CourseGroup | None) -> tuple[str, str]:
    """Return the mark and word; a registered person's is the group's own state."""
    if application.status == ApplicationStatus.REGISTERED and group is not None:
        return _OF_GROUP.get(GroupStatus(group.status), _STATUS[ApplicationStatus.REGISTERED])
    return _STATUS[ApplicationStatus(application.status)]


def _explanation(work: Work, application: Application, group: CourseGroup | None, position: int) -> str:
    """Say why it is as it is (4.11)."""
    if application.status == ApplicationStatus.WAITLISTED:
        return say(
            work.language, N_("You are number {position} in line. A freed place goes to the first."), position=position
        )
    if application.status == ApplicationStatus.WAITING:
        return say(
            work.language,
            N_("You are number {position} in line. We will write and hold a place for you."),
            position=position,
        )
    if application.status == ApplicationStatus.PENDING_APPROVAL:
        return approval_text(work, application)
    return _ended_text(work, application, group)


def _ended_text(work: Work, application: Application, group: CourseGroup | None) -> str:
    """Say why it is over."""
    if application.status == ApplicationStatus.REJECTED and application.payer_institution_id is not None:
        return _rejection(work, application)
    if application.status in {ApplicationStatus.CANCELLED, ApplicationStatus.REJECTED} and application.ended_reason:
        return application.ended_reason
    return group.cancelled_reason if group is not None and group.status == GroupStatus.CANCELLED else ""


def _rejection(work: Work, application: Application) -> str:
    """Say who rejected and why; without a decider, the time ran out (4.8)."""
    name = application.payer.get("name", "")
    if application.decided_by_id is None:
        return say(work.language, N_("{institution} did not approve it in time."), institution=name)
    return say(
        work.language, N_("{institution} rejected it: {reason}"), institution=name, reason=application.ended_reason
    )


def _payer_text(work: Work, application: Application) -> str:
    if application.payer_kind == PayerKind.PERSON:  # who pays nothing is told of no payer
        return say(work.language, N_("Private person")) if application.price_cents else ""
    return application.payer.get("name", "")


def _cancel_text(work: Work, application: Application, group: CourseGroup | None, *, cancellable: bool) -> str:
    binds = application.status in {ApplicationStatus.REGISTERED, ApplicationStatus.PENDING_APPROVAL}
    if group is None or not binds:
        return say(work.language, N_("You can withdraw at any time."))
    if not cancellable:
        return say(
            work.language, N_("The time for withdrawing has passed. Write to the school, and we will find a way.")
        )
    return catalogue.withdraw_text(work.language, group.cancellation_deadline_at, work.now)


def _cancel_warning(work: Work, application: Application) -> str:
    """Say what withdrawing means before it is confirmed."""
    if application.status in {ApplicationStatus.WAITLISTED, ApplicationStatus.WAITING}:
        return say(work.language, N_("You will lose your place in the line. You can apply again, at its end."))
    return say(work.language, N_("Your place is free for others at once and can't be given back."))
