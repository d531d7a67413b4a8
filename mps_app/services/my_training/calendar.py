"""Sessions as calendar entries (5.3): the same UID for ever, a higher SEQUENCE at every change.

Instants are UTC, so no calendar can misread a clock change.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr

from icalendar import Calendar, Event, vCalAddress, vText

from mps_app.core.settings import settings
from mps_app.services import catalogue
from mps_app.services.my_training.sessions import OwnSession, place_text
from mps_app.text import say


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, whatever it is about."""

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


def entry_of(language: str, one: OwnSession) -> Entry:
    """Return a session as an entry, with its place and its online link."""
    page = f"{settings().address}/kurss/{one.course_code}"
    part = one.topic or say(language, "Session {number} of {of}", number=one.number, of=one.of)
    bring = say(language, "Bring along: {what}", what=one.bring) if one.bring else ""
    group = f"{say(language, 'Group')} {one.group_code}"
    lines = ("" if one.is_off else part, group, bring, one.cancelled_reason if one.is_off else one.online_url, page)
    return Entry(
        uid=one.uid,
        sequence=one.sequence,
        stamped_at=one.applied_at,  # the same again for an unchanged entry: the feed's fingerprint depends on it
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        summary=catalogue.title(language, one.title, one.title_en),
        url=one.online_url or page,
        place=place_text(one) or one.online_url or "",
        description="\n".join(line for line in lines if line),
        is_off=one.is_off,
    )


def calendar_text(name: str, entries: Iterable[Entry]) -> bytes:
    """Return an iCalendar object (RFC 5545) to be read, not answered."""
    calendar = Calendar()
    calendar.add("prodid", "-//MPS//Training management system//LV")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval;value=duration", "PT1H")
    for entry in entries:
        calendar.add_component(_event(entry))
    text: bytes = calendar.to_ical()
    return text


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
