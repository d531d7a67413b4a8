"""iCalendar (RFC 5545): entries to be read, and entries sent between the school and one person (RFC 5546).

Instants are UTC, so no calendar can misread a clock change.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import Literal

from icalendar import Calendar, Event, vCalAddress, vText

from mps_app.core.settings import settings

Method = Literal["REQUEST", "CANCEL"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, whatever it is about; the same UID for ever, a higher SEQUENCE at every change (5.3)."""

    uid: str
    sequence: int
    stamped_at: datetime
    starts_at: datetime
    ends_at: datetime
    summary: str
    url: str
    place: str = ""
    description: str = ""
    is_off: bool = False
    is_busy: bool = True


def published(name: str, entries: Iterable[Entry], *, hours: int = 1) -> bytes:
    """Return a calendar to be read, not answered; programs that follow it ask again after so many hours."""
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval;value=duration", f"PT{hours}H")
    for entry in entries:
        calendar.add_component(_event(entry))
    text: bytes = calendar.to_ical()
    return text


def sent(method: Method, entries: Iterable[Entry], attendee: str) -> str:
    """Return what puts entries into one person's calendar, or takes them out of it."""
    calendar = _calendar(method)
    for entry in entries:
        event = _event(entry)
        person = vCalAddress(f"mailto:{attendee}")
        person.params["PARTSTAT"] = vText("ACCEPTED")  # they applied: nothing is left to answer
        person.params["RSVP"] = vText("FALSE")
        event.add("attendee", person)
        calendar.add_component(event)
    text: str = calendar.to_ical().decode()
    return text


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//MPS//Training management system//LV")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.stamped_at)
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.ends_at)
    event.add("summary", entry.summary)
    event.add("status", "CANCELLED" if entry.is_off else "CONFIRMED")
    event.add("transp", "OPAQUE" if entry.is_busy and not entry.is_off else "TRANSPARENT")
    event.add("url", entry.url)
    event.add("organizer", _organizer())
    if entry.place:
        event.add("location", entry.place)
    if entry.description:
        event.add("description", entry.description)
    return event


def _organizer() -> vCalAddress:
    organizer = vCalAddress(f"mailto:{parseaddr(settings().mail_sender)[1]}")
    organizer.params["CN"] = vText(settings().school_name)
    return organizer
