"""Where employees stand towards a group: the word in their row of the roster (11.3)."""

from collections.abc import Collection

from sqlalchemy import select
from sqlmodel import col

from mps_app.core import riga
from mps_app.core.work import Work, only_reads
from mps_app.models import ApplicationStatus, Course, CourseGroup
from mps_app.policy import Action
from mps_app.services import applications, catalogue, institutions
from mps_app.services.enrolments.reading import Candidate, candidates
from mps_app.text import N_, say
from mps_app.views.enrolments import Standing

_LOOKS = {
    "can": "none",
    "overlaps": "warn",
    "in_group": "ok",
    "pending": "open",
    "in_line": "none",
    "no_email": "bad",
    "over_share": "warn",
    "cannot": "bad",
}
_WORDS = {
    "can": N_("Can be enrolled"),
    "in_group": N_("Already in the group"),
    "pending": N_("Awaiting approval"),
    "in_line": N_("On the waiting list"),
    "no_email": N_("No e-mail"),
    "over_share": N_("Institution's share"),
    "cannot": N_("Can't be enrolled"),
}
_KINDS = {
    ApplicationStatus.PENDING_APPROVAL: "pending",
    ApplicationStatus.WAITLISTED: "in_line",
    ApplicationStatus.OFFERED: "in_line",
}


@only_reads
def standings(work: Work, institution_id: int, group_id: int, person_ids: Collection[int]) -> dict[int, Standing]:
    """Return where each of the institution's employees stands towards a group; nobody else is named."""
    institutions.own(work, institution_id, Action.APPLICATION_CREATE)
    group = offered_group(work, institution_id, group_id)
    if group is None or not person_ids:
        return {}
    left = applications.account(work, group, institution_id)
    is_full = left.left == 0 and not left.reserved
    found = candidates(work, institution_id, group, person_ids)
    return {key: standing(work, one, group, is_over_share=is_full) for key, one in found.items()}


def offered_group(work: Work, institution_id: int, group_id: int) -> CourseGroup | None:
    """Return a group that the institution may know of (3.5)."""
    found: CourseGroup | None = work.db.execute(
        select(CourseGroup)
        .join(Course, col(Course.id) == col(CourseGroup.course_id))
        .where(
            col(CourseGroup.id) == group_id, col(CourseGroup.status) != "draft", catalogue.offered_to(institution_id)
        )
    ).scalar_one_or_none()
    return found


def standing(work: Work, one: Candidate, group: CourseGroup, *, is_over_share: bool) -> Standing:
    """Return where one employee stands, in words."""
    kind = kind_of(one, is_over_share=is_over_share)
    return Standing(person_id=one.person_id, kind=kind, status=_LOOKS[kind], text=_text(work, one, group, kind))


def kind_of(one: Candidate, *, is_over_share: bool) -> str:
    """Return the first thing that decides: what they have, whether they can be told, room, then overlaps."""
    if one.status:
        return _KINDS.get(ApplicationStatus(one.status), "in_group") if one.is_ours else "cannot"
    if not one.has_email:
        return "no_email"
    if is_over_share:
        return "over_share"
    return "overlaps" if one.overlap else "can"


def _text(work: Work, one: Candidate, group: CourseGroup, kind: str) -> str:
    if kind == "overlaps" and one.overlap is not None:
        return say(work.language, N_("Overlaps {day}"), day=riga.day_brief_text(work.language, one.overlap.day))
    if kind == "in_group" and one.group_id != group.key:
        return say(work.language, N_("Already in {group}"), group=one.group_code)
    return say(work.language, _WORDS[kind])
