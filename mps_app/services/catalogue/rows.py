"""The rows of the catalogue's list: courses as the index has seen them, their places as they are at this moment.

A row in words costs more than reading what it is told from, and rarely changes. So it is kept, and told anew when
anything it was told from differs, or one of the moments has passed at which a door opens or closes.
"""

from datetime import UTC, datetime
from itertools import chain
from typing import NamedTuple

from mps_app.core.work import Work
from mps_app.models import Visibility
from mps_app.policy import Action, Reach, reaches
from mps_app.services.catalogue import reading, words
from mps_app.services.catalogue.audience import may_know
from mps_app.services.catalogue.loading import Stamp
from mps_app.services.catalogue.reading import CourseRecord, GroupRecord
from mps_app.services.catalogue.rules import ButtonKind, Door, OwnApplication, button_of, door_of
from mps_app.services.catalogue.shelf import shelf
from mps_app.services.catalogue.vocabulary import highlighted
from mps_app.text import say, say_n
from mps_app.views.catalogue import CourseRow, TextPart

_MOST_KEPT = 2_000
_EVER = datetime.max.replace(tzinfo=UTC)


class Source(NamedTuple):
    """Everything but the moment that a row is told from."""

    language: str
    course: CourseRecord
    groups: list[GroupRecord]
    own: list[OwnApplication]
    may_apply: bool

    def moments(self) -> list[datetime]:
        """Return the moments at which the row may change by itself."""
        return list(chain.from_iterable((g.opens_at, g.closes_at, *(g.starts or ())[:1]) for g in self.groups))


class _Kept(NamedTuple):
    """A row that was told, from what, and from when until when it is true."""

    source: Source
    since: datetime
    until: datetime
    row: CourseRow

    def is_true(self, source: Source, now: datetime) -> bool:
        return self.since <= now < self.until and self.source == source


_kept: dict[tuple[int, str], _Kept] = {}


def rows(work: Work, course_ids: list[int], beginnings: tuple[str, ...] = ()) -> tuple[list[CourseRow], Stamp]:
    """Return courses as rows, in the order given, and the catalogue's stamp at the same moment.

    The beginnings of words are marked in the titles.
    """
    own = reading.own_applications(work, course_ids)
    taken = reading.taken(work, course_ids)
    told = [
        _told(Source(work.language, course, groups, own[course.id], may_apply(work, course)), work.now)
        for course, groups in map(taken.since, shelf(work).courses(work, course_ids))
        if may_know(work, course)
    ]
    return [_marked(row, beginnings) for row in told] if beginnings else told, taken.stamp


def may_apply(work: Work, course: CourseRecord) -> bool:
    """Whether the actor may take a course at all: a restricted one only as a coordinator of its audience (3.5)."""
    if course.visibility == Visibility.CATALOGUE:
        return True
    return Reach.ALL in reaches(work.actor, Action.APPLICATION_CREATE) or bool(
        work.actor.institution_ids & set(course.institution_ids)
    )


def shown_group(groups: list[GroupRecord], group_id: int, now: datetime) -> GroupRecord | None:
    """Return the group that the button is about, else the next one that has not begun."""
    named = next((group for group in groups if group.id == group_id), None)
    coming = (group for group in groups if not group.starts or group.starts[0] > now)
    return named or next(coming, None)


def _told(source: Source, now: datetime) -> CourseRow:
    """Return a course as a row, the kept one as long as it is true."""
    key = source.course.id, source.language
    kept = _kept.get(key)
    if kept is None or not kept.is_true(source, now):
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        until = min((moment for moment in source.moments() if moment > now), default=_EVER)
        kept = _kept[key] = _Kept(source, now, until, _row(source, now))
    return kept.row


def _marked(row: CourseRow, beginnings: tuple[str, ...]) -> CourseRow:
    title = "".join(part.text for part in row.title_parts)
    parts = [TextPart(text=part, is_match=match) for part, match in highlighted(title, beginnings)]
    return row.model_copy(update={"title_parts": parts})


def _row(source: Source, now: datetime) -> CourseRow:
    language, course = source.language, source.course
    facts = {group.id: group.facts() for group in source.groups}
    state = button_of([*facts.values()], source.own, now, may_apply=source.may_apply)
    group = shown_group(source.groups, state.group_id, now)
    door = door_of(facts[group.id], now) if group else Door.CLOSED
    has_bar = group is not None and door in {Door.FREE, Door.LINE} and state.kind is not ButtonKind.ALREADY_APPLIED
    return CourseRow(
        id=course.id,
        address=f"/kurss/{course.code}",
        title_parts=[TextPart(text=words.title(language, course.title, course.title_en), is_match=False)],
        form=course.format,
        form_text=words.form_text(language, course.format),
        topic_text=words.title(language, course.topic_name, course.topic_name_en),
        hours_text=words.hours_text(language, course.academic_hours),
        summary=words.summary(words.title(language, course.description, course.description_en)),
        when_text=words.when_text(language, group),
        where_text=words.where_text(language, group, course.format) if group else _interest(language, course),
        places_text=words.places_text(language, group, door) if group and has_bar else "",
        fill_percent=group.places_taken * 100 // group.maximum if group and has_bar else -1,
        fill_text=say(language, "{taken} of {all}", taken=group.places_taken, all=group.maximum) if group else "",
        is_scarce=group is not None and words.is_scarce(group, door),
        is_full=door is Door.LINE,
        price_text=words.price(language, course.price_cents, group),
        button=words.button(language, state),
    )


def _interest(language: str, course: CourseRecord) -> str:
    """Say how many wait for a date, once somebody does."""
    count = course.waiting_count
    return say_n(language, "{n} person is waiting", "{n} people are waiting", count) if count else ""
