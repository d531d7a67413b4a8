"""Who is invited to a test, how often they are reminded (as of the questionnaire, 7.3), and who gets another try."""

from sqlalchemy import bindparam, exists, select, text
from sqlmodel import col

from mps_app.core import reminders, riga
from mps_app.core.errors import Invalid, NotFound
from mps_app.core.work import Fact, Work
from mps_app.models import (
    AT_OWN_PACE,
    TAKING_PART,
    Application,
    Course,
    CourseGroup,
    Exam,
    ExamAttempt,
    ExamInvitation,
)
from mps_app.policy import Action, Subject, require
from mps_app.services import audit, messages
from mps_app.services.exams.refusals import AlreadyPassed
from mps_app.services.exams.sitting import question_count
from mps_app.services.exams.standing import standings
from mps_app.text import N_

INVITE = "exams.invite_due"
_MOST = 500

# Before the training: everybody of a group that will take place. After it: whoever was there for a part of it.
# A course without sessions is taken at one's own pace, so its test waits from the first day on.
_TO_INVITE = text(f"""
    SELECT a.id, e.id FROM application a
    JOIN course_group g ON g.id = a.group_id
    JOIN exam e ON e.course_id = a.course_id AND e.is_in_force
    WHERE a.status IN ('registered', 'attended') AND a.status_at <= :now
      AND NOT EXISTS (SELECT FROM exam_invitation i WHERE i.application_id = a.id)
      AND CASE
        WHEN g.status IN ('confirmed', 'running') THEN e.timing = 'before'
          OR {AT_OWN_PACE}
        WHEN g.status = 'completed' THEN EXISTS (
            SELECT FROM attendance t JOIN training_session s ON s.id = t.session_id
            WHERE t.application_id = a.id AND t.present_minutes > 0 AND s.withdrawn_at IS NULL)
          OR {AT_OWN_PACE}
        ELSE false END
    ORDER BY a.id
    LIMIT :most
    FOR UPDATE OF a SKIP LOCKED
""").bindparams(bindparam("now"), bindparam("most"))  # noqa: S608  # our own condition


def invite_soon(work: Work, _fact: Fact) -> None:
    """Have whoever is to take a test invited without waiting for the clock."""
    work.wake(INVITE)


def invite_due(work: Work) -> int:
    """Invite everybody whose test has come; return how many."""
    due = work.db.execute(_TO_INVITE, {"now": work.now, "most": _MOST}).all()
    for application_id, exam_id in due:
        invitation = ExamInvitation(
            application_id=application_id, exam_id=exam_id, invited_on=riga.today(work.now), created_at=work.now
        )
        work.db.add(invitation)
        work.db.flush()
        _tell(work, invitation, "exam_invite", f"exam_invite:{invitation.key}")
    return len(due)


def send_reminders(work: Work) -> int:
    """Remind whoever's day has come; whoever passed, or has no try left, is left in peace."""
    passed = exists().where(
        col(ExamAttempt.invitation_id) == col(ExamInvitation.id), col(ExamAttempt.is_passed).is_(True)
    )
    waiting = work.db.execute(
        select(ExamInvitation)
        .join(Application, col(Application.id) == col(ExamInvitation.application_id))
        .where(~col(ExamInvitation.reminders_stopped), col(Application.status).in_(TAKING_PART), ~passed)
        .order_by(col(ExamInvitation.id))
        .with_for_update(skip_locked=True, of=ExamInvitation)
    ).scalars()
    invitations = {invitation.application_id: invitation for invitation in waiting}
    found = standings(work, invitations)
    due = [invitations[key] for key, standing in found.items() if standing.waits]
    sent = [invitation for invitation in due if reminders.note_if_due(work, invitation)]
    for invitation in sent:
        _tell(work, invitation, "exam_reminder", f"exam_reminder:{invitation.key}:{riga.today(work.now).isoformat()}")
    return len(sent)


def stop_reminders(work: Work, application_id: int, reason: str) -> None:
    """Let staff end the reminders of one person, with a reason; the test stays open."""
    invitation = _of(work, application_id, reason)
    invitation.reminders_stopped = True
    audit.record(work, "exam:stop_reminders", "exam_invitation", invitation.key, reason=reason.strip())


def grant_attempt(work: Work, application_id: int, reason: str) -> None:
    """Let staff give a person one more try, with a reason; the person is told, and is reminded anew."""
    invitation = _of(work, application_id, reason)
    if standings(work, [application_id])[application_id].is_passed:
        raise AlreadyPassed
    invitation.extra_attempts += 1
    invitation.invited_on, invitation.reminded_on, invitation.reminders_sent = riga.today(work.now), None, 0
    work.db.flush()
    audit.record(work, "exam:grant_attempt", "exam_invitation", invitation.key, reason=reason.strip())
    _tell(work, invitation, "exam_invite", f"exam_invite:{invitation.key}:{invitation.extra_attempts}")


def _of(work: Work, application_id: int, reason: str) -> ExamInvitation:
    """Lock the invitation of an application, for staff who say why."""
    require(work, Action.EXAM_MANAGE, Subject())
    if not reason.strip():
        raise Invalid({"reason": N_("Fill in this field.")})
    invitation: ExamInvitation | None = work.db.execute(
        select(ExamInvitation).where(col(ExamInvitation.application_id) == application_id).with_for_update()
    ).scalar_one_or_none()
    if invitation is None:
        raise NotFound
    return invitation


def _tell(work: Work, invitation: ExamInvitation, template: str, key: str) -> None:
    application, course, code, exam = work.db.execute(
        select(Application, Course, col(CourseGroup.code), Exam)
        .join(Course, col(Course.id) == col(Application.course_id))
        .join(CourseGroup, col(CourseGroup.id) == col(Application.group_id))
        .join(Exam, col(Exam.id) == invitation.exam_id)
        .where(col(Application.id) == invitation.application_id)
    ).one()
    facts = {
        "course_title": course.title,
        "course_title_en": course.title_en,
        "path": f"/tests/{invitation.key}",
        "group_code": code,
        "exam_title": exam.title,
        "exam_title_en": exam.title_en,
        "questions": question_count(work, exam),
        "minutes": exam.time_limit_minutes,
        "tries": standings(work, [application.key])[application.key].tries_left,
        "pass_percent": exam.pass_percent,
        "is_needed": course.has_exam,
    }
    messages.queue(
        work,
        template,
        person_id=application.person_id,
        institution_id=application.payer_institution_id,
        key=key,
        facts=facts,
    )
