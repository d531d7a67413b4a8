"""An institution's part of a group: what its account holds, its nameless places, its cap (4.10, 11.6).

Decides only inside the group's lock; screens may ask outside it, and show what was true a moment ago.
"""

from sqlalchemy import bindparam, text

from mps_app.core.work import Work
from mps_app.models import HOLDING, CourseGroup
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


def account(work: Work, group: CourseGroup, institution_id: int | None) -> Account:
    """Return an institution's part of a group; who pays alone has none."""
    if institution_id is None:
        return Account()
    asked = {"group_id": group.key, "institution_id": institution_id, "holding": list(HOLDING)}
    holding, reserved = work.db.execute(_PART, asked).one()
    return Account(holding, reserved, group.institution_share)


def name_reserved(work: Work, group: CourseGroup, institution_id: int, count: int) -> None:
    """Give up nameless places for people who take them in this very transaction (11.6)."""
    if count:
        work.db.execute(_NAME, {"count": count, "group_id": group.key, "institution_id": institution_id})
