"""A person's sessions as calendar entries (5.3, 6.2)."""

from mps_app.core.calendars import Entry
from mps_app.core.settings import settings
from mps_app.services import catalogue
from mps_app.services.my_training.sessions import OwnSession, place_text
from mps_app.text import say


def entry_of(language: str, one: OwnSession) -> Entry:
    """Return a session as an entry, with its place and its online link."""
    page = f"{settings().address}/kurss/{one.course_code}"
    part = one.topic or say(language, "Session {number} of {of}", number=one.number, of=one.of)
    bring = say(language, "Bring along: {what}", what=one.bring) if one.bring else ""
    group = f"{say(language, 'Group')} {one.group_code}"
    lines = ("" if one.is_off else part, group, bring, one.cancelled_reason if one.is_off else one.link, page)
    return Entry(
        uid=one.uid,
        sequence=one.sequence,
        stamped_at=one.applied_at,  # the same again for an unchanged entry: the feed's fingerprint depends on it
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        summary=catalogue.title(language, one.title, one.title_en),
        url=one.link or page,
        place=place_text(one) or one.link,
        description="\n".join(line for line in lines if line),
        is_off=one.is_off,
    )
