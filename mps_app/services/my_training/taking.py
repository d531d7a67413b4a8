"""Taking a session along: into one's calendar, or into its online room."""

from datetime import datetime
from typing import ClassVar

from mps_app.core import riga
from mps_app.core.calendars import published
from mps_app.core.errors import DomainError, NotFound
from mps_app.core.work import Work
from mps_app.services import catalogue
from mps_app.services.my_training.calendar import entry_of
from mps_app.services.my_training.card import JOIN_OPENS
from mps_app.services.my_training.owner import owner
from mps_app.services.my_training.sessions import OwnSession, of_group, of_session
from mps_app.text import N_


class NotOpenYet(DomainError):
    """The online room opens a set time before the session."""

    code = "not_open_yet"
    message: ClassVar[str] = N_("The link opens on {moment}. Come back then.")


class SessionOver(DomainError):
    """The session has ended, or was called off."""

    code = "session_over"
    message: ClassVar[str] = N_("This session is over.")


def session_calendar(work: Work, session_id: int) -> bytes:
    """Return one session of the actor's as a calendar."""
    return _calendar(work, [_own(work, session_id)])


def group_calendar(work: Work, group_id: int) -> bytes:
    """Return all sessions of one of the actor's groups as a calendar."""
    found = of_group(work, owner(work), group_id)
    if not found:
        raise NotFound
    return _calendar(work, found)


def online_room(work: Work, session_id: int) -> str:
    """Return the address of the session's online room, if it is open at this moment."""
    one = _own(work, session_id)
    if not one.online_url:
        raise NotFound
    if one.is_off or one.ends_at <= work.now:
        raise SessionOver
    if not one.link:
        raise NotFound
    if not is_open(one, work.now):
        opens_at = one.starts_at - JOIN_OPENS
        raise NotOpenYet(moment=riga.moment_text(work.language, opens_at, riga.Case.LOCATIVE))
    return one.link


def is_open(one: OwnSession, now: datetime) -> bool:
    """Whether the online room is open."""
    return one.starts_at - JOIN_OPENS <= now < one.ends_at


def _own(work: Work, session_id: int) -> OwnSession:
    found = of_session(work, owner(work), session_id)
    if found is None:
        raise NotFound
    return found


def _calendar(work: Work, found: list[OwnSession]) -> bytes:
    name = catalogue.title(work.language, found[0].title, found[0].title_en)
    return published(name, [entry_of(work.language, one) for one in found])
