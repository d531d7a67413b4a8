"""Filling the questionnaire: saved answer by answer, sent once, and then nobody's (7.1, 7.4)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from mps_app.core import riga
from mps_app.core.errors import DomainError, Invalid, NotFound
from mps_app.core.work import Fact, Work
from mps_app.models import Application, EvaluationDraft, EvaluationInvitation
from mps_app.policy import Action, Subject, may
from mps_app.services import drafts
from mps_app.services.evaluations import ballots
from mps_app.services.evaluations.questionnaire import Asked, asked
from mps_app.services.evaluations.rules import missing, sound
from mps_app.text import N_

FORM = "evaluation {page}"  # the screen's name for input that outlives a session, one for each invitation


@dataclass(frozen=True, slots=True)
class EvaluationAnswered(Fact):
    """Somebody sent the questionnaire; the certificate may follow at once (7.2)."""

    application_id: int


class AlreadySent(DomainError):
    """What was sent is nobody's any more, so nobody can change it."""

    code = "evaluation_sent"
    message = N_("The questionnaire is sent already. Answers can't be changed, because nobody knows which are yours.")


@dataclass(frozen=True, slots=True)
class Filling:
    """One invitation being filled: the questions by the names of their fields, and the answers so far."""

    invitation: EvaluationInvitation
    application: Application
    questions: dict[str, Asked]
    given: dict[str, str]


def filling(work: Work, invitation_id: int, *, locked: bool = False) -> Filling:
    """Return an invitation of the actor's; for all others there is none."""
    invitation = work.db.get(EvaluationInvitation, invitation_id, with_for_update=locked, populate_existing=locked)
    application = work.db.get(Application, invitation.application_id) if invitation else None
    if invitation is None or application is None or application.group_id is None:
        raise NotFound
    if not may(work.actor, Action.EVALUATION_ANSWER, Subject(person_id=application.person_id)):
        raise NotFound
    questions = {one.key(invitation.key): one for one in asked(work, invitation.questionnaire_id, application.group_id)}
    given = {} if invitation.answered_on else _draft(work, invitation.key)
    return Filling(invitation, application, questions, {key: value for key, value in given.items() if key in questions})


def save(work: Work, invitation_id: int, answers: Mapping[str, str]) -> dict[str, str]:
    """Keep answers as they are given; return all there are. Fields of other questionnaires are left out."""
    found = filling(work, invitation_id, locked=True)
    if found.invitation.answered_on is not None:
        raise AlreadySent
    given = {**found.given, **_sound(found, answers)}
    sealed = work.tools.vault.seal(json.dumps(given, ensure_ascii=False).encode())
    row = insert(EvaluationDraft).values(invitation_id=found.invitation.key, sealed=sealed, created_at=work.now)
    work.db.execute(row.on_conflict_do_update(index_elements=["invitation_id"], set_={"sealed": sealed}))
    return given


def send(work: Work, invitation_id: int, answers: Mapping[str, str]) -> None:
    """Send the questionnaire; raises ``Invalid`` with what is missing. Sent twice, it counts once."""
    found = filling(work, invitation_id, locked=True)
    if found.invitation.answered_on is not None:
        return
    given = {**found.given, **_sound(found, answers)}
    lacking = missing({key: one.question.is_required for key, one in found.questions.items()}, given)
    if lacking:
        raise Invalid(lacking)
    ballots.put(work, _ballot(found, given))
    work.db.execute(delete(EvaluationDraft).where(col(EvaluationDraft.invitation_id) == found.invitation.key))
    drafts.take(work, FORM.format(page=found.invitation.key))  # what an ended session left behind goes with it
    found.invitation.answered_on = riga.today(work.now)  # a day, no finer (invariant 5)
    work.happened(EvaluationAnswered(found.application.key))


def _ballot(found: Filling, given: Mapping[str, str]) -> ballots.Ballot:
    answered = [(one, given[key]) for key, one in found.questions.items() if given.get(key)]
    return ballots.Ballot(
        group_id=found.application.group_id or 0,
        questionnaire_id=found.invitation.questionnaire_id,
        given=[(one.question.key, one.lecturer_id, value) for one, value in answered],
    )


def _sound(found: Filling, answers: Mapping[str, str]) -> dict[str, str]:
    """Return those answers that fit their questions."""
    kept: dict[str, str] = {}
    for key, value in answers.items():
        one = found.questions.get(key)
        answer = sound(one.question.kind, str(value), len(one.question.options)) if one else None
        if answer is not None:
            kept[key] = answer
    return kept


def _draft(work: Work, invitation_id: int) -> dict[str, str]:
    sealed = work.db.execute(
        select(col(EvaluationDraft.sealed)).where(col(EvaluationDraft.invitation_id) == invitation_id)
    ).scalar_one_or_none()
    kept: dict[str, str] = json.loads(work.tools.vault.unseal(sealed)) if sealed else {}
    return kept
