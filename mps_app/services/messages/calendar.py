"""Sessions as iCalendar entries (5.3): the same UID for ever, a higher SEQUENCE at every change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import Literal

from icalendar import Calendar, Event, vCalAddress, vText

from mps_app.core.settings import settings
from mps_app.services.messages.templates import SessionFacts

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What every entry of one calendar object says beside its session."""

    course: str
    url: str
    description: str = ""


def calendar_text(
    method: Method, sessions: Sequence[SessionFacts], entry: Entry, *, stamped_at: datetime, attendee: str = ""
) -> str:
    """Return an iCalendar object. Instants are UTC, so no calendar can misread a clock change.

    ``attendee`` makes it a matter between the school and one person (RFC 5546); a feed has none.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//MPS//Training management system//LV")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    for session in sessions:
        event = _event(session, entry, stamped_at)
        event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
        if attendee:
            _between(event, attendee)
        calendar.add_component(event)
    text: str = calendar.to_ical().decode()
    return text


def _event(session: SessionFacts, entry: Entry, stamped_at: datetime) -> Event:
    event = Event()
    event.add("uid", session.uid)
    event.add("sequence", session.sequence)
    event.add("dtstamp", stamped_at)
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    event.add("summary", entry.course)
    event.add("location", session.place or session.online_url or "")
    event.add("url", session.online_url or entry.url)
    lines = (session.title, entry.description, session.online_url, entry.url)
    event.add("description", "\n".join(line for line in lines if line))
    event.add("transp", "OPAQUE")
    return event


def _between(event: Event, attendee: str) -> None:
    organizer = vCalAddress(f"mailto:{parseaddr(settings().mail_sender)[1]}")
    organizer.params["CN"] = vText(settings().school_name)
    event.add("organizer", organizer)
    person = vCalAddress(f"mailto:{attendee}")
    person.params["PARTSTAT"] = vText("ACCEPTED")  # they applied: nothing is left to answer
    person.params["RSVP"] = vText("FALSE")
    event.add("attendee", person)
