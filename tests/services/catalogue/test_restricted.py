"""A restricted course does not exist for those who may not see it: not in any list, count, word or address (3.5)."""

from collections.abc import Sequence

import pytest

from mps_app.core.actor import NOBODY, SYSTEM, Actor, Role
from mps_app.core.errors import NotFound
from mps_app.core.work import House, Work, begin
from mps_app.models import Course
from mps_app.services import catalogue
from mps_app.services.catalogue import reading
from mps_app.services.catalogue.reading import Taken
from mps_app.services.catalogue.shelf import shelf
from mps_app.views.catalogue_filter import CatalogueFilter
from tests.factories import (
    actor,
    make_application,
    make_course,
    make_group,
    make_institution,
    make_lecturer,
    make_person,
    make_room,
    make_session,
    make_topic,
)
from tests.marks import rule

HIDDEN = "Noslēpumainā sagatavošana"
STAFF = Actor(person_id=None, roles=frozenset({Role.TRAINING}))


class Ministry:
    """A restricted course of one institution beside a public one."""

    def __init__(self) -> None:
        with begin(SYSTEM) as work:
            self.own = make_institution(work, name="Sava")
            self.other = make_institution(work, name="Cita")
            secret = make_topic(work, code="SLEP", name="Slēpts temats")
            self.course = make_course(
                work, title=HIDDEN, code="SLEP-01", topic=secret, audience=[self.own], language="ru", price_cents=99_900
            )
            group = make_group(work, self.course, language="ru")
            self.lecturer = make_lecturer(work, name="Zaiga Zīle")
            make_session(work, group, room=make_room(work, city="Kuldīga"), lecturer=self.lecturer)
            self.group = group
            make_course(work, title="Atklāts kurss", format="online")
            person = make_person(work, name="Kārlis Koordinators")
            self.coordinator = actor(person, institutions=frozenset({self.own.key}))
            self.stranger = actor(person, institutions=frozenset({self.other.key}))


@pytest.fixture
def ministry(house: House) -> Ministry:
    return Ministry()


def everything(who: Actor, **wanted: object) -> str:
    with begin(who) as work:
        return catalogue.search(work, CatalogueFilter(**wanted)).model_dump_json()


@rule("3.5")
@pytest.mark.parametrize(
    "wanted", [{}, {"query": "noslep"}, {"query": "zile"}, {"topics": ("SLEP",)}, {"cities": ("Kuldīga",)}]
)
def test_no_word_count_or_filter_betrays_it(ministry: Ministry, wanted: dict[str, object]) -> None:
    for who in (NOBODY, ministry.stranger):
        said = everything(who, **wanted)
        for trace in (HIDDEN, "Noslēpum", "SLEP", "Slēpts", "Kuldīga", "krievu", "over200", "Zīle"):
            assert trace not in said
        assert f'"total":{0 if wanted else 1}' in said


@rule("3.5")
def test_coordinators_of_its_institutions_and_staff_see_it(ministry: Ministry) -> None:
    for who in (ministry.coordinator, STAFF, SYSTEM):
        said = everything(who, query="noslep", topics=("SLEP",))
        assert '"total":1' in said
        assert "Kuldīga" in said


@rule("3.5")
def test_its_address_answers_like_one_that_does_not_exist(ministry: Ministry) -> None:
    for who in (NOBODY, ministry.stranger):
        with begin(who) as work:
            assert catalogue.course_page(work, "SLEP-01") == catalogue.course_page(work, "NAV-TADA")
    for who in (ministry.coordinator, STAFF):
        with begin(who) as work:
            assert catalogue.course_page(work, "SLEP-01").title == HIDDEN


@rule("3.5")
def test_feeds_leave_it_out_even_for_those_who_see_it(ministry: Ministry) -> None:
    for who in (NOBODY, ministry.coordinator, STAFF):
        with begin(who) as work:
            assert HIDDEN not in catalogue.course_feed(work, CatalogueFilter()).model_dump_json()
            assert all(session.title != HIDDEN for session in catalogue.session_feed(work))
            with pytest.raises(NotFound):
                catalogue.course_as_data(work, "SLEP-01")


@rule("3.5")
def test_who_was_enrolled_and_who_teaches_may_read_it_but_not_apply(ministry: Ministry) -> None:
    with begin(SYSTEM) as work:
        enrolled = make_person(work, name="Ieva Iesaistīta")
        make_application(work, enrolled, ministry.course, group=ministry.group)
    with begin(actor(enrolled)) as work:
        page = catalogue.course_page(work, "SLEP-01")
    assert (page.title, page.button.kind) == (HIDDEN, "already_applied")
    teacher = Actor(person_id=ministry.lecturer.person_id, roles=frozenset({Role.LECTURER}))
    with begin(teacher) as work:
        page = catalogue.course_page(work, "SLEP-01")
    assert (page.title, page.button.kind, page.button.is_disabled) == (HIDDEN, "coordinator_only", True)


@rule("3.5")
def test_the_audience_changes_with_the_next_question(ministry: Ministry) -> None:
    with begin(SYSTEM) as work:
        work.db.get(type(ministry.course), ministry.course.key).visibility = "catalogue"  # type: ignore[union-attr]
        catalogue.touched(work, [ministry.course.key])
    assert '"total":2' in everything(NOBODY)


@rule("3.1")
def test_a_draft_has_no_address_for_anybody(house: House) -> None:
    with begin(SYSTEM) as work:
        make_course(work, code="DRAFT-1", visibility="draft")
    for who in (NOBODY, STAFF):
        with begin(who) as work:
            assert catalogue.course_page(work, "DRAFT-1").title == ""


@rule("3.5")
def test_a_course_that_is_hidden_while_its_list_is_read_stays_hidden(
    ministry: Ministry, monkeypatch: pytest.MonkeyPatch
) -> None:
    def restrict(visibility: str) -> None:
        with begin(SYSTEM) as other:
            other.db.get_one(Course, ministry.course.key).visibility = visibility
            catalogue.touched(other, [ministry.course.key])

    restrict("catalogue")
    with begin(NOBODY) as work:
        assert HIDDEN in catalogue.search(work, CatalogueFilter()).model_dump_json()
        shelf(work)._courses.clear()
    read = reading.taken

    def read_just_before(work: Work, ids: Sequence[int]) -> Taken:
        found = read(work, ids)
        restrict("restricted")
        return found

    monkeypatch.setattr(reading, "taken", read_just_before)
    with begin(NOBODY) as work:
        assert HIDDEN not in catalogue.search(work, CatalogueFilter()).model_dump_json()
