"""Who may do what. Services ask here first; the page only hides what is refused here."""

from dataclasses import dataclass
from functools import lru_cache

from mps_app.core.actor import Actor, Role
from mps_app.core.errors import NotAllowed, SignInNeeded
from mps_app.core.work import Work
from mps_app.policy.actions import Action
from mps_app.policy.grants import ANYBODY, BY_ROLE, EVERY_PERSON, Reach

__all__ = ["Action", "Reach", "Subject", "may", "reaches", "require"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What an action is about, as far as the policy needs to know."""

    person_id: int | None = None  # whom it is about
    institution_ids: frozenset[int] = frozenset()  # whose employee, account or audience it is
    lecturer_person_ids: frozenset[int] = frozenset()  # who teaches it
    is_public: bool = False


@lru_cache(maxsize=256)
def _granted(roles: frozenset[Role], action: Action, *, signed_in: bool) -> frozenset[Reach]:
    tables = [ANYBODY, *([EVERY_PERSON] if signed_in else []), *(BY_ROLE[role] for role in roles)]
    return frozenset().union(*(table.get(action, frozenset()) for table in tables))


def reaches(actor: Actor, action: Action) -> frozenset[Reach]:
    """Return how far the actor's grants for an action go; the system's go everywhere."""
    if actor.is_system:
        return frozenset({Reach.ALL})
    return _granted(actor.roles, action, signed_in=actor.is_signed_in)


def may(actor: Actor, action: Action, subject: Subject) -> bool:
    """Answer whether the actor may do this to this subject."""
    granted = reaches(actor, action)
    own = subject.person_id is not None and subject.person_id == actor.person_id
    return (
        Reach.ALL in granted
        or (Reach.PUBLIC in granted and subject.is_public)
        or (Reach.OWN in granted and own)
        or (Reach.INSTITUTION in granted and bool(actor.institution_ids & subject.institution_ids))
        or (Reach.GROUP in granted and actor.person_id in subject.lecturer_person_ids)
    )


def require(work: Work, action: Action, subject: Subject) -> None:
    """Raise ``SignInNeeded`` or ``NotAllowed`` unless the actor may do this."""
    if may(work.actor, action, subject):
        return
    raise NotAllowed if work.actor.is_signed_in or work.actor.is_system else SignInNeeded
