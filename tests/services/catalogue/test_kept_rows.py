"""Rows that were told once are true every time they are shown (3.4, 3.5, 4.3)."""

import pytest

from mps_app.core.actor import NOBODY, SYSTEM, Actor, Language
from mps_app.core.work import House, begin
from mps_app.models import Course, CourseGroup
from mps_app.services import catalogue
from mps_app.services.catalogue import rows
from mps_app.views.catalogue import CourseRow
from mps_app.views.catalogue_filter import CatalogueFilter
from tests.conftest import Clock
from tests.factories import actor, make_application, make_course, make_group, make_person, make_session
from tests.marks import rule


def row(who: Actor = NOBODY, query: str = "") -> CourseRow:
    with begin(who) as work:
        return catalogue.search(work, CatalogueFilter(query=query)).rows[0]


@pytest.fixture
def last_place(house: House) -> tuple[int, int]:
    """A course with one place, whose training begins in a week and to which one can apply for six days."""
    with begin(SYSTEM) as work:
        course = make_course(work, title="Līgumu pamati", title_en="Basics of contracts")
        group = make_group(work, course, maximum=1)
        make_session(work, group)
    return course.key, group.key


@rule("3.4")
def test_what_has_not_changed_is_told_once(last_place: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    first = row()
    monkeypatch.setattr(rows, "_row", None)
    assert row() is first


@rule("3.4")
def test_a_place_that_was_taken_is_told_at_once(last_place: tuple[int, int]) -> None:
    assert row().button.kind == "apply"
    with begin(SYSTEM) as work:
        course, group = work.db.get_one(Course, last_place[0]), work.db.get_one(CourseGroup, last_place[1])
        make_application(work, make_person(work), course, group=group)
    assert (row().button.kind, row().is_full) == ("waiting_list", True)


@rule("3.4")
def test_a_door_that_closes_by_itself_is_told_to_the_second(last_place: tuple[int, int], clock: Clock) -> None:
    clock.advance(days=6, seconds=-1)
    assert row().button.kind == "apply"
    clock.advance(seconds=1)
    assert row().button.kind == "next_group"


@rule("3.4")
def test_a_row_told_later_says_nothing_of_before(last_place: tuple[int, int], clock: Clock) -> None:
    assert row().button.kind == "apply"
    clock.advance(days=-2)
    assert row().button.kind == "not_yet_open"


@rule("3.4")
def test_nobody_sees_how_another_stands_with_a_course(last_place: tuple[int, int]) -> None:
    with begin(SYSTEM) as work:
        course, group = work.db.get_one(Course, last_place[0]), work.db.get_one(CourseGroup, last_place[1])
        person, other = make_person(work), make_person(work, name="Juris Otrais")
        make_application(work, person, course, group=group)
    kinds = [row(who).button.kind for who in (actor(person), NOBODY, actor(other), actor(person))]
    assert kinds == ["already_applied", "waiting_list", "waiting_list", "already_applied"]


@rule("17.2")
def test_each_reads_rows_in_the_language_of_their_own(last_place: tuple[int, int]) -> None:
    with begin(SYSTEM) as work:
        reader = make_person(work, language=Language.EN)
    assert [row(who).button.label for who in (NOBODY, actor(reader), NOBODY)] == ["Pieteikties", "Apply", "Pieteikties"]


@rule("3.2")
def test_marks_in_a_title_are_those_of_the_words_just_typed(last_place: tuple[int, int]) -> None:
    marked = [[part.text for part in row(query=query).title_parts if part.is_match] for query in ("", "lig", "pam", "")]
    assert marked == [[], ["Līg"], ["pam"], []]


def test_kept_rows_do_not_grow_without_end(last_place: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "_MOST_KEPT", 3)
    for number in range(5):
        with begin(SYSTEM) as work:
            make_course(work, title=f"Kurss {number}")
        row()
        assert len(rows._kept) <= 3
