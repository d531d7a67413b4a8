"""Whose training it is: the one who asks."""

from mps_app.core.errors import SignInNeeded
from mps_app.core.work import Work
from mps_app.policy import Action, Subject, require


def owner(work: Work) -> int:
    """Return the actor's person; raises ``SignInNeeded`` for a visitor."""
    person_id = work.actor.person_id
    if person_id is None:
        raise SignInNeeded
    require(work, Action.APPLICATION_READ, Subject(person_id=person_id))
    return person_id
