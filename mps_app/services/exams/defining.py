"""The test itself: made for a course from a plan, frozen once somebody was invited to it (8.1)."""

from sqlalchemy import func, select, update
from sqlmodel import col

from mps_app.core.errors import NotFound
from mps_app.core.work import Work
from mps_app.models import Course, Exam, ExamQuestion
from mps_app.policy import Action, Subject, require
from mps_app.services import audit
from mps_app.services.exams.invitations import INVITE
from mps_app.views.exams import ExamPlan, ExamQuestionPlan


def define(work: Work, course_id: int, plan: ExamPlan) -> int:
    """Put a new version of a course's test in force; those who were invited before keep theirs."""
    require(work, Action.EXAM_MANAGE, Subject())
    if work.db.get(Course, course_id, with_for_update=True) is None:
        raise NotFound
    of_course = col(Exam.course_id) == course_id
    work.db.execute(update(Exam).where(of_course, col(Exam.is_in_force)).values(is_in_force=False))
    newest = work.db.execute(select(func.max(Exam.version)).where(of_course)).scalar() or 0
    sides = plan.model_dump(exclude={"questions"})
    made = Exam(course_id=course_id, version=newest + 1, is_in_force=True, created_at=work.now, **sides)
    work.db.add(made)
    work.db.flush()
    for number, question in enumerate(plan.questions, start=1):
        work.db.add(_question(made.key, number, question, work))
    work.db.flush()
    audit.record(work, "exam:define", "exam", made.key, course=course_id, version=made.version)
    work.wake(INVITE)
    return made.key


def _question(exam_id: int, number: int, plan: ExamQuestionPlan, work: Work) -> ExamQuestion:
    right = [str(place) for place, option in enumerate(plan.options) if option.is_right]
    return ExamQuestion(
        exam_id=exam_id,
        number=number,
        options=[option.model_dump(exclude={"is_right"}) for option in plan.options],
        accepted=right or plan.accepted,
        created_at=work.now,
        **plan.model_dump(exclude={"options", "accepted"}),
    )
