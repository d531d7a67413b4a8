"""Whoever leaves an institution leaves the training that it would have paid for (2.5, 11.2)."""

from sqlalchemy import select, update
from sqlmodel import col

from mps_app.core.work import Work
from mps_app.models import HOLDING, Application, ApplicationStatus, CourseGroup, Person, PlaceOffer
from mps_app.services import audit, employees, groups
from mps_app.services.applications import line, mails
from mps_app.text import N_, say


def withdraw_leavers(work: Work, fact: employees.EmploymentsEnded) -> None:
    """Withdraw upcoming applications on the institution's account; the places go to the line, the people are told."""
    withdrawn = employees.withdrawn_by_leaving(work, fact.employment_ids, fact.until_on)
    if not withdrawn:
        return
    locked = _lock(work, withdrawn)
    now = employees.withdrawn_by_leaving(work, fact.employment_ids, fact.until_on)
    if not {one.group_id for one in now} <= {*locked, None}:
        withdraw_leavers(work, fact)  # somebody moved to another group while we waited
        return
    left: dict[int, CourseGroup] = {}
    ids = [one.application_id for one in now]
    for application in _applications(work, ids):
        group = locked.get(application.group_id or 0)
        _withdraw(work, application, group, fact)
        if group is not None:
            left[group.key] = group
    work.db.execute(
        update(PlaceOffer)
        .where(col(PlaceOffer.application_id).in_(ids), col(PlaceOffer.answered_at).is_(None))
        .values(answered_at=work.now, outcome="declined")
    )
    for group in left.values():
        line.settle(work, group)
        groups.alert_dropped(work, group)  # 5.7


def _lock(work: Work, withdrawn: list[employees.Withdrawn]) -> dict[int, CourseGroup]:
    """Lock the lines of all courses by id, then the groups: the one order everywhere."""
    for course_id in sorted({one.course_id for one in withdrawn}):
        groups.lock_next_group_line(work, course_id)
    return groups.lock_with_line(work, {one.group_id for one in withdrawn if one.group_id is not None})


def _applications(work: Work, ids: list[int]) -> list[Application]:
    found = work.db.execute(
        select(Application)
        .where(col(Application.id).in_(ids))
        .order_by(col(Application.id))
        .execution_options(populate_existing=True)
    )
    return list(found.scalars())


def _withdraw(
    work: Work, application: Application, group: CourseGroup | None, fact: employees.EmploymentsEnded
) -> None:
    had_place = application.status in HOLDING
    person = work.db.get_one(Person, application.person_id)
    reason = say(
        person.language,
        N_("You have left {institution}, on whose account this was."),
        institution=application.payer["name"],
    )
    application.status, application.status_at = ApplicationStatus.CANCELLED, work.now
    application.ended_reason, application.adjustments = reason, ""  # 4.13: nobody needs them any more
    mails.cancelled(work, application, group, by="coordinator", had_place=had_place)
    audit.record(
        work, "cancelled", "application", application.key, reason="employment ended", until_on=str(fact.until_on)
    )
