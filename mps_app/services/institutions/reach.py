"""How far an institution reaches (11.5): asked by every query and command about its people.

What it may know of applications is the view ``institution_record``: those on its own account, made while
the person worked there. What a person does privately, or for another institution, is not in it.
"""

from sqlalchemy import bindparam, text

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.models import Institution
from mps_app.policy import Action, Subject, require


def own(work: Work, institution_id: int, action: Action) -> Institution:
    """Return an institution for which the actor may do this; the same refusal whether it exists or not."""
    require(work, action, Subject(institution_ids=frozenset({institution_id})))
    return work.db.get_one(Institution, institution_id)


_ACCOUNTS = text("""
    SELECT institution_id FROM institution_record
    WHERE application_id = :application_id AND (until_on IS NULL OR until_on > :today)
""").bindparams(bindparam("application_id"), bindparam("today"))


def accounts_of(work: Work, application_id: int) -> frozenset[int]:
    """Return the institution on whose account an application is, while it still employs the person."""
    found = work.db.execute(_ACCOUNTS, {"application_id": application_id, "today": riga.today(work.now)})
    return frozenset(found.scalars())
