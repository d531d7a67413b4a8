"""What a person is expected to do (6.2, 4.11): one list, for the home page and for whoever reminds.

Each room that expects something adds its provider to the table; it must be the rule that acts on it.
"""

from collections.abc import Callable

from sqlalchemy import select
from sqlmodel import col

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.models import Application, ApplicationStatus, Course, CourseGroup, Person, PlaceOffer
from mps_app.services import catalogue, certificates, evaluations, exams
from mps_app.text import say
from mps_app.views.my_training import TaskRow


def tasks(work: Work, person_id: int) -> list[TaskRow]:
    """Return what a person has to do, in words of ``work.language``; what runs out first stands first."""
    return [task for provide in PROVIDERS for task in provide(work, person_id)]


def _offers(work: Work, person_id: int) -> list[TaskRow]:
    """Return the places held until a deadline (4.6)."""
    rows = work.db.execute(
        select(col(Course.title), col(Course.title_en), col(CourseGroup.code), col(PlaceOffer.expires_at))
        .join(Application, col(Application.id) == col(PlaceOffer.application_id))
        .join(CourseGroup, col(CourseGroup.id) == col(Application.group_id))
        .join(Course, col(Course.id) == col(CourseGroup.course_id))
        .where(
            col(Application.person_id) == person_id,
            col(Application.status) == ApplicationStatus.OFFERED,
            col(PlaceOffer.answered_at).is_(None),
            col(PlaceOffer.expires_at) > work.now,
        )
        .order_by(col(PlaceOffer.expires_at))
    )
    return [
        TaskRow(
            icon="ticket",
            title=say(work.language, "A place is being held for you"),
            sentence=say(
                work.language,
                "“{course}”, group {group}.",
                course=catalogue.title(work.language, title, title_en),
                group=code,
            ),
            consequence=say(
                work.language,
                "Take it by {moment}, then it passes to the next in line.",
                moment=riga.moment_text(work.language, expires_at, riga.Case.DATIVE),
            ),
            path="/pieteikumi",
            action=say(work.language, "Answer"),
            is_urgent=True,
        )
        for title, title_en, code, expires_at in rows
    ]


def _email(work: Work, person_id: int) -> list[TaskRow]:
    """Return the profile that is still without a confirmed e-mail (1.5, 1.6)."""
    person = work.db.get(Person, person_id)
    if person is None or person.email_verified_at is not None:
        return []
    return [
        TaskRow(
            icon="mail-check",
            title=say(work.language, "Complete the profile"),
            sentence=say(work.language, "Give your e-mail and confirm it with the code that we send."),
            consequence=say(work.language, "Without it you can't apply for courses."),
            path="/profils",
            action=say(work.language, "Complete"),
            is_urgent=True,
        )
    ]


def _bounced(work: Work, person_id: int) -> list[TaskRow]:
    """Return the address to which a message could not be delivered (16.5)."""
    person = work.db.get(Person, person_id)
    if person is None or person.email_verified_at is None or person.email_bounced_at is None:
        return []
    return [
        TaskRow(
            icon="mail-warning",
            title=say(work.language, "Check your e-mail address"),
            sentence=say(work.language, "A message to {email} could not be delivered.", email=person.email),
            consequence=say(
                work.language, "Give another address, or save this one again, and confirm it with the code."
            ),
            path="/profils",
            action=say(work.language, "Check"),
            is_urgent=True,
        )
    ]


def _questionnaires(work: Work, person_id: int) -> list[TaskRow]:
    """Return the questionnaires that are being reminded of (7.1, 7.3)."""
    waiting = evaluations.due_for(work, person_id)
    promised = certificates.awaiting_questionnaire(work, [one.application_id for one in waiting])
    return [
        TaskRow(
            icon="message-square-text",
            title=say(work.language, "Fill in the evaluation questionnaire"),
            sentence=say(work.language, "“{course}”, group {group}.", course=due.course_title, group=due.group_code),
            consequence=_questionnaire_leads_to(work, is_promised=due.application_id in promised),
            when_text=due.reminder_text,
            path=due.path,
            action=say(work.language, "Fill in"),
            is_urgent=True,
        )
        for due in waiting
    ]


def _questionnaire_leads_to(work: Work, *, is_promised: bool) -> str:
    """Promise the certificate only where nothing else is missing (4.11)."""
    if is_promised:
        return say(work.language, "You get the certificate after it.")
    return say(work.language, "Your answers help to make the training better.")


def _exams(work: Work, person_id: int) -> list[TaskRow]:
    """Return the tests that are being reminded of (8.1)."""
    return [
        TaskRow(
            icon="clipboard-check",
            title=say(work.language, "Take the test “{title}”", title=due.title),
            sentence=say(
                work.language,
                "“{course}”, group {group}, {tries}.",
                course=due.course_title,
                group=due.group_code,
                tries=due.tries_text,
            ),
            consequence=say(work.language, "Without it there is no certificate.") if due.is_needed else "",
            when_text=due.reminder_text,
            path=due.path,
            action=say(work.language, "Go on") if due.is_begun else say(work.language, "Take the test"),
            is_urgent=True,
        )
        for due in exams.due_for(work, person_id)
    ]


PROVIDERS: tuple[Callable[[Work, int], list[TaskRow]], ...] = (_offers, _exams, _questionnaires, _email, _bounced)
"""Who expects what of a person, in the order in which it is shown."""
