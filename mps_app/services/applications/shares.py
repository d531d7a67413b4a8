"""An institution's part of a group: what its account holds, its nameless places, its cap (4.10, 11.6).

Decides only inside the group's lock; screens may ask outside it, and show what was true a moment ago.
"""

from sqlalchemy import bindparam, text

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.models import HOLDING, Application, CourseGroup
from mps_app.services.applications.rules import Account

_PART = text("""
    SELECT (SELECT count(*) FROM application WHERE group_id = :group_id AND payer_institution_id = :institution_id
              AND status = ANY(:holding)),
           coalesce((SELECT places FROM place_reservation
                     WHERE group_id = :group_id AND institution_id = :institution_id), 0)
""").bindparams(bindparam("group_id"), bindparam("institution_id"), bindparam("holding"))

_NAME = text("""
    UPDATE place_reservation SET places = places - :count
    WHERE group_id = :group_id AND institution_id = :institution_id
""").bindparams(bindparam("count"), bindparam("group_id"), bindparam("institution_id"))

_RESERVE = text("""
    UPDATE place_reservation SET places = places + 1
    WHERE group_id = :group_id AND institution_id = :institution_id AND release_on > :today
""").bindparams(bindparam("group_id"), bindparam("institution_id"), bindparam("today"))


def account(work: Work, group: CourseGroup, institution_id: int | None) -> Account:
    """Return an institution's part of a group; who pays alone has none."""
    if institution_id is None:
        return Account()
    asked = {"group_id": group.key, "institution_id": institution_id, "holding": list(HOLDING)}
    holding, reserved = work.db.execute(_PART, asked).one()
    return Account(holding, reserved, group.institution_share)


def has_room(work: Work, application: Application, group: CourseGroup) -> bool:
    """Whether an application fits into its institution's cap, or holds a place within it already."""
    if group.institution_share is None or application.payer_institution_id is None:
        return True
    work.db.flush()
    found = account(work, group, application.payer_institution_id)
    if application.status in HOLDING:
        return found.holding + found.reserved <= group.institution_share
    return found.left is None or found.left > 0


def name_reserved(work: Work, group: CourseGroup, institution_id: int | None, count: int) -> None:
    """Give up nameless places for people who take them in this very transaction (11.6)."""
    if count:
        work.db.execute(_NAME, {"count": count, "group_id": group.key, "institution_id": institution_id})


def reserve_again(work: Work, application: Application, group: CourseGroup) -> None:
    """Make a place that was just given up nameless again, while its reservation stands (11.6)."""
    work.db.flush()
    asked = {"group_id": group.key, "institution_id": application.payer_institution_id, "today": riga.today(work.now)}
    work.db.execute(_RESERVE, asked)
