"""Who is signed in, as the shell shows it."""

from sqlalchemy import text

from mps_app.core.actor import Role
from mps_app.core.errors import NotFound
from mps_app.core.work import Work
from mps_app.models import WAITS, Person
from mps_app.policy import Action, Subject, may
from mps_app.text import N_, say
from mps_app.views.signed_in import SignedInPerson

STAFF = frozenset({Role.TRAINING, Role.ACCOUNTANT, Role.PROJECTS, Role.ADMIN})

ROLE_NAMES = {
    Role.ADMIN: N_("Administrator"),
    Role.TRAINING: N_("Training coordinator"),
    Role.ACCOUNTANT: N_("Accountant"),
    Role.PROJECTS: N_("Project manager"),
    Role.LECTURER: N_("Lecturer"),
    Role.COORDINATOR: N_("Institution coordinator"),
}
"""In the order in which one stands for a person who holds several."""

_VIEWS = {
    Role.ADMIN: N_("Administrator's view"),
    Role.TRAINING: N_("Training coordinator's view"),
    Role.ACCOUNTANT: N_("Accountant's view"),
    Role.PROJECTS: N_("Project manager's view"),
    Role.LECTURER: N_("Lecturer's view"),
    Role.COORDINATOR: N_("Coordinator's view"),
}
"""What the shell says under a name: of the screens, not of the person, so that it fits everybody."""

_QUESTIONS = text("SELECT count(*) FROM support_question WHERE answered_at IS NULL")
_NOMINATIONS = text(f"SELECT count(*) FROM coordinator WHERE {WAITS}")  # noqa: S608  # our own condition


def signed_in_person(work: Work) -> SignedInPerson:
    """Return the actor's own name, leading role and what the profile lacks; empty for a visitor."""
    if work.actor.person_id is None:
        return SignedInPerson()
    person = work.db.get(Person, work.actor.person_id)
    if person is None:
        raise NotFound
    confirms = may(work.actor, Action.COORDINATOR_CONFIRM, Subject())
    answers = may(work.actor, Action.QUESTION_ANSWER, Subject())
    view = next((_VIEWS[role] for role in ROLE_NAMES if role in work.actor.roles), N_("Participant's view"))
    return SignedInPerson(
        is_signed_in=True,
        is_staff=bool(STAFF & work.actor.roles),
        is_coordinator=Role.COORDINATOR in work.actor.roles,
        confirms_coordinators=confirms,
        nominations=work.db.execute(_NOMINATIONS).scalar_one() if confirms else 0,
        answers_questions=answers,
        questions=work.db.execute(_QUESTIONS).scalar_one() if answers else 0,
        full_name=person.full_name,
        initials=(person.given_name[:1] + person.family_name[:1]).upper(),
        role_text=say(work.language, view),
        needs_email=person.email_verified_at is None,
    )
