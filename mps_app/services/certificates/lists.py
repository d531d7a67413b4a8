"""A person's certificates (2.4), and what is still missing for the next one (4.11)."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlmodel import col

from mps_app.core import riga
from mps_app.core.errors import NotFound
from mps_app.core.work import Work
from mps_app.models import Application, Certificate, Course, EvaluationInvitation
from mps_app.policy import Action, Subject, may
from mps_app.services import evaluations, exams
from mps_app.services.certificates import words
from mps_app.services.certificates.content import Content
from mps_app.services.certificates.reading import mine
from mps_app.services.certificates.standing import Standing, standings
from mps_app.text import N_, say, say_n
from mps_app.views.applications import Step
from mps_app.views.certificates import CertificateRow, MyCertificates

DONE, NOW, LATER, MISSING = "done", "now", "later", "missing"
_LATEST = 3


def my_certificates(work: Work) -> MyCertificates:
    """Return everything the actor ever received, and which questionnaire holds the next one up."""
    rows = [_row(work, certificate, content) for certificate, content in mine(work)]
    waiting = evaluations.due_for(work)
    promised = awaiting_questionnaire(work, [one.application_id for one in waiting])
    due = [one for one in waiting if one.application_id in promised]
    said = say_n(
        work.language,
        "{n} certificate waits for the questionnaire.",
        "{n} certificates wait for questionnaires.",
        len(due),
    )
    return MyCertificates(
        rows=rows,
        count=len(rows),
        due_text=said if due else "",
        due_course=due[0].course_title if due else "",
        due_path=due[0].path if due else "",
    )


def awaiting_questionnaire(work: Work, application_ids: Collection[int]) -> frozenset[int]:
    """Return those of the applications whose certificate comes as soon as the questionnaire is filled in (4.11)."""
    found = standings(work, application_ids)
    return frozenset(key for key, standing in found.items() if standing.awaits_questionnaire)


def latest(work: Work) -> list[CertificateRow]:
    """Return the newest few of the actor's valid certificates."""
    valid = [pair for pair in mine(work) if pair[0].revoked_at is None]
    return [_row(work, certificate, content) for certificate, content in valid[:_LATEST]]


def of_application(work: Work, application_id: int) -> CertificateRow | None:
    """Return the actor's valid certificate of one application, if there is one."""
    own = (pair for pair in mine(work, application_id) if pair[0].revoked_at is None)
    return next((_row(work, certificate, content) for certificate, content in own), None)


def _row(work: Work, certificate: Certificate, content: Content) -> CertificateRow:
    day = riga.day_short_text(work.language, content.issued_on)
    hours = say(work.language, N_("{n} ac. h"), n=content.hours)
    is_valid = certificate.revoked_at is None
    badge = f"/sertifikati/{certificate.key}/nozime" if is_valid and work.tools.badges else ""
    return CertificateRow(
        id=certificate.key,
        number=certificate.number,
        course_title=words.course_title(work.language, content),
        summary_text=f"{day}, {hours}",
        is_valid=is_valid,
        status_text=_status_text(work, certificate),
        is_ready=certificate.pdf_digest is not None,
        pdf_path=f"/sertifikati/{certificate.key}.pdf",
        check_path=f"/parbaude/{certificate.code}",
        badge_path=badge,
    )


def _status_text(work: Work, certificate: Certificate) -> str:
    if certificate.revoked_at is not None:
        replaced = work.db.execute(
            select(func.count()).where(col(Certificate.replaces_id) == certificate.id)
        ).scalar_one()
        return say(work.language, N_("Replaced by a new one") if replaced else N_("Revoked"))
    return "" if certificate.pdf_digest else say(work.language, N_("The sheet is being prepared"))


def checklist(work: Work, application_id: int) -> list[Step]:
    """Return what was done and what is missing for the certificate, by the rule that issues it (4.11)."""
    application = work.db.get(Application, application_id)
    if application is None or not may(work.actor, Action.APPLICATION_READ, Subject(person_id=application.person_id)):
        raise NotFound
    standing = standings(work, [application_id]).get(application_id)
    if standing is None:
        return []
    course = work.db.get_one(Course, application.course_id)
    invitation, reminder = evaluations.state_of(work, application_id)
    steps = [] if standing.is_at_own_pace else [_attended(work, course, standing)]
    if standing.has_exam:
        steps.append(exams.step(work, course.key, standing.exam, is_at_own_pace=standing.is_at_own_pace))
    return [*steps, _questionnaire(work, standing, invitation, reminder), _certificate(work, application_id, standing)]


def _attended(work: Work, course: Course, standing: Standing) -> Step:
    hours = standing.presence.hours_of(course.academic_hours)
    text = say(
        work.language,
        N_("{hours} of {of} h; {percent} % are needed"),
        hours=hours,
        of=course.academic_hours,
        percent=standing.percent_needed,
    )
    judged = DONE if standing.attended_enough else MISSING
    state = judged if standing.is_over else LATER
    return Step(title=say(work.language, N_("Attended")), text=text, state=state)


def _questionnaire(work: Work, standing: Standing, invitation: EvaluationInvitation | None, reminder: str) -> Step:
    title = say(work.language, N_("Questionnaire"))
    if standing.answered_on is not None:
        return Step(title=title, text=say(work.language, N_("Filled in")), state=DONE)
    if invitation is None:
        after = N_("Comes after the test") if standing.is_at_own_pace else N_("Comes after the last session")
        return Step(title=title, text=say(work.language, after), state=LATER)
    due = say(work.language, N_("Waits for you"))
    return Step(title=title, text=f"{due}. {reminder}" if reminder else due, state=NOW)


def _certificate(work: Work, application_id: int, standing: Standing) -> Step:
    number = work.db.execute(
        select(col(Certificate.number)).where(
            col(Certificate.application_id) == application_id, col(Certificate.revoked_at).is_(None)
        )
    ).scalar_one_or_none()
    title = say(work.language, N_("Certificate"))
    if number is not None:
        return Step(title=title, text=say(work.language, N_("No. {number}"), number=number), state=DONE)
    if standing.is_earned:
        return Step(title=title, text=say(work.language, N_("Being issued")), state=NOW)
    if standing.is_over and not standing.attended_enough:
        text = say(work.language, N_("Not issued: too little of the training was attended"))
        return Step(title=title, text=text, state=MISSING)
    return Step(title=title, text=say(work.language, N_("Issued as soon as everything is there")), state=LATER)
