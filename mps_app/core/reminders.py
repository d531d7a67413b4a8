"""How often people are reminded of what waits for them (7.3, 8.1): one rule for every room that asks for something."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from mps_app.core import riga
from mps_app.core.settings import settings
from mps_app.core.work import Work
from mps_app.text import N_, say


@dataclass(frozen=True, slots=True)
class Reminders:
    """How often people are reminded, as the settings say."""

    every_days: int
    at_most: int
    closes_days: int


@dataclass(frozen=True, slots=True)
class Reminded:
    """What one invitation has seen so far."""

    invited_on: date
    sent: int
    last_on: date | None
    is_stopped: bool
    is_answered: bool


class Invitation(Protocol):
    """A row that asks somebody for something."""

    invited_on: date
    reminders_sent: int
    reminded_on: date | None
    reminders_stopped: bool


def next_reminder_on(so_far: Reminded, rules: Reminders) -> date | None:
    """Return the day of the next reminder; nothing when none comes any more (7.3)."""
    if so_far.is_answered or so_far.is_stopped or rules.every_days == 0 or so_far.sent >= rules.at_most:
        return None
    coming = (so_far.last_on or so_far.invited_on) + timedelta(days=rules.every_days)
    return coming if coming <= so_far.invited_on + timedelta(days=rules.closes_days) else None


def note_if_due(work: Work, invitation: Invitation) -> bool:
    """Note on an invitation that waits that its reminder leaves today, if its day has come; tell whether it has."""
    today, due_on = riga.today(work.now), _next_of(invitation, is_done=False)
    if due_on is None or due_on > today:
        return False
    invitation.reminders_sent += 1
    invitation.reminded_on = today
    return True


def next_reminder_text(work: Work, invitation: Invitation, *, is_done: bool) -> str:
    """Say when the next reminder comes (4.11); nothing when none does."""
    coming = _next_of(invitation, is_done=is_done)
    if coming is None:
        return ""
    day = max(coming, riga.today(work.now))
    return say(work.language, N_("Next reminder on {day}."), day=riga.day_text(work.language, day, riga.Case.LOCATIVE))


def _next_of(invitation: Invitation, *, is_done: bool) -> date | None:
    here = settings()
    rules = Reminders(here.evaluation_reminder_days, here.evaluation_reminder_limit, here.evaluation_closes_days)
    so_far = Reminded(
        invited_on=invitation.invited_on,
        sent=invitation.reminders_sent,
        last_on=invitation.reminded_on,
        is_stopped=invitation.reminders_stopped,
        is_answered=is_done,
    )
    return next_reminder_on(so_far, rules)
