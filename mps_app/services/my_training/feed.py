"""The personal calendar address (6.2): who knows it reads the person's sessions, until it is revoked."""

import base64
import hashlib
import hmac
import secrets
from datetime import timedelta

from sqlalchemy import select
from sqlmodel import col

from mps_app.core import riga
from mps_app.core.calendars import published
from mps_app.core.errors import NotFound
from mps_app.core.settings import settings
from mps_app.core.work import Work
from mps_app.models import CalendarFeed, Person
from mps_app.policy import Action, Subject, require
from mps_app.services.my_training import deadlines
from mps_app.services.my_training.calendar import entry_of
from mps_app.services.my_training.owner import owner
from mps_app.services.my_training.sessions import between
from mps_app.text import say
from mps_app.views.calendar import FeedAddress, FeedCard, FeedText

_LOOKS_BACK = timedelta(days=366)
_PURPOSE = b"calendar feed|"


def feed_card(work: Work) -> FeedCard:
    """Return whether the actor has an address, and what it carries."""
    feed = _in_force(work, owner(work))
    if feed is None:
        return FeedCard()
    since = riga.day_short_text(work.language, riga.today(feed.created_at))
    return FeedCard(is_on=True, has_deadlines=feed.has_deadlines, since_text=since)


def feed_address(work: Work) -> FeedAddress:
    """Return the address in force once more; it is made anew from what only this system knows."""
    feed = _in_force(work, _changer(work))
    if feed is None:
        raise NotFound
    path = f"/kalendars/{_token(feed.seed)}.ics"
    return FeedAddress(
        https=settings().address + path, webcal=f"webcal://{settings().address.partition('://')[2]}{path}"
    )


def new_feed_address(work: Work) -> FeedAddress:
    """Give the actor an address; the one before, if any, leads nowhere from now on."""
    person_id = _changer(work)
    before = _revoke(work, person_id)
    seed = secrets.token_urlsafe(24)
    has_deadlines = before is not None and before.has_deadlines
    work.db.add(
        CalendarFeed(
            person_id=person_id,
            seed=seed,
            token_hash=_hash(_token(seed)),
            has_deadlines=has_deadlines,
            created_at=work.now,
        )
    )
    work.db.flush()
    return feed_address(work)


def revoke_feed(work: Work) -> None:
    """Have the actor's address lead nowhere; a repeated request changes nothing."""
    _revoke(work, _changer(work))


def choose_deadlines(work: Work, *, are_wanted: bool) -> None:
    """Put the deadlines of applications into the feed, or leave them out."""
    feed = _in_force(work, _changer(work))
    if feed is None:
        raise NotFound
    feed.has_deadlines = are_wanted


def feed_of(work: Work, token: str, known_mark: str = "") -> FeedText:
    """Return the calendar behind an address; a revoked and an invented one are the same nothing.

    Writing it is the dear part, so it is not written for a reader who has it (``known_mark``).
    """
    row = work.db.execute(
        select(CalendarFeed, Person)
        .join(Person, col(Person.id) == col(CalendarFeed.person_id))
        .where(
            col(CalendarFeed.token_hash) == _hash(token),
            col(CalendarFeed.revoked_at).is_(None),
            col(Person.anonymised_at).is_(None),
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    feed, person = row
    sessions = between(work, person.key, work.now - _LOOKS_BACK, None)
    entries = [entry_of(person.language, one) for one in sessions]
    if feed.has_deadlines:
        entries += deadlines.entries(work, person.key, person.language)
    mark = hashlib.sha256(f"{person.language}{entries}".encode()).hexdigest()[:32]
    if mark == known_mark:
        return FeedText(mark=mark)
    return FeedText(mark=mark, text=published(say(person.language, "My training events"), entries))


def _changer(work: Work) -> int:
    person_id = owner(work)
    require(work, Action.PERSON_UPDATE, Subject(person_id=person_id))
    return person_id


def _in_force(work: Work, person_id: int) -> CalendarFeed | None:
    return work.db.execute(
        select(CalendarFeed).where(col(CalendarFeed.person_id) == person_id, col(CalendarFeed.revoked_at).is_(None))
    ).scalar_one_or_none()


def _revoke(work: Work, person_id: int) -> CalendarFeed | None:
    """Revoke the address in force; the person's row is locked, so that of two new ones both can be made in turn."""
    work.db.execute(select(col(Person.id)).where(col(Person.id) == person_id).with_for_update())
    feed = _in_force(work, person_id)
    if feed is not None:
        feed.revoked_at = work.now
        work.db.flush()
    return feed


def _token(seed: str) -> str:
    """Return the unguessable part of an address: 256 bits that the database alone does not yield."""
    key = settings().secret_key.get_secret_value().encode()
    digest = hmac.new(key, _PURPOSE + seed.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
