"""What came of applying, in words; the same for the first request and every repeated one (4.3)."""

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.models import Application, ApplicationStatus, CourseGroup, Person
from mps_app.services.applications import line
from mps_app.services.applications.checklist import steps_of
from mps_app.services.messages.templates import SessionFacts
from mps_app.text import N_, say
from mps_app.views.applications import ApplicationReceipt

_TITLES = {
    ApplicationStatus.PENDING_APPROVAL: N_("Application received"),
    ApplicationStatus.REGISTERED: N_("Application received"),
    ApplicationStatus.OFFERED: N_("A place is held for you"),
    ApplicationStatus.WAITLISTED: N_("You are on the waiting list"),
    ApplicationStatus.WAITING: N_("You are waiting for the next group"),
}
_ON_RECORD = N_("You have already applied")


def receipt_of(
    work: Work,
    application: Application,
    group: CourseGroup | None,
    sessions: list[SessionFacts],
    position: int | None = None,
) -> ApplicationReceipt:
    """Return the receipt of an application as it is now; its ``position`` in the line is counted if not known."""
    person = work.db.get_one(Person, application.person_id)
    position = position or line.position_of(work, application) or 0
    sent = bool(person.email and person.email_verified_at)
    return ApplicationReceipt(
        application_id=application.key,
        outcome=application.status,
        title=say(work.language, _TITLES.get(ApplicationStatus(application.status), _ON_RECORD)),
        sent_text=say(work.language, N_("We have sent a confirmation to {email}"), email=person.email) if sent else "",
        note=_note(work, application, group, position),
        steps=steps_of(work, application, group, sessions, position),
        position=position,
    )


def _note(work: Work, application: Application, group: CourseGroup | None, position: int) -> str:
    """Say what the title can't."""
    if application.status == ApplicationStatus.WAITLISTED and group is not None:
        return say(
            work.language,
            N_("The group is full. You are number {position} in line, and we will write as soon as a place frees."),
            position=position,
        )
    if application.status == ApplicationStatus.OFFERED:
        until = line.offer_until(work, application)
        text = N_("Take the place under My applications by {moment}. After that it goes to the next in line.")
        moment = riga.moment_text(work.language, until, riga.Case.DATIVE) if until else ""
        return say(work.language, text, moment=moment)
    return ""
