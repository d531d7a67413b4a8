"""Whoever leaves an institution leaves the training that it would have paid for (2.5, 11.2)."""

from datetime import date

from sqlalchemy import select
from sqlmodel import col

from mps_app.core.errors import TryAgain
from mps_app.core.lifecycle import By
from mps_app.core.work import Work
from mps_app.models import HOLDING, Application, CourseGroup, Person
from mps_app.services import audit, employees, groups
from mps_app.services.applications import line, mails
from mps_app.services.applications.changes import end_application
from mps_app.text import N_, say


def withdraw_leavers(work: Work, fact: employees.EmploymentsEnded) -> None:
    """Withdraw upcoming applications on the institution's account; the places go to the line, the people are told."""
    withdrawn = employees.withdrawn_by_leaving(work, fact.employment_ids, fact.until_on)
    if not withdrawn:
        return
    locked = _lock(work, withdrawn)
    now = employees.withdrawn_by_leaving(work, fact.employment_ids, fact.until_on)
    if not {one.group_id for one in now} <= {*locked, None}:
        raise TryAgain  # somebody moved to another group while we waited; more locks now would be out of order
    left: dict[int, CourseGroup] = {}
    last_days = {one.application_id: one.until_on for one in now}
    for application in _applications(work, list(last_days)):
        group = locked.get(application.group_id or 0)
        _withdraw(work, application, group, last_days[application.key])
        if group is not None:
            left[group.key] = group
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


def _withdraw(work: Work, application: Application, group: CourseGroup | None, until_on: date) -> None:
    had_place = application.status in HOLDING
    person = work.db.get_one(Person, application.person_id)
    reason = say(
        person.language,
        N_("You have left {institution}, on whose account this was."),
        institution=application.payer["name"],
    )
    end_application(work, application, By.PAYER, reason)
    mails.cancelled(work, application, group, by="coordinator", had_place=had_place)
    audit.record(work, "cancelled", "application", application.key, reason="employment ended", until_on=str(until_on))
