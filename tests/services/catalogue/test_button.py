"""The button tells the truth (3.4, 3.3, 4.6, 4.9)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mps_app.core.actor import NOBODY, SYSTEM, Actor
from mps_app.core.work import House, begin
from mps_app.services import catalogue
from mps_app.services.catalogue import (
    ButtonKind,
    Door,
    GroupFacts,
    OwnApplication,
    button_of,
    door_of,
    free_places,
    words,
)
from mps_app.views.catalogue import CourseRow
from mps_app.views.catalogue_filter import CatalogueFilter
from tests.factories import actor, make_application, make_course, make_group, make_person, make_session
from tests.marks import rule

NOW = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)
OPEN = GroupFacts(
    group_id=1,
    status="open",
    opens_at=NOW - timedelta(days=1),
    closes_at=NOW + timedelta(days=5),
    starts_at=NOW + timedelta(days=7),
    maximum=10,
    places_taken=9,
    has_line=False,
)
FULL = replace(OPEN, group_id=2, places_taken=10)


@rule("3.4")
@pytest.mark.parametrize(
    ("group", "door"),
    [
        (OPEN, Door.FREE),
        (replace(OPEN, status="confirmed"), Door.FREE),
        (FULL, Door.LINE),
        (replace(OPEN, has_line=True), Door.LINE),  # 4.6: others wait before
        (replace(OPEN, opens_at=NOW + timedelta(seconds=1)), Door.NOT_YET),
        (replace(OPEN, opens_at=NOW), Door.FREE),
        (replace(OPEN, closes_at=NOW), Door.CLOSED),
        (replace(OPEN, starts_at=NOW), Door.CLOSED),
        (replace(OPEN, starts_at=None), Door.FREE),
        *((replace(OPEN, status=status), Door.CLOSED) for status in ("draft", "running", "completed", "cancelled")),
    ],
)
def test_a_group_lets_newcomers_in_only_while_it_truly_can(group: GroupFacts, door: Door) -> None:
    assert door_of(group, NOW) is door


@rule("4.6")
def test_while_anybody_waits_no_place_is_free_to_newcomers() -> None:
    assert (free_places(10, 7, has_line=False), free_places(10, 7, has_line=True)) == (3, 0)


HELD = OwnApplication(group_id=1, group_status="open", status="registered", by_other=False)
WAITING = OwnApplication(group_id=None, group_status="", status="waiting", by_other=False)


@rule("3.4")
@pytest.mark.parametrize(
    ("groups", "own", "kind", "group_id"),
    [
        ([OPEN], [], ButtonKind.APPLY, 1),
        ([FULL, OPEN], [], ButtonKind.APPLY, 1),
        ([FULL], [], ButtonKind.WAITING_LIST, 2),
        ([], [], ButtonKind.NEXT_GROUP, 0),
        ([replace(OPEN, closes_at=NOW)], [], ButtonKind.NEXT_GROUP, 0),
        ([replace(OPEN, opens_at=NOW + timedelta(days=1))], [], ButtonKind.NOT_YET_OPEN, 1),
        ([OPEN], [HELD], ButtonKind.ALREADY_APPLIED, 1),
        ([OPEN], [replace(HELD, group_status="completed")], ButtonKind.APPLY, 1),
        ([OPEN], [replace(HELD, group_status="cancelled")], ButtonKind.APPLY, 1),
        ([], [WAITING], ButtonKind.ALREADY_APPLIED, 0),
        ([FULL], [WAITING], ButtonKind.ALREADY_APPLIED, 0),
        ([OPEN], [WAITING], ButtonKind.APPLY, 1),  # 4.9: a free place now is better than the next group
    ],
)
def test_the_button_says_what_can_be_done_now(
    groups: list[GroupFacts], own: list[OwnApplication], kind: ButtonKind, group_id: int
) -> None:
    state = button_of(groups, own, NOW)
    assert (state.kind, state.group_id) == (kind, group_id)


@rule("3.4")
@rule("4.6")
@pytest.mark.parametrize(
    ("status", "label", "reason"),
    [
        ("registered", "Jūs jau pieteicāties", ""),
        ("waitlisted", "Jūs esat gaidīšanas sarakstā", ""),
        ("offered", "Jums ir paturēta vieta", "Apstipriniet vietu sadaļā „Mani pieteikumi”."),
    ],
)
def test_a_held_place_is_told_apart_from_waiting_for_one(status: str, label: str, reason: str) -> None:
    shown = words.button("lv", button_of([FULL], [replace(HELD, group_id=2, status=status)], NOW))
    assert (shown.label, shown.reason, shown.is_disabled) == (label, reason, True)
    assert shown.leads_to == ("/pieteikumi" if status == "offered" else "")


@rule("3.5")
def test_who_may_not_take_a_course_is_told_who_enrols() -> None:
    assert button_of([OPEN], [], NOW, may_apply=False).kind is ButtonKind.COORDINATOR_ONLY
    assert button_of([OPEN], [HELD], NOW, may_apply=False).kind is ButtonKind.ALREADY_APPLIED


def row(who: Actor) -> CourseRow:
    with begin(who) as work:
        return catalogue.search(work, CatalogueFilter()).rows[0]


@rule("3.4")
def test_a_row_shows_dates_places_and_the_button(house: House) -> None:
    with begin(SYSTEM) as work:
        course = make_course(work, title="Līgumi", price_cents=18_000)
        group = make_group(work, course, maximum=24, places_taken=15)
        make_session(work, group, starts_at=NOW + timedelta(days=57))
        make_session(work, group, starts_at=NOW + timedelta(days=58))
    shown = row(NOBODY)
    assert (shown.when_text, shown.places_text, shown.fill_percent) == (
        "3. un 4.\u00a0novembris",
        "9 brīvas vietas no 24",
        62,
    )
    assert (shown.price_text, shown.button.label, shown.button.group_id) == (
        "180\N{NO-BREAK SPACE}€",
        "Pieteikties",
        group.key,
    )
    assert shown.button.is_principal


@rule("3.3")
def test_without_a_group_nothing_is_planned_and_the_next_one_can_be_wished_for(house: House) -> None:
    with begin(SYSTEM) as work:
        course = make_course(work)
        for name in ("Anna Pirmā", "Juris Otrais"):
            make_application(work, make_person(work, name=name), course, status="waiting")
    shown = row(NOBODY)
    assert (shown.when_text, shown.where_text) == ("Nav ieplānots", "Gaida 2 interesenti")
    assert (shown.button.kind, shown.button.label) == ("next_group", "Pieteikties nākamajai grupai")


@rule("3.4")
def test_a_full_group_offers_its_line_and_shows_no_bar_to_whoever_is_in(house: House) -> None:
    with begin(SYSTEM) as work:
        course = make_course(work)
        group = make_group(work, course, maximum=1)
        make_session(work, group)
        person = make_person(work)
        make_application(work, person, course, group=group)
    shown = row(NOBODY)
    assert (shown.places_text, shown.is_full, shown.button.label) == ("Brīvu vietu nav", True, "Gaidīšanas sarakstā")
    own = row(actor(person))
    assert (own.button.label, own.button.is_disabled, own.places_text) == ("Jūs jau pieteicāties", True, "")


@rule("3.4")
def test_who_was_enrolled_by_a_coordinator_is_told_so(house: House) -> None:
    with begin(SYSTEM) as work:
        course = make_course(work)
        group = make_group(work, course)
        person, coordinator = make_person(work), make_person(work, name="Kārlis Koordinators")
        make_application(work, person, course, group=group, applied_by_id=coordinator.key)
    assert row(actor(person)).button.label == "Jūs jau pieteica koordinators"


@rule("4.6")
def test_a_place_that_frees_while_somebody_waits_is_not_free_to_newcomers(house: House) -> None:
    with begin(SYSTEM) as work:
        course = make_course(work)
        group = make_group(work, course, maximum=5)
        make_session(work, group)
        make_application(work, make_person(work), course, group=group, status="waitlisted")
    assert row(NOBODY).button.kind == "waiting_list"
