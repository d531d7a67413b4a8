"""Who is asked to fill the questionnaire (7.1), and how often they are reminded (7.3)."""

from collections.abc import Collection

from sqlalchemy import bindparam, func, select, text
from sqlmodel import col

from mps_app.core import reminders, riga
from mps_app.core.errors import NotFound
from mps_app.core.work import Fact, Work
from mps_app.models import AT_OWN_PACE, TRAINING_OVER, Application, Course, CourseGroup, EvaluationInvitation
from mps_app.policy import Action, Subject, require
from mps_app.services import applications, audit, messages
from mps_app.services.evaluations.questionnaire import in_force

# Whoever was there for a part of it; a course without sessions has only those who took it.
_TO_INVITE = text(f"""
    SELECT a.id, a.group_id FROM application a
    JOIN course_group g ON g.id = a.group_id AND {TRAINING_OVER}
    WHERE a.status IN ('registered', 'attended')
      AND NOT EXISTS (SELECT FROM evaluation_invitation i WHERE i.application_id = a.id)
      AND (EXISTS (SELECT FROM attendance t JOIN training_session s ON s.id = t.session_id
                   WHERE t.application_id = a.id AND t.present_minutes > 0 AND s.withdrawn_at IS NULL)
           OR {AT_OWN_PACE})
    ORDER BY a.id
    LIMIT :most
    FOR UPDATE OF a SKIP LOCKED
""").bindparams(bindparam("most"))  # noqa: S608  # our own conditions
_MOST = 500


def invite_soon(work: Work, _fact: Fact) -> None:
    """Have whoever attended asked without waiting for the clock."""
    work.wake("evaluations.invite_due")


def invite_due(work: Work) -> int:
    """Ask everybody who attended a training that is over; return how many."""
    due = work.db.execute(_TO_INVITE, {"most": _MOST}).all()
    versions = _versions(work, {group_id for _, group_id in due})
    for application_id, group_id in due:
        invitation = EvaluationInvitation(
            application_id=application_id,
            questionnaire_id=versions[group_id],
            invited_on=riga.today(work.now),
            created_at=work.now,
        )
        work.db.add(invitation)
        work.db.flush()
        applications.note_attended(work, work.db.get_one(Application, application_id))
        _tell(work, invitation, "evaluation_invite", f"evaluation_invite:{invitation.key}")
    return len(due)


def _versions(work: Work, groups: Collection[int]) -> dict[int, int]:
    """Return the version each group is asked: a latecomer alone with a newer one would be known by it (7.4)."""
    used = select(col(Application.group_id), func.min(col(EvaluationInvitation.questionnaire_id))).join(
        Application, col(Application.id) == col(EvaluationInvitation.application_id)
    )
    rows = work.db.execute(used.where(col(Application.group_id).in_(groups)).group_by(col(Application.group_id)))
    found = {row[0]: row[1] for row in rows}
    newest = in_force(work) if set(groups) - set(found) else 0
    return {group_id: found.get(group_id, newest) for group_id in groups}


def send_reminders(work: Work) -> int:
    """Remind whoever's day has come; once, however long nobody asked (7.3)."""
    today = riga.today(work.now)
    waiting = work.db.execute(
        select(EvaluationInvitation)
        .where(col(EvaluationInvitation.answered_on).is_(None), ~col(EvaluationInvitation.reminders_stopped))
        .order_by(col(EvaluationInvitation.id))
        .with_for_update(skip_locked=True)
    ).scalars()
    sent = 0
    for invitation in waiting:
        if reminders.note_if_due(work, invitation):
            _tell(work, invitation, "evaluation_reminder", f"evaluation_reminder:{invitation.key}:{today.isoformat()}")
            sent += 1
    return sent


def stop_reminders(work: Work, application_id: int, reason: str) -> None:
    """Let staff end the reminders of one person, with a reason; the questionnaire stays open (7.3)."""
    require(work, Action.EVALUATION_MANAGE, Subject())
    invitation = work.db.execute(
        select(EvaluationInvitation).where(col(EvaluationInvitation.application_id) == application_id).with_for_update()
    ).scalar_one_or_none()
    if invitation is None:
        raise NotFound
    invitation.reminders_stopped = True
    audit.record(work, "evaluation:stop_reminders", "evaluation_invitation", invitation.key, reason=reason.strip())


def _tell(work: Work, invitation: EvaluationInvitation, template: str, key: str) -> None:
    person_id, institution_id, course, code = work.db.execute(
        select(col(Application.person_id), col(Application.payer_institution_id), Course, col(CourseGroup.code))
        .join(Course, col(Course.id) == col(Application.course_id))
        .join(CourseGroup, col(CourseGroup.id) == col(Application.group_id))
        .where(col(Application.id) == invitation.application_id)
    ).one()
    facts = {
        "course_title": course.title,
        "course_title_en": course.title_en,
        "path": f"/anketa/{invitation.key}",
        "group_code": code,
    }
    messages.queue(work, template, person_id=person_id, institution_id=institution_id, key=key, facts=facts)
