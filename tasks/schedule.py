"""The beat table: which job, how often, and why. Importing it makes every job known to the worker.

Jobs of a day (reminders, the self-audit) are asked every few minutes and know themselves whether their
hour has come and whether they ran today: a clock that slept, or a day of 23 hours, loses none.
"""

from datetime import timedelta

from mps_app.core.settings import settings
from tasks import (
    administration,
    applications,
    certificates,
    digests,
    employees,
    enrolments,
    evaluations,
    exams,
    groups,
    identity,
    messages,
    operations,
    rosters,
)
from tasks.celery_app import app

__all__ = ["SCHEDULE", "operations"]

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)

SCHEDULE = (
    # job                     every         why
    (
        messages.sweep_outbox,
        settings().mail_sweep_seconds * SECOND,
        "commands wake it at once; this catches what a lost wake-up left",
    ),
    (applications.expire_offers, MINUTE, "a place held in vain goes on to the next in line (4.6)"),
    (applications.end_undecided, 5 * MINUTE, "a place nobody approved in time goes on to the next in line (4.8)"),
    (applications.remind_of_approvals, 5 * MINUTE, "once a day from 08:00 in Riga (4.8)"),
    (applications.note_absent, 5 * MINUTE, "attendance may be known before a training is over (9.1)"),
    (applications.forget_adjustments, HOUR, "what people need to take part may tell of their health (4.13)"),
    (enrolments.release_due, 5 * MINUTE, "nameless places go back on the morning of their day (11.6)"),
    (enrolments.remind_of_reservations, 5 * MINUTE, "once a day from 08:00 in Riga (11.6)"),
    (groups.move_clock, MINUTE, "a group starts and ends by the clock, to the minute (5.1)"),
    (groups.send_reminders, 5 * MINUTE, "once a day from 08:00 in Riga (5.5)"),
    (groups.alert_undecided, 5 * MINUTE, "once a day from 08:00 in Riga (5.7)"),
    (administration.examine, 5 * MINUTE, "once a night from 03:30 in Riga (16.4)"),
    (evaluations.invite_due, 5 * MINUTE, "whoever attended is asked (7.1)"),
    (evaluations.send_reminders, 5 * MINUTE, "once a day from 09:00 in Riga (7.3)"),
    (exams.invite_due, 5 * MINUTE, "before the training or after it; a confirmed group and attendance wake it (8.1)"),
    (exams.send_reminders, 5 * MINUTE, "once a day from 09:00 in Riga (8.1)"),
    (exams.end_overdue, MINUTE, "a test whose time is over is handed in with what was saved (8.1)"),
    (digests.send_daily, 5 * MINUTE, "once a working day from 08:00 in Riga, to coordinators who chose it (11)"),
    (evaluations.open_ballots, 5 * MINUTE, "every sending wakes it; this catches what was lost, or closed (7.4)"),
    (certificates.issue_due, 5 * MINUTE, "what is earned wakes it; this catches what a lost wake-up left (7.2)"),
    (certificates.print_due, MINUTE, "issuing wakes it; this goes on where a killed worker left off (7.2)"),
    (rosters.forget_changes, HOUR, "notes of changes that every remembered roster has read (11.4)"),
    (employees.let_go, 5 * MINUTE, "once a day from 00:05 in Riga: ends that were set beforehand come due (2.5)"),
    (employees.drop_old_imports, HOUR, "lists that nobody confirmed hold personal codes (11.2)"),
    (identity.clean_up, HOUR, "ended sessions and codes are of no use to anybody (1.4)"),
)

app.conf.beat_schedule = {
    task.name: {"task": task.name, "schedule": every, "options": {"expires": every.total_seconds()}}
    for task, every, _why in SCHEDULE
}
