"""The questionnaire in words, part by part, and what of it is due."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlmodel import col

from mps_app.core import reminders, riga
from mps_app.core.work import Work
from mps_app.models import Application, Course, CourseGroup, EvaluationInvitation, QuestionKind, Questionnaire
from mps_app.services import catalogue, groups
from mps_app.services.evaluations.answering import Filling, filling, save
from mps_app.services.evaluations.questionnaire import Asked
from mps_app.services.evaluations.rules import allowed, missing
from mps_app.text import N_, say
from mps_app.views.evaluations import AnswerChoice, DueEvaluation, EvaluationPage, QuestionItem, SavedReceipt

_ENDS = {
    QuestionKind.SCALE: (N_("strongly disagree"), N_("strongly agree")),
    QuestionKind.RECOMMEND: (N_("not at all likely"), N_("very likely")),
}


def evaluation_page(
    work: Work, invitation_id: int, part: int = 0, problems: Mapping[str, str] | None = None
) -> EvaluationPage:
    """Return a part of the questionnaire as it is filled so far; ``problems`` by field lead to the first one's part."""
    found = filling(work, invitation_id)
    parts = work.db.get_one(Questionnaire, found.invitation.questionnaire_id).parts
    first = next((one.question.part for key, one in found.questions.items() if key in (problems or {})), part)
    shown = min(max(first, 0), len(parts) - 1)
    group = work.db.get_one(CourseGroup, found.application.group_id)
    course = groups.course_of(work, group)
    days = [riga.today(session.starts_at) for session in groups.sessions_of(work, [group.key])[group.key]]
    progress = receipt(work, found)
    return EvaluationPage(
        id=found.invitation.key,
        application_id=found.application.key,
        course_title=catalogue.title(work.language, course.title, course.title_en),
        when_text=riga.days_text(work.language, days),
        part=shown,
        part_text=say(work.language, N_("Part {number} of {of}"), number=shown + 1, of=len(parts)),
        part_title=catalogue.title(work.language, parts[shown]["title"], parts[shown].get("title_en", "")),
        questions=_questions(work, found, shown, problems or {}),
        is_first=shown == 0,
        is_last=shown == len(parts) - 1,
        answered=len(_answered(found)),
        total=len(found.questions),
        progress_text=progress.progress_text,
        percent=progress.percent,
        is_sent=found.invitation.answered_on is not None,
    )


def keep_answers(work: Work, invitation_id: int, answers: Mapping[str, str]) -> SavedReceipt:
    """Keep answers as they are given, one or all of a part."""
    save(work, invitation_id, answers)
    return receipt(work, filling(work, invitation_id))


def turn_page(work: Work, invitation_id: int, part: int, answers: Mapping[str, str], step: int) -> EvaluationPage:
    """Keep a part and go to the next or the one before; forward only once its questions are answered."""
    save(work, invitation_id, answers)
    found = filling(work, invitation_id)
    here = {key: one.question.is_required for key, one in found.questions.items() if one.question.part == part}
    lacking = missing(here, found.given) if step > 0 else {}
    return evaluation_page(work, invitation_id, part if lacking else part + step, lacking)


def receipt(work: Work, found: Filling) -> SavedReceipt:
    """Return what was saved, in words."""
    answered, total = len(_answered(found)), len(found.questions)
    return SavedReceipt(
        progress_text=say(work.language, N_("{answered} of {total}"), answered=answered, total=total),
        percent=100 * answered // total if total else 100,
        saved_text=say(work.language, N_("Answers saved")),
    )


def _answered(found: Filling) -> list[str]:
    return [key for key in found.questions if found.given.get(key)]


def _questions(work: Work, found: Filling, part: int, problems: Mapping[str, str]) -> list[QuestionItem]:
    return [
        _item(work, f"{number}. ", one, key=key, value=found.given.get(key, ""), problem=problems.get(key, ""))
        for number, (key, one) in enumerate(found.questions.items(), start=1)
        if one.question.part == part
    ]


def _item(  # noqa: PLR0913  # all sides of one field
    work: Work, number_text: str, one: Asked, *, key: str, value: str, problem: str
) -> QuestionItem:
    question = one.question
    ends = _ENDS.get(QuestionKind(question.kind), ("", ""))
    return QuestionItem(
        key=key,
        number_text=number_text,
        wording=catalogue.title(work.language, question.wording, question.wording_en),
        about=one.about,
        kind=question.kind,
        choices=[
            AnswerChoice(value=choice, text=text, is_chosen=choice == value) for choice, text in _choices(work, one)
        ],
        first_text=say(work.language, ends[0]) if ends[0] else "",
        last_text=say(work.language, ends[1]) if ends[1] else "",
        is_required=question.is_required,
        value=value,
        problem=say(work.language, problem) if problem else "",
    )


def _choices(work: Work, one: Asked) -> list[tuple[str, str]]:
    question = one.question
    if question.kind == QuestionKind.WORDS:
        return []
    if question.kind == QuestionKind.CHOICE:
        return [
            (str(number), catalogue.title(work.language, option["text"], option.get("text_en", "")))
            for number, option in enumerate(question.options)
        ]
    return [(value, value) for value in allowed(question.kind, 0)]


def due_for(work: Work, person_id: int | None = None) -> list[DueEvaluation]:
    """Return the questionnaires that wait for a person (the actor, unless named), those asked first (6.2)."""
    whose = person_id or work.actor.person_id
    rows = work.db.execute(
        select(EvaluationInvitation, Course, col(CourseGroup.code))
        .join(Application, col(Application.id) == col(EvaluationInvitation.application_id))
        .join(Course, col(Course.id) == col(Application.course_id))
        .join(CourseGroup, col(CourseGroup.id) == col(Application.group_id))
        .where(col(Application.person_id) == whose, col(EvaluationInvitation.answered_on).is_(None))
        .order_by(col(EvaluationInvitation.invited_on), col(EvaluationInvitation.id))
    )
    return [
        DueEvaluation(
            id=invitation.key,
            application_id=invitation.application_id,
            course_title=catalogue.title(work.language, course.title, course.title_en),
            group_code=code,
            path=f"/anketa/{invitation.key}",
            reminder_text=reminders.next_reminder_text(work, invitation, is_done=False),
        )
        for invitation, course, code in rows
    ]


def state_of(work: Work, application_id: int) -> tuple[EvaluationInvitation | None, str]:
    """Return the invitation of an application, and when its next reminder comes."""
    invitation = work.db.execute(
        select(EvaluationInvitation).where(col(EvaluationInvitation.application_id) == application_id)
    ).scalar_one_or_none()
    if invitation is None:
        return None, ""
    is_done = invitation.answered_on is not None
    return invitation, reminders.next_reminder_text(work, invitation, is_done=is_done)
