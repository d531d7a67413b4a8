"""Groups as an institution sees them: what is free, what is its own, what it holds without names (11.6)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from sqlalchemy import BigInteger, ColumnElement, any_, bindparam, cast, func, or_, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import col

from mps_app.core import riga
from mps_app.core.folding import fold
from mps_app.core.money import price_text
from mps_app.core.work import Work, only_reads
from mps_app.models import HOLDING, Course, CourseGroup, Visibility
from mps_app.policy import Action
from mps_app.services import applications, catalogue, institutions
from mps_app.services.applications import Enterable
from mps_app.services.enrolments.reservations import last_release_on
from mps_app.text import N_, say, say_n
from mps_app.views.enrolments import PlaceCard, PlacesPage

PAGE_SIZE = 20
_MOST = 2_000

_OWN = text("""
    SELECT g.id,
           (SELECT count(*) FROM institution_record r WHERE r.group_id = g.id AND r.institution_id = :institution_id
              AND r.status = ANY(:holding)),
           (SELECT count(*) FROM institution_record r WHERE r.group_id = g.id AND r.institution_id = :institution_id
              AND r.status = 'waitlisted'),
           p.places, p.release_on
    FROM course_group g
    LEFT JOIN place_reservation p ON p.group_id = g.id AND p.institution_id = :institution_id
    WHERE g.id = ANY(:ids)
""").bindparams(bindparam("institution_id"), bindparam("holding"), bindparam("ids"))


@dataclass(frozen=True, slots=True)
class _Own:
    """What an institution has in a group."""

    enrolled: int
    waiting: int
    reserved: int
    release_on: date | None


@only_reads
def places(work: Work, institution_id: int, query: str = "", limit: int = PAGE_SIZE) -> PlacesPage:
    """Return the groups that the institution's people can enter now: all closed ones, the others a page at a time."""
    institutions.own(work, institution_id, Action.PLACE_RESERVE)
    found = _found(work, institution_id, query)
    courses = _courses(work, found)
    closed = [one for one in found if courses[one.group.course_id].visibility == Visibility.RESTRICTED]
    others = [one for one in found if courses[one.group.course_id].visibility != Visibility.RESTRICTED]
    shown = [*closed, *others[:limit]]
    own = _own(work, institution_id, [one.group.key for one in shown])
    cards = {
        one.group.key: _card(work, one, courses[one.group.course_id], own[one.group.key], institution_id)
        for one in shown
    }
    return PlacesPage(
        closed=[cards[one.group.key] for one in closed],
        cards=[cards[one.group.key] for one in others[:limit]],
        found_text=say_n(work.language, "{n} group", "{n} groups", len(others)),
        has_more=len(others) > limit,
        is_empty=not found,
    )


def _found(work: Work, institution_id: int, query: str) -> list[Enterable]:
    """Return the groups by date; the words may be in the title or in the group's code."""
    found = applications.enterable(work, *_meant(work, catalogue.offered_to(institution_id), fold(query).split()))
    found.sort(key=lambda one: not one.sessions)  # what has no date comes last
    return found[:_MOST]


def _meant(work: Work, offered: ColumnElement[bool], words: Sequence[str]) -> Iterable[ColumnElement[bool]]:
    """Yield that a group's course is offered, and that each word is in its title or in the group's code."""
    if not words:
        yield col(CourseGroup.course_id).in_(select(col(Course.id)).where(offered))
        return
    rows = work.db.execute(select(col(Course.id), col(Course.title), col(Course.title_en)).where(offered)).all()
    folded = {key: _folded_title(f"{title} {title_en}") for key, title, title_en in rows}
    yield _is_of(folded)
    for word in words:
        known = [key for key, title in folded.items() if word in title]
        in_code = func.lower(col(CourseGroup.code)).contains(word, autoescape=True)
        yield or_(_is_of(known), in_code)


def _is_of(course_ids: Iterable[int]) -> ColumnElement[bool]:
    """Return that a group is of one of these courses; as one array, because a statement has only so many parameters."""
    return col(CourseGroup.course_id) == any_(cast(list(course_ids), ARRAY(BigInteger)))


_folded_title = lru_cache(maxsize=20_000)(fold)  # of courses: the same ones at every letter typed


def _courses(work: Work, found: Sequence[Enterable]) -> dict[int, Course]:
    meant = col(Course.id).in_({one.group.course_id for one in found})
    return {course.key: course for course in work.db.execute(select(Course).where(meant)).scalars()}


def _own(work: Work, institution_id: int, group_ids: Sequence[int]) -> dict[int, _Own]:
    asked = {"institution_id": institution_id, "holding": list(HOLDING), "ids": list(group_ids)}
    rows = work.db.execute(_OWN, asked)
    return {row[0]: _Own(row[1], row[2], row[3] or 0, row[4]) for row in rows}


def _card(work: Work, one: Enterable, course: Course, own: _Own, institution_id: int) -> PlaceCard:
    group = one.group
    free = catalogue.free_places(group.maximum, group.places_taken, has_line=one.waiting > 0)
    cents = course.price_cents if group.price_cents is None else group.price_cents
    last = last_release_on(one)
    tomorrow = riga.today(work.now) + timedelta(days=1)
    account = applications.account(work, group, institution_id) if group.institution_share is not None else None
    room = free if account is None or account.left is None else min(free, account.left)
    return PlaceCard(
        group_id=group.key,
        course_title=catalogue.title(work.language, course.title, course.title_en),
        code=group.code,
        when_text=applications.when_text(work, one.sessions),
        form=course.format,
        form_text=catalogue.form_text(work.language, course.format),
        price_text=price_text(work.language, cents),
        until_text=say(
            work.language,
            N_("Enrol until {day}"),
            day=riga.day_text(work.language, riga.today(group.registration_closes_at), riga.Case.DATIVE),
        ),
        left_text=_left_text(work, free, group.maximum, one.waiting),
        **_bar(work, group, own),
        own_text=_own_text(work, own),
        reserved=own.reserved,
        wanted_text=str(own.reserved or 1),
        reserved_text=_reserved_text(work, own),
        share_text=_share_text(work, account),
        enrol_path=f"/iestade/darbinieki?kurss={course.key}&grupa={group.key}",
        most=own.reserved + room if last >= tomorrow else own.reserved,
        release_on=(own.release_on if own.reserved and own.release_on else last).isoformat(),
        first_release_on=tomorrow.isoformat(),
        last_release_on=last.isoformat(),
    )


def _bar(work: Work, group: CourseGroup, own: _Own) -> dict[str, str]:
    """Return the bar: others in ink, the institution's own people and nameless places in carmine."""
    mine = min(own.enrolled + own.reserved, group.places_taken)
    others = group.places_taken - mine
    words = N_("{taken} of {maximum} places taken, {own} of them by your institution")
    return {
        "others_width": f"{100 * others / group.maximum:.1f}%",
        "all_width": f"{100 * group.places_taken / group.maximum:.1f}%",
        "bar_text": say(work.language, words, taken=group.places_taken, maximum=group.maximum, own=mine),
    }


def _left_text(work: Work, free: int, maximum: int, waiting: int) -> str:
    if free:
        return say_n(work.language, "{n} of {all} place left", "{n} of {all} places left", free, all=maximum)
    if waiting:
        return say_n(work.language, "Full, {n} waits in line", "Full, {n} wait in line", waiting)
    return say(work.language, N_("No places left"))


def _own_text(work: Work, own: _Own) -> str:
    parts = (
        say_n(work.language, "{n} enrolled", "{n} enrolled", own.enrolled) if own.enrolled else "",
        say_n(work.language, "{n} on the waiting list", "{n} on the waiting list", own.waiting) if own.waiting else "",
    )
    return ", ".join(part for part in parts if part)


def _reserved_text(work: Work, own: _Own) -> str:
    if not own.reserved or own.release_on is None:
        return ""
    day = riga.day_text(work.language, own.release_on, riga.Case.LOCATIVE)
    return say_n(
        work.language,
        "{n} place reserved, given back on {day}",
        "{n} places reserved, given back on {day}",
        own.reserved,
        day=day,
    )


def _share_text(work: Work, account: applications.Account | None) -> str:
    if account is None or account.share is None:
        return ""
    return say(
        work.language,
        N_("Your institution's share: {held} of {share}"),
        held=account.holding + account.reserved,
        share=account.share,
    )
