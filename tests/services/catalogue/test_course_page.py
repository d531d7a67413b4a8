"""A course opens to everything there is to know about it (3.1), also as data (3.6)."""

import json
from datetime import timedelta

import pytest

from mps_app.core.actor import NOBODY, SYSTEM, Actor, Role
from mps_app.core.errors import Invalid, NotAllowed, NotFound, SignInNeeded
from mps_app.core.work import House, begin
from mps_app.services import catalogue
from mps_app.views.catalogue import CourseForm, CoursePage, TopicForm
from mps_app.views.catalogue_filter import CatalogueFilter
from tests.conftest import Clock
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
)
from tests.marks import rule


def page(code: str = "IEP-02", who: Actor = NOBODY) -> CoursePage:
    with begin(who) as work:
        return catalogue.course_page(work, code)


@rule("3.1")
def test_the_page_holds_the_whole_description(house: House, clock: Clock) -> None:
    with begin(SYSTEM) as work:
        course = make_course(
            work,
            title="Iepirkuma līguma izpilde",
            code="IEP-02",
            description="Pirmā rindkopa.\n\nOtrā rindkopa.",
            outcomes=["sagatavot plānu"],
            programme=[{"day": 1, "title": "Grozījumi", "text": "Būtiski un nebūtiski", "hours": 4}],
            price_cents=18_000,
            format="hybrid",
            academic_hours=12,
        )
        group = make_group(
            work, course, maximum=24, places_taken=15, cancellation_deadline_at=clock.now + timedelta(days=3)
        )
        room, lecturer = make_room(work), make_lecturer(work)
        for day in (7, 8):
            start = clock.now.replace(hour=6, minute=30) + timedelta(days=day)
            make_session(work, group, starts_at=start, hours=5.5, room=room, lecturer=lecturer)
        full = make_group(work, course, maximum=1, places_taken=1)
        make_session(work, full, starts_at=clock.now + timedelta(days=2))
    shown = page()
    assert shown.description == ["Pirmā rindkopa.", "Otrā rindkopa."]
    assert (shown.outcomes, shown.programme[0].day_text, shown.programme[0].hours_text) == (
        ["sagatavot plānu"],
        "1. diena",
        "4 st.",
    )
    assert [(one.name, one.initials) for one in shown.lecturers] == [("Ģirts Ķēniņš", "ĢĶ")]
    assert shown.hours_text == "12 akad. stundu, 2 nodarbības"
    first = next(one for one in shown.groups if one.id == group.key)
    assert (first.when_text, first.where_text) == (
        "14. un 15.\u00a0septembris",
        "09:30–15:00, Raiņa bulvāris 4, Rīga vai tiešsaistē",
    )
    assert (first.places_text, first.cancel_text) == (
        "9 brīvas vietas no 24",
        "Atteikties bez maksas var līdz 10.\u00a0septembrim.",
    )
    assert (shown.chosen_group_id, shown.button.kind, shown.can_wait) == (group.key, "apply", True)


@rule("3.4")
def test_groups_that_cannot_be_had_say_why_and_stand_last(house: House, clock: Clock) -> None:
    with begin(SYSTEM) as work:
        course = make_course(work, code="IEP-02")
        closed = make_group(work, course, registration_closes_at=clock.now)
        make_session(work, closed, starts_at=clock.now + timedelta(days=1))
        later = make_group(work, course, registration_opens_at=clock.now + timedelta(days=1))
        make_session(work, later, starts_at=clock.now + timedelta(days=3))
        free = make_group(work, course)
        make_session(work, free, starts_at=clock.now + timedelta(days=9))
        begun = make_group(work, course, status="running")
        make_session(work, begun, starts_at=clock.now - timedelta(days=1))
    options = page().groups
    assert [(one.id, one.can_choose, one.reason) for one in options] == [
        (free.key, True, ""),
        (closed.key, False, "Pieteikšanās ir beigusies"),
        (later.key, False, "Pieteikšanās sāksies 8.\u00a0septembrī"),
    ]


@rule("3.4")
def test_whoever_is_in_sees_the_own_group(house: House) -> None:
    with begin(SYSTEM) as work:
        course = make_course(work, code="IEP-02")
        group = make_group(work, course)
        make_session(work, group)
        person = make_person(work)
        make_application(work, person, course, group=group)
    shown = page(who=actor(person))
    assert [(one.own_text, one.can_choose) for one in shown.groups] == [("Jūsu grupa", False)]
    assert (shown.button.kind, shown.can_wait, shown.is_signed_in) == ("already_applied", False, True)


@rule("4.7")
@pytest.mark.parametrize(
    ("status", "stands", "told"),
    [
        ("registered", "Jūsu grupa", "Atteikties bez maksas var līdz 2027. gada 8.\u00a0septembrim."),
        ("waitlisted", "Jūs esat gaidīšanas sarakstā", "Atteikties var jebkurā laikā."),
        ("offered", "Jums ir paturēta vieta", "Atteikties var jebkurā laikā."),
    ],
)
def test_only_a_place_binds_to_the_deadline(house: House, clock: Clock, status: str, stands: str, told: str) -> None:
    with begin(SYSTEM) as work:
        course, person = make_course(work, code="IEP-02"), make_person(work)
        group = make_group(work, course, cancellation_deadline_at=clock.now + timedelta(days=366))
        make_application(work, person, course, group=group, status=status)
    (option,) = page(who=actor(person)).groups
    assert (option.own_text, option.cancel_text) == (stands, told)


@rule("3.6")
def test_a_course_speaks_schema_org(house: House, clock: Clock) -> None:
    with begin(SYSTEM) as work:
        course = make_course(work, code="IEP-02", title="Līgumi </script>", price_cents=9_550, academic_hours=8)
        make_session(work, make_group(work, course), room=make_room(work, city="Rīga"))
    with begin(NOBODY) as work:
        data = catalogue.course_as_data(work, "IEP-02")
    assert json.loads(page().structured) == data
    assert (data["@type"], data["name"], data["courseCode"]) == ("Course", "Līgumi </script>", "IEP-02")
    assert data["offers"][0]["price"] == "95.50"
    instance = data["hasCourseInstance"][0]
    assert (instance["courseMode"], instance["courseWorkload"]) == ("Onsite", "PT360M")
    assert instance["startDate"] == (clock.now + timedelta(days=7)).isoformat()
    with begin(NOBODY) as work, pytest.raises(NotFound):
        catalogue.course_as_data(work, "NAV")


@rule("3.6")
def test_feeds_tell_courses_and_coming_sessions(house: House, clock: Clock) -> None:
    with begin(SYSTEM) as work:
        course = make_course(work, code="IEP-02", title="Līgumi", price_cents=9_500)
        group = make_group(work, course)
        make_session(work, group, starts_at=clock.now - timedelta(days=1))
        coming = make_session(work, group, room=make_room(work, city="Valmiera"))
        draft = make_group(work, course, status="draft")
        make_session(work, draft)
    with begin(NOBODY) as work:
        feed = catalogue.course_feed(work, CatalogueFilter())
        sessions = catalogue.session_feed(work)
    assert [(one.code, one.price_eur, one.title) for one in feed.courses] == [("IEP-02", "95.00", "Līgumi")]
    assert (feed.total, feed.next_page) == (1, 0)
    assert [(one.uid, one.title) for one in sessions] == [(coming.uid, "Līgumi")]
    assert "Valmiera" in sessions[0].place


STAFF = Actor(person_id=None, roles=frozenset({Role.TRAINING}))
FORM = {
    "code": "IEP-09",
    "topic": "IEP",
    "title": "Zaļais iepirkums",
    "academic_hours": 8,
    "format": "in_person",
    "visibility": "catalogue",
    "minimum": 5,
    "maximum": 20,
}


@rule("12.1")
def test_staff_write_courses_down_and_the_catalogue_has_them_at_once(house: House) -> None:
    with begin(STAFF) as work:
        catalogue.save_topic(work, TopicForm(code="IEP", name="Publiskie iepirkumi"))
        first = catalogue.save_course(work, CourseForm(**FORM))
    with begin(NOBODY) as work:
        assert catalogue.search(work, CatalogueFilter(query="zal")).found.total == 1
    with begin(STAFF) as work:
        institution = make_institution(work)
        form = CourseForm(**{**FORM, "visibility": "restricted", "audience_numbers": [institution.registration_number]})
        assert catalogue.save_course(work, form) == first
    with begin(NOBODY) as work:
        assert catalogue.search(work, CatalogueFilter(query="zal")).found.total == 0
    with begin(
        Actor(person_id=None, roles=frozenset({Role.COORDINATOR}), institution_ids=frozenset({institution.key}))
    ) as work:
        assert catalogue.search(work, CatalogueFilter(query="zal")).found.total == 1


@rule("12.1")
def test_nobody_else_writes_courses(house: House) -> None:
    with begin(NOBODY) as work, pytest.raises(SignInNeeded):
        catalogue.save_course(work, CourseForm(**FORM))
    with begin(SYSTEM) as work:
        person = make_person(work)
    for roles in ((), (Role.LECTURER,), (Role.ACCOUNTANT,), (Role.ADMIN,)):
        with begin(actor(person, *roles)) as work, pytest.raises(NotAllowed):
            catalogue.save_topic(work, TopicForm(code="IEP", name="Publiskie iepirkumi"))


@rule("12.1")
def test_an_unknown_topic_or_institution_is_named_at_its_field(house: House) -> None:
    with begin(STAFF) as work, pytest.raises(Invalid) as refusal:
        catalogue.save_course(work, CourseForm(**FORM))
    assert list(refusal.value.fields) == ["topic"]
    with begin(STAFF) as work, pytest.raises(Invalid) as refusal:
        catalogue.save_topic(work, TopicForm(code="IEP", name="Publiskie iepirkumi"))
        catalogue.save_course(work, CourseForm(**{**FORM, "visibility": "restricted", "audience_numbers": ["1"]}))
    assert list(refusal.value.fields) == ["audience_numbers"]
