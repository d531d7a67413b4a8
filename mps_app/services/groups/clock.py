"""What the clock does to groups; every job may run twice, late, or on two machines at once (invariant 3)."""

from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, text

from mps_app.core import riga
from mps_app.core.lifecycle import By
from mps_app.core.settings import settings
from mps_app.core.work import Work
from mps_app.models import CourseGroup, GroupStatus
from mps_app.services import catalogue, messages
from mps_app.services.groups.facts import GroupStarted, ReminderDue
from mps_app.services.groups.lifecycle import LIFE
from mps_app.services.groups.places import confirm_at_minimum, lock_with_line, registered_count
from mps_app.services.groups.schedule import group_facts

_DUE = text("""
    SELECT g.id,
           (SELECT min(lower(s.during)) FROM training_session s WHERE s.group_id = g.id AND s.withdrawn_at IS NULL),
           (SELECT max(upper(s.during)) FROM training_session s WHERE s.group_id = g.id AND s.withdrawn_at IS NULL)
    FROM course_group g
    WHERE (g.status = 'open' AND g.minimum <=
              (SELECT count(*) FROM application a WHERE a.group_id = g.id AND a.status = 'registered'))
       OR (g.status = 'confirmed' AND EXISTS (SELECT FROM training_session s
              WHERE s.group_id = g.id AND s.withdrawn_at IS NULL AND lower(s.during) <= :now))
       OR (g.status = 'running' AND NOT EXISTS (SELECT FROM training_session s
              WHERE s.group_id = g.id AND s.withdrawn_at IS NULL AND upper(s.during) > :now))
""").bindparams(bindparam("now"))

_FIRST_SESSIONS = text("""
    SELECT g.id, min(lower(s.during)) AS first
    FROM course_group g JOIN training_session s ON s.group_id = g.id AND s.withdrawn_at IS NULL
    WHERE g.status = 'confirmed' GROUP BY g.id HAVING min(lower(s.during)) BETWEEN :now AND :horizon ORDER BY g.id
""").bindparams(bindparam("now"), bindparam("horizon"))

_UNDECIDED = text("""
    SELECT g.id FROM course_group g
    WHERE g.status = 'open' AND g.decision_on <= :today AND g.minimum >
          (SELECT count(*) FROM application a WHERE a.group_id = g.id AND a.status = 'registered')
    ORDER BY g.id
""").bindparams(bindparam("today"))


def move_clock(work: Work) -> int:
    """Confirm at the minimum, start with the first session, complete after the last; return how many moved."""
    ids = [group_id for group_id, _, _ in _due(work)]
    if not ids:
        return 0
    groups = lock_with_line(work, ids)
    still = _due(work)  # sessions may have been moved while we waited
    return sum(_moved(work, groups[group_id], first, last) for group_id, first, last in still if group_id in groups)


def _due(work: Work) -> list[tuple[int, datetime | None, datetime | None]]:
    """Return the groups whose time has come, with when each begins and ends."""
    return [tuple(row) for row in work.db.execute(_DUE, {"now": work.now})]


def _moved(work: Work, group: CourseGroup, first: datetime | None, last: datetime | None) -> bool:
    """Move one locked group as far as the clock says; a process that slept makes several steps at once."""
    before = group.status
    confirm_at_minimum(work, group, by=By.CLOCK)
    if group.status == GroupStatus.CONFIRMED and first is not None and first <= work.now:
        LIFE.require(group.status, GroupStatus.RUNNING, By.CLOCK)
        group.status = GroupStatus.RUNNING
        work.happened(GroupStarted(group.key))
    if group.status == GroupStatus.RUNNING and (last is None or last <= work.now):
        LIFE.require(group.status, GroupStatus.COMPLETED, By.CLOCK)
        group.status = GroupStatus.COMPLETED
    if group.status == before:
        return False
    catalogue.touched(work, [group.course_id])
    return True


def send_reminders(work: Work) -> int:
    """State which reminders are due (5.5); each leaves once, by its message's key."""
    horizon = work.now + timedelta(days=14 + 2 * settings().reminder_working_days)
    found = list(work.db.execute(_FIRST_SESSIONS, {"now": work.now, "horizon": horizon}))
    due = 0
    for group_id, first in found:
        first_on = riga.today(first)
        occasion = _occasion(first_on, riga.today(work.now))
        if occasion is None:
            continue
        work.happened(ReminderDue(group_id, occasion[0], occasion[1], first_on))
        due += 1
    return due


def _occasion(first_on: date, today: date) -> tuple[str, date] | None:
    """Return the latest reminder whose day has come; a late run does not send the earlier one as well."""
    occasions = (
        ("days_before", first_on - timedelta(days=settings().reminder_days)),
        ("working_days_before", riga.add_working_days(first_on, -settings().reminder_working_days)),
    )
    return next((occasion for occasion in occasions if occasion[1] <= today), None)


def alert_undecided(work: Work) -> int:
    """Tell staff of groups below their minimum whose decision date has come (5.7); once per date."""
    found = work.db.execute(_UNDECIDED, {"today": riga.today(work.now)}).scalars().all()
    for group_id in found:
        group = work.db.get_one(CourseGroup, group_id)
        _alert(work, group, "decision_due", f"decision:{group.decision_on}")
    return len(found)


def alert_dropped(work: Work, group: CourseGroup) -> None:
    """Tell staff that a confirmed group is below its minimum again; it stays confirmed (5.7)."""
    if group.status == GroupStatus.CONFIRMED and registered_count(work, group.key) < group.minimum:
        _alert(work, group, "dropped", f"dropped:{riga.today(work.now)}")


def _alert(work: Work, group: CourseGroup, why: str, occasion: str) -> None:
    messages.queue(
        work,
        "staff_alert_minimum",
        recipient=settings().school_email,
        key=f"staff_alert_minimum:{group.key}:{occasion}",
        facts={
            **group_facts(work, group),
            "why": why,
            "participants": registered_count(work, group.key),
            "minimum": group.minimum,
            "decision_on": group.decision_on,
        },
    )
