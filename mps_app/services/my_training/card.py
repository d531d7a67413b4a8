"""The card of a picked day (6.1): its sessions, where, with whom, and what can be done."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.models import Application, ApplicationStatus, CourseFormat, CourseGroup, Lecturer, Person, SessionLecturer
from mps_app.services import applications, catalogue
from mps_app.services.my_training import after, changes, scale
from mps_app.services.my_training.owner import owner
from mps_app.services.my_training.sessions import OwnSession, address_of, ids, letter_of, on_day
from mps_app.text import say, say_n
from mps_app.views.date_scale import DayCard, Door, Files, Marks, SessionCard

JOIN_OPENS = timedelta(minutes=15)  # before the session
_TIMER_REACHES = timedelta(hours=12)


class _Beside(NamedTuple):
    """What is read for all sessions of a day at once."""

    lecturers: dict[int, str]
    notes: dict[int, list[str]]
    files: dict[int, Files]
    doors: dict[int, list[Door]]
    cancellable: frozenset[int]  # applications


def day_card(work: Work, day: int, marks: Marks) -> DayCard:
    """Return the picked day's card; ``marks`` say which days lie before and after."""
    on, today = date.fromordinal(day), riga.today(work.now)
    found = on_day(work, owner(work), on)
    previous, following = scale.before(marks, day), scale.after(marks, day)
    weekday = riga.weekday_text(work.language, on)
    return DayCard(
        day=day,
        weekday=weekday if on.year == today.year else _with_year(work, weekday, on),
        date=riga.day_text(work.language, on),
        distance=distance_text(work.language, on, today),
        previous=previous,
        previous_text=_brief(work, previous, today),
        following=following,
        following_text=_brief(work, following, today),
        sessions=_cards(work, found),
    )


def _with_year(work: Work, weekday: str, on: date) -> str:
    return say(work.language, "{weekday}, {year}", weekday=weekday, year=on.year)


def _brief(work: Work, day: int, today: date) -> str:
    if not day:
        return ""
    on = date.fromordinal(day)
    return riga.day_brief_text(work.language, on) if on.year == today.year else riga.day_short_text(work.language, on)


def distance_text(language: str, day: date, today: date) -> str:
    """Return how far a day is: *Šodien*, *Rīt*, *Pēc 5 dienām*, *Pirms 5 dienām*."""
    days = (day - today).days
    if days == 0:
        return say(language, "Today")
    if days > 0:
        return say(language, "Tomorrow") if days == 1 else say_n(language, "In {n} day", "In {n} days", days)
    return say(language, "Yesterday") if days == -1 else say_n(language, "{n} day ago", "{n} days ago", -days)


def _cards(work: Work, found: Sequence[OwnSession]) -> list[SessionCard]:
    if not found:
        return []
    beside = _Beside(
        _lecturers(work, found),
        changes.notes(work, found),
        after.files(work, found),
        after.doors(work, found),
        _cancellable(work, found),
    )
    return [_card(work, one, beside) for one in found]


def _card(work: Work, one: OwnSession, beside: _Beside) -> SessionCard:
    coming = one.ends_at > work.now
    is_online, opens_at = bool(one.link) and not one.is_off and coming, one.starts_at - JOIN_OPENS
    waits = opens_at - work.now if is_online and opens_at > work.now else None
    self_paced = one.form == CourseFormat.ELEARNING
    return SessionCard(
        id=one.id,
        letter=letter_of(one.form, is_off=False),
        start=say(work.language, "by {time}", time=riga.time_text(one.ends_at))
        if self_paced
        else riga.time_text(one.starts_at),
        end="" if self_paced else riga.time_text(one.ends_at),
        title=catalogue.title(work.language, one.title, one.title_en),
        code=one.course_code,
        part=_part(work, one),
        group=one.group_code,
        address=address_of(one),
        room=one.room or "",
        is_online=bool(one.online_url),
        opens=_opening(work, one) if waits else "",
        opens_in=round(waits.total_seconds()) + 1 if waits and waits < _TIMER_REACHES else 0,
        may_join=is_online and not waits,
        lecturers=beside.lecturers.get(one.id, ""),
        bring=one.bring if coming and not one.is_off else "",
        files=beside.files[one.group_id],
        notes=[*_status_notes(work, one), *beside.notes.get(one.id, [])],
        is_off=one.is_off,
        is_coming=coming and not one.is_off,
        doors=beside.doors.get(one.application_id, []),
        application=one.application_id if one.application_id in beside.cancellable and coming and not one.is_off else 0,
    )


def _opening(work: Work, one: OwnSession) -> str:
    """Say when the link opens: the hour, and the day when that is not the session's own."""
    opens_at = one.starts_at - JOIN_OPENS
    if riga.today(opens_at) == riga.today(one.starts_at):
        return riga.time_text(opens_at)
    return riga.moment_text(work.language, opens_at)


def _part(work: Work, one: OwnSession) -> str:
    if one.topic:
        return one.topic
    return say(work.language, "Session {number} of {of}", number=one.number, of=one.of) if one.of > 1 else ""


def _status_notes(work: Work, one: OwnSession) -> list[str]:
    if one.is_off:
        off = say(work.language, "The session is cancelled.")
        return [f"{off} {one.cancelled_reason}".strip()]
    if one.application_status == ApplicationStatus.PENDING_APPROVAL:
        return [say(work.language, "Your institution has not approved this yet; the place is held for you.")]
    return []


def _cancellable(work: Work, found: Sequence[OwnSession]) -> frozenset[int]:
    """Return the applications whose place can be given up now (4.7)."""
    coming = {one.application_id for one in found if one.ends_at > work.now and not one.is_off}
    if not coming:
        return frozenset()
    rows = work.db.execute(
        select(Application, CourseGroup)
        .join(CourseGroup, col(CourseGroup.id) == col(Application.group_id))
        .where(col(Application.id).in_(coming))
    )
    return frozenset(one.key for one, group in rows if applications.may_cancel(work, one, group))


def _lecturers(work: Work, found: Sequence[OwnSession]) -> dict[int, str]:
    rows = work.db.execute(
        select(col(SessionLecturer.session_id), col(Person.given_name), col(Person.family_name))
        .join(Lecturer, col(Lecturer.id) == col(SessionLecturer.lecturer_id))
        .join(Person, col(Person.id) == col(Lecturer.person_id))
        .where(col(SessionLecturer.session_id).in_(ids(found)))
        .order_by(col(Person.family_name), col(Person.given_name))
    )
    names: dict[int, list[str]] = {}
    for session_id, given_name, family_name in rows:
        names.setdefault(session_id, []).append(f"{given_name} {family_name}")
    return {session_id: ", ".join(listed) for session_id, listed in names.items()}
