"""What was done, what is now, what comes (4.11); from the same rows and rules that act."""

from datetime import timedelta

from mps_app.core import riga
from mps_app.core.settings import settings
from mps_app.core.work import Work
from mps_app.models import Application, ApplicationStatus, CourseGroup, GroupStatus
from mps_app.services import groups
from mps_app.services.messages.templates import SessionFacts
from mps_app.text import N_, say, say_n
from mps_app.views.applications import Step

DONE, NOW, LATER, MISSING = "done", "now", "later", "missing"
_CONFIRMED = frozenset({GroupStatus.CONFIRMED, GroupStatus.RUNNING, GroupStatus.COMPLETED})
_PLACED = frozenset(
    {
        ApplicationStatus.PENDING_APPROVAL,
        ApplicationStatus.REGISTERED,
        ApplicationStatus.ATTENDED,
        ApplicationStatus.COMPLETED,
    }
)


def steps_of(
    work: Work, application: Application, group: CourseGroup | None, sessions: list[SessionFacts], position: int
) -> list[Step]:
    """Return the way of an application from the receipt to the training."""
    if group is None:
        return [_received(work, application, group), *_until_next_group(work, position)]
    steps = [_received(work, application, group)]
    if application.status == ApplicationStatus.PENDING_APPROVAL:
        steps.append(_approval(work, application))
    if application.status not in _PLACED:
        steps.append(_place(work, application, position))
    steps.append(_confirmation(work, group))
    steps += [_reminder(work, sessions)] if _reminds(work, group, sessions) else []
    steps.append(_training(work, group, sessions))
    return steps


def _received(work: Work, application: Application, group: CourseGroup | None) -> Step:
    has_place = application.status in _PLACED and group is not None
    text = (
        say(work.language, N_("Your place in group {group} is reserved"), group=group.code if group else "")
        if has_place
        else say(
            work.language,
            N_("On {day}"),
            day=riga.day_text(work.language, riga.today(application.created_at), riga.Case.LOCATIVE),
        )
    )
    return Step(title=say(work.language, N_("Application received")), text=text, state=DONE)


def _approval(work: Work, application: Application) -> Step:
    return Step(
        title=say(work.language, N_("Your institution approves")), text=approval_text(work, application), state=NOW
    )


def approval_text(work: Work, application: Application) -> str:
    """Say who decides, and until when (4.8)."""
    name = application.payer.get("name", "")
    if application.decide_by is None:
        return say(work.language, N_("{institution} decides; the place is yours meanwhile"), institution=name)
    day = riga.day_text(work.language, application.decide_by, riga.Case.DATIVE)
    text = N_("{institution} decides until {day}; the place is held for you meanwhile")
    return say(work.language, text, institution=name, day=day)


def _place(work: Work, application: Application, position: int) -> Step:
    if application.status == ApplicationStatus.OFFERED:
        return Step(
            title=say(work.language, N_("A place is held for you")),
            text=say(work.language, N_("It is yours as soon as you take it")),
            state=NOW,
        )
    text = say(
        work.language, N_("You are number {position} in line. A freed place goes to the first."), position=position
    )
    return Step(title=say(work.language, N_("A place frees")), text=text, state=NOW)


def _until_next_group(work: Work, position: int) -> list[Step]:
    return [
        Step(
            title=say(work.language, N_("A new group opens")),
            text=say(
                work.language,
                N_("You are number {position} in line. We will write and hold a place for you."),
                position=position,
            ),
            state=NOW,
        ),
        Step(
            title=say(work.language, N_("Training")),
            text=say(work.language, N_("The date is not known yet")),
            state=LATER,
        ),
    ]


def _confirmation(work: Work, group: CourseGroup) -> Step:
    if group.status in _CONFIRMED:
        return Step(
            title=say(work.language, N_("The group is confirmed")),
            text=say(work.language, N_("The training takes place")),
            state=DONE,
        )
    registered = groups.registered_count(work, group.key)
    text = say_n(
        work.language,
        "Once there are enough participants ({n} of {minimum} so far), we will send the time and place",
        "Once there are enough participants ({n} of {minimum} so far), we will send the time and place",
        registered,
        minimum=group.minimum,
    )
    return Step(title=say(work.language, N_("The group is being confirmed")), text=text, state=NOW)


def _reminds(work: Work, group: CourseGroup, sessions: list[SessionFacts]) -> bool:
    starts_at = groups.starts_at(sessions)
    return group.status == GroupStatus.CONFIRMED and starts_at is not None and starts_at > work.now


def _reminder(work: Work, sessions: list[SessionFacts]) -> Step:
    """Say when the next reminder comes (5.5)."""
    starts_at = groups.starts_at(sessions)
    first_on = riga.today(starts_at or work.now)
    days = (
        riga.add_working_days(first_on, -settings().reminder_working_days),
        first_on - timedelta(days=settings().reminder_days),
    )
    coming = next((day for day in days if day > riga.today(work.now)), None)
    if coming is None:
        return Step(title=say(work.language, N_("Reminder")), text=say(work.language, N_("Already sent")), state=DONE)
    text = riga.day_text(work.language, coming, riga.Case.LOCATIVE)
    return Step(title=say(work.language, N_("Reminder")), text=text, state=LATER)


def _training(work: Work, group: CourseGroup, sessions: list[SessionFacts]) -> Step:
    state = {GroupStatus.RUNNING: NOW, GroupStatus.COMPLETED: DONE}.get(GroupStatus(group.status), LATER)
    return Step(title=say(work.language, N_("Training")), text=when_text(work, sessions), state=state)


def dates_text(work: Work, group: CourseGroup | None, sessions: list[SessionFacts]) -> str:
    """Return when a group meets; one that was called off meets no more, which its status says."""
    if group is None:
        return say(work.language, N_("The date is not known yet"))
    return "" if group.status == GroupStatus.CANCELLED and not sessions else when_text(work, sessions)


def when_text(work: Work, sessions: list[SessionFacts]) -> str:
    """Return *3. un 4. novembris, 09:30–15:00, Rīga*: days, the usual hours, the place."""
    if not sessions:
        return say(work.language, N_("At your own pace"))
    held_on = [riga.today(session.starts_at) for session in sessions]
    days = riga.days_seen_text(work.language, held_on, riga.today(work.now))
    spans = {riga.span_text(session.starts_at, session.ends_at) for session in sessions}
    hours = spans.pop() if len(spans) == 1 else ""
    return ", ".join(part for part in (days, hours, place_text(work, sessions)) if part)


def place_text(work: Work, sessions: list[SessionFacts]) -> str:
    """Return the place of the sessions, or that they are online."""
    places = list(dict.fromkeys(session.place for session in sessions if session.place))
    if places:
        return "; ".join(places)
    return say(work.language, N_("online")) if any(session.online_url for session in sessions) else ""
