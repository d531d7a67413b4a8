"""One confirmation for many, and the truth about each (11.3); what was just done can be taken back."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlmodel import col

from mps_app.core import riga
from mps_app.core.errors import NotFound
from mps_app.core.work import Work
from mps_app.models import ALIVE, Application, ApplicationStatus, CourseGroup
from mps_app.policy import Action
from mps_app.services import applications, groups, institutions
from mps_app.services.applications import Check, Entry, Rest
from mps_app.services.enrolments.reading import Candidate, candidates
from mps_app.text import N_, say, say_n
from mps_app.views.enrolments import MOST_AT_ONCE, EnrolForm, Enrolled, EnrolReceipt, Mode

UNDO_LASTS = timedelta(minutes=10)
_LISTED = 8
_REST = {Mode.FIT: Rest.LEFT_OUT, Mode.LINE: Rest.LINE, Mode.ALL: Rest.NOBODY}
_BARRED = {
    Check.EMAIL_VERIFIED: "no_email",
    Check.WITHIN_SHARE: "over_share",
}
_SAID = {
    "enrolled": N_("enrolled"),
    "line": N_("on the waiting list"),
    "already": N_("already in the group"),
    "no_email": N_("not enrolled: no e-mail"),
    "over_share": N_("not enrolled: over your institution's share"),
    "no_place": N_("not enrolled: no place left"),
    "held_back": N_("not enrolled: there was not a place for everybody"),
    "cannot": N_("not enrolled: ask the employee"),
    "left": N_("not enrolled: no employee of yours"),
}


def enrol(work: Work, institution_id: int, form: EnrolForm) -> EnrolReceipt:
    """Enrol employees into a group on the institution's account; the same again changes nothing (4.3)."""
    institutions.own(work, institution_id, Action.APPLICATION_CREATE)
    entries = applications.enrol(work, institution_id, form.group_id, form.person_ids, _REST[form.mode])
    group = work.db.get_one(CourseGroup, form.group_id)
    known = candidates(work, institution_id, group, form.person_ids)
    people = [_told(work, entry, known[entry.wish.person_id], form.mode) for entry in entries]
    gone = set(form.person_ids) - {entry.wish.person_id for entry in entries}
    people += [_row(work, person_id, "", "left") for person_id in sorted(gone)]
    new = [entry for entry in entries if entry.is_new]
    placed = sum(one.outcome == "enrolled" for one in people)
    rest = [one for one in people if one.outcome not in {"enrolled", "line"}]
    return EnrolReceipt(
        title=_title(work, placed, sum(one.outcome == "line" for one in people)),
        group_id=group.key,
        group_code=group.code,
        enrolled=placed,
        people=people,
        rest=rest[:_LISTED],
        more_text=say_n(work.language, "and {n} more", "and {n} more", len(rest) - _LISTED)
        if len(rest) > _LISTED
        else "",
        application_ids=[entry.application_id for entry in new],
        named_ids=[entry.application_id for entry in new if entry.is_named],
        undo_until_text=_undo_until_text(work, group, new),
    )


def _undo_until_text(work: Work, group: CourseGroup, new: Sequence[Entry]) -> str:
    """Say until when the act can be taken back: for minutes, and places only while they can be cancelled (4.7)."""
    until = work.now + UNDO_LASTS
    if any(entry.status != ApplicationStatus.WAITLISTED for entry in new):
        until = min(until, group.cancellation_deadline_at)
    return riga.time_text(until) if new and until > work.now else ""


def _told(work: Work, entry: Entry, known: Candidate, mode: Mode) -> Enrolled:
    outcome = _outcome(entry, mode)
    if outcome == "already" and not known.is_ours:
        outcome = "cannot"  # what the person arranged alone is not told (11.5)
    return _row(work, known.person_id, known.name, outcome)


def _outcome(entry: Entry, mode: Mode) -> str:
    if entry.is_new:
        return "line" if entry.status == ApplicationStatus.WAITLISTED else "enrolled"
    if entry.application_id:
        return "already"
    if entry.bar is None:
        return "held_back" if mode is Mode.ALL else "no_place"
    return _BARRED.get(entry.bar, "cannot")


def _row(work: Work, person_id: int, name: str, outcome: str) -> Enrolled:
    return Enrolled(person_id=person_id, name=name, outcome=outcome, text=say(work.language, _SAID[outcome]))


def _title(work: Work, placed: int, lined: int) -> str:
    if not placed and not lined:
        return say(work.language, N_("Nobody was enrolled"))
    said = [
        say_n(work.language, "{n} employee enrolled", "{n} employees enrolled", placed) if placed else "",
        say_n(work.language, "{n} put on the waiting list", "{n} put on the waiting list", lined) if lined else "",
    ]
    return ", ".join(text for text in said if text)


def undo(work: Work, institution_id: int, group_id: int, application_ids: Sequence[int], named: Sequence[int]) -> int:
    """Take back what the coordinator has enrolled just now, by cancelling it; return how many that were.

    Places that had been reserved are the institution's again. What has become something else since is left alone.
    """
    institutions.own(work, institution_id, Action.APPLICATION_CANCEL)
    groups.lock_for_places(work, [group_id])
    meant = (
        work.db.execute(
            select(col(Application.id))
            .where(
                col(Application.id).in_(list(application_ids)[:MOST_AT_ONCE]),
                col(Application.group_id) == group_id,
                col(Application.payer_institution_id) == institution_id,
                col(Application.applied_by_id) == work.actor.person_id,
                col(Application.created_at) > work.now - UNDO_LASTS,
                col(Application.status).in_(ALIVE),
            )
            .order_by(col(Application.line_number).desc())
        )
        .scalars()
        .all()
    )
    if not meant:
        raise NotFound
    return applications.cancel_all(work, group_id, meant, set(named))
