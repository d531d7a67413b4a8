"""Which calendar entries a message carries: new ones, updated ones, withdrawn ones (5.3)."""

from datetime import datetime

from mps_app.core.calendars import Entry, Method, sent
from mps_app.core.settings import settings
from mps_app.core.tools import CalendarPart
from mps_app.models import OutboxMessage
from mps_app.services.messages.facts import Facts
from mps_app.services.messages.templates import (
    TEMPLATES,
    ApplicationCancelled,
    GroupCancelled,
    GroupChanged,
    GroupConfirmed,
    SessionFacts,
)


def calendars(message: OutboxMessage) -> tuple[CalendarPart, ...]:
    """Return the calendar objects of a message; most have none."""
    facts = TEMPLATES[message.template].facts.model_validate(message.facts)
    parts = ((method, sessions) for method, sessions in _asked(facts) if sessions)
    return tuple(
        CalendarPart(method, _written(method, sessions, facts, message.recipient, message.created_at))
        for method, sessions in parts
    )


def _asked(facts: Facts) -> list[tuple[Method, list[SessionFacts]]]:
    match facts:
        case GroupConfirmed(audience="participant" | "lecturer"):
            return [("REQUEST", facts.sessions)]
        case GroupChanged(audience="participant" | "lecturer", was_confirmed=True):
            gone = [change.old for change in facts.changes if change.old and not change.new]
            return [("REQUEST", facts.sessions), ("CANCEL", gone)]
        case GroupCancelled(audience="participant" | "lecturer", was_confirmed=True):
            return [("CANCEL", facts.sessions)]
        case ApplicationCancelled(was_confirmed=True):
            return [("CANCEL", facts.sessions)]
        case _:
            return []


def _written(method: Method, sessions: list[SessionFacts], facts: Facts, attendee: str, stamped_at: datetime) -> str:
    course: str = getattr(facts, "course_title", "")
    path: str = getattr(facts, "path", "/")
    bring = facts.bring_text if isinstance(facts, GroupConfirmed) else ""
    page = settings().address + path
    entries = (
        Entry(
            uid=session.uid,
            sequence=session.sequence,
            stamped_at=stamped_at,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            summary=course,
            url=session.online_url or page,
            place=session.place or session.online_url or "",
            description="\n".join(line for line in (session.title, bring, session.online_url, page) if line),
            is_off=method == "CANCEL",
        )
        for session in sessions
    )
    return sent(method, entries, attendee)
