"""The questionnaire itself: which version is in force, and which questions one invitation asks."""

from dataclasses import dataclass
from pathlib import Path

import yaml
from sqlalchemy import func, select, update
from sqlmodel import col

from mps_app.core.work import Work
from mps_app.models import Question, Questionnaire
from mps_app.policy import Action, Subject, require
from mps_app.services import audit
from mps_app.services.evaluations.lecturers import lecturers_of
from mps_app.views.evaluations import QuestionnairePlan

_STANDARD = Path(__file__).with_name("standard.yaml")

__all__ = ["Asked", "asked", "in_force", "publish"]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question put to one person; about a lecturer, when the question is."""

    question: Question
    lecturer_id: int | None = None
    about: str = ""

    def key(self, invitation_id: int) -> str:
        """Return the name of its field: it belongs to one invitation alone."""
        about = f"-{self.lecturer_id}" if self.lecturer_id is not None else ""
        return f"q{invitation_id}-{self.question.key}{about}"


def publish(work: Work, plan: QuestionnairePlan) -> int:
    """Put a new version in force; those who were asked before keep theirs."""
    require(work, Action.EVALUATION_MANAGE, Subject())
    work.db.execute(update(Questionnaire).where(col(Questionnaire.is_in_force)).values(is_in_force=False))
    newest = work.db.execute(select(func.max(Questionnaire.version))).scalar() or 0
    made = Questionnaire(version=newest + 1, parts=plan.parts, is_in_force=True, created_at=work.now)
    work.db.add(made)
    work.db.flush()
    for number, question in enumerate(plan.questions, start=1):
        work.db.add(Question(questionnaire_id=made.key, number=number, created_at=work.now, **question.model_dump()))
    work.db.flush()
    audit.record(work, "evaluation:publish", "questionnaire", made.key, version=made.version)
    return made.key


def in_force(work: Work) -> int:
    """Return the version people are asked from now on; the school's own until staff publish another."""
    found: Questionnaire | None = work.db.execute(
        select(Questionnaire).where(col(Questionnaire.is_in_force))
    ).scalar_one_or_none()
    if found is not None:
        return found.key
    return publish(work, QuestionnairePlan.read(yaml.safe_load(_STANDARD.read_text(encoding="utf-8"))))


def asked(work: Work, questionnaire_id: int, group_id: int) -> list[Asked]:
    """Return the questions in order; those about lecturers once for each lecturer of the group."""
    questions = work.db.execute(
        select(Question).where(col(Question.questionnaire_id) == questionnaire_id).order_by(col(Question.number))
    ).scalars()
    lecturers = lecturers_of(work, group_id)
    found: list[Asked] = []
    for question in questions:
        found += [Asked(question, key, name) for key, name in lecturers] if question.per_lecturer else [Asked(question)]
    return found
