"""Roles of the school's own people (16.1): given from a day, for the next thing they do."""

from sqlmodel import col, select

from mps_app.core import riga
from mps_app.core.actor import Role
from mps_app.core.codes import parse_typed_personal_code
from mps_app.core.errors import NotFound
from mps_app.core.work import Work
from mps_app.models import Person, RoleGrant
from mps_app.policy import Action, Subject, require
from mps_app.services import audit

STAFF = (Role.ADMIN, Role.TRAINING, Role.ACCOUNTANT, Role.PROJECTS)


def appoint(work: Work, personal_code: str, role: Role) -> str:
    """Give a staff role from today on to somebody who has signed in before, and return their name.

    Given once more, nothing changes. Raises ``Unusable`` for what is no personal code, ``NotFound`` for whoever the
    system does not know yet.
    """
    require(work, Action.ROLE_GRANT, Subject())
    code = work.tools.cipher.lookup(parse_typed_personal_code(personal_code))
    known = select(Person).where(Person.code_hash == code).with_for_update(key_share=True)
    person = work.db.exec(known).one_or_none()
    if person is None or role not in STAFF:
        raise NotFound
    today = riga.today(work.now)
    is_open = (RoleGrant.person_id == person.key, RoleGrant.role == role, col(RoleGrant.until_on).is_(None))
    held = work.db.exec(select(RoleGrant).where(*is_open)).one_or_none()
    if held is not None and held.from_on <= today:
        return person.full_name
    if held is None:
        work.db.add(RoleGrant(person_id=person.key, role=role, from_on=today, granted_by_id=work.actor.person_id))
    else:
        held.from_on = today  # it was to begin later
    audit.record(work, "role:grant", "person", person.key, role=role)
    return person.full_name
