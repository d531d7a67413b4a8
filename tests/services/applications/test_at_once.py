"""Places under load, with threads on the real database (4.3, invariant 1): never one too many, never a deadlock."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from mps_app.core.actor import SYSTEM, Actor
from mps_app.core.errors import DomainError, TryAgain
from mps_app.core.work import Work, begin, house
from mps_app.models import Application, CourseGroup, PlaceOffer
from mps_app.services import applications, groups
from mps_app.views.applications import ApplicationReceipt
from tests import factories
from tests.conftest import Clock
from tests.marks import rule
from tests.services.applications.conftest import School

THREADS = 16


def at_once(steps: Sequence[Callable[[], object]]) -> list[object]:
    """Run all steps, as many at the same instant as there are threads; errors rise."""
    with ThreadPoolExecutor(THREADS) as pool:
        return [future.result() for future in [pool.submit(step) for step in steps]]


def together(*steps: Callable[[], object]) -> list[object]:
    """Run a few steps that start at the very same instant."""
    barrier = Barrier(len(steps))

    def started(step: Callable[[], object]) -> object:
        barrier.wait()
        return step()

    return at_once([lambda step=step: started(step) for step in steps])  # type: ignore[misc]


def one_amid_the_other(actor: Actor, first: Callable[[Work], object], second: Callable[[Work], object]) -> None:
    """Do the second while the first has not been committed; only a lock makes it wait, refusals are as good."""

    def do_second() -> None:
        with suppress(DomainError), begin(actor) as work:
            second(work)

    with ThreadPoolExecutor(1) as pool:
        with begin(actor) as work:
            first(work)
            work.db.flush()
            doing = pool.submit(do_second)
            _await_lock_or_end(doing)
        doing.result()


def _await_lock_or_end(doing: Future[None]) -> None:
    """Wait until it waits for a lock in the database, or has ended."""
    waits = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    ends_at = time.monotonic() + 10
    while not doing.done() and time.monotonic() < ends_at:
        with house().engine.connect() as connection:
            if connection.execute(waits).scalar_one():
                return
        time.sleep(0.01)


@rule("4.3")
def test_of_200_people_for_10_free_places_exactly_10_get_one_and_the_rest_wait_in_order(school: School) -> None:
    group = school.group(maximum=20, minimum=5)
    school.fill(group, 10)
    with begin(school.staff) as work:
        crowd = factories.make_crowd(work, 200, school.institution)
    receipts = at_once([lambda person=person: school.apply(person, group) for person in crowd])  # type: ignore[misc]
    assert Counter(receipt.outcome for receipt in receipts) == {"registered": 10, "waitlisted": 190}
    assert sorted(receipt.position for receipt in receipts if receipt.position) == list(range(1, 191))
    with begin(school.staff) as work:
        rows = work.db.exec(select(Application).where(col(Application.group_id) == group.key)).all()
        line = [row for row in rows if row.status == "waitlisted"]
        shown = {receipt.application_id: receipt.position for receipt in receipts}
        assert [shown[row.key] for row in sorted(line, key=lambda row: row.line_number)] == list(range(1, 191))
        assert len({row.person_id for row in rows if row.id in shown}) == 200
        assert work.db.get_one(CourseGroup, group.key).places_taken == 20


@rule("4.3")
@pytest.mark.parametrize("round_number", range(4))
def test_two_tabs_and_double_clicks_make_one_application(school: School, round_number: int) -> None:
    group, anna = school.group(), school.employee()
    receipts = together(*[lambda: school.apply(anna, group) for _ in range(6)])
    assert len({receipt.application_id for receipt in receipts}) == 1
    assert school.taken(group) == 1
    rihards = school.payer()
    waits = together(*[lambda: school.apply(rihards, None, "person") for _ in range(6)])
    assert len({receipt.application_id for receipt in waits}) == 1


@rule("4.6")
@pytest.mark.parametrize("round_number", range(6))
def test_the_last_place_against_a_simultaneous_cancellation(school: School, round_number: int) -> None:
    group = school.group(maximum=2)
    first, _ = school.fill(group, 2)
    crowd = [school.employee(f"Persona {name}") for name in "ABCD"]

    def cancel() -> None:
        with begin(school.staff) as work:
            applications.cancel(work, first.key)

    together(cancel, *[lambda person=person: school.apply(person, group) for person in crowd])  # type: ignore[misc]
    assert Counter(school.status(person) for person in crowd) == {"registered": 1, "waitlisted": 3}
    assert school.taken(group) == 2


@rule("4.6")
@pytest.mark.parametrize("round_number", range(6))
def test_the_last_place_against_an_expiring_offer(school: School, clock: Clock, round_number: int) -> None:
    group = school.group(maximum=1)
    with begin(school.staff) as work:
        rihards = factories.make_payer(work)
        held = factories.make_application(work, rihards, school.course, group=group, status="offered")
        work.db.add(PlaceOffer(application_id=held.key, expires_at=work.now + timedelta(hours=1)))
    clock.advance(hours=1)
    crowd = [school.employee(f"Persona {name}") for name in "ABCD"]

    def expire() -> None:
        with begin(SYSTEM) as work:
            applications.expire_offers(work)

    together(expire, expire, *[lambda person=person: school.apply(person, group) for person in crowd])  # type: ignore[misc]
    assert Counter(school.status(person) for person in crowd) == {"registered": 1, "waitlisted": 3}
    assert school.status(rihards) == "cancelled"
    assert len(school.mails("offer_expired")) == 1


@rule("4.6")
@pytest.mark.parametrize("round_number", range(6))
def test_the_last_place_against_a_raised_maximum(school: School, round_number: int) -> None:
    group = school.group(maximum=1)
    school.fill(group, 1)
    crowd = [school.employee(f"Persona {name}") for name in "ABCD"]

    def raise_maximum() -> None:
        with begin(school.staff) as work:
            groups.change_maximum(work, group.key, 3)

    together(raise_maximum, *[lambda person=person: school.apply(person, group) for person in crowd])  # type: ignore[misc]
    assert Counter(school.status(person) for person in crowd) == {"registered": 2, "waitlisted": 2}
    assert school.taken(group) == 3


@rule("4.2")
@rule("4.6")
@pytest.mark.parametrize("payer", ["institution", "person"])
def test_places_that_free_in_two_groups_of_a_course_at_once_give_one_to_somebody_in_both_lines(
    school: School, payer: str
) -> None:
    anna = school.employee() if payer == "institution" else school.payer()
    both = [school.group(maximum=1) for _ in range(2)]
    held = [school.fill(group, 1)[0] for group in both]
    with begin(SYSTEM) as work:  # in one group's line, and in that of another opened since (4.9)
        paying: dict[str, object] = {}
        if payer == "institution":
            name, key = school.institution.name, school.institution.key
            paying = {"payer_kind": payer, "payer_institution_id": key, "payer": {"name": name}}
        for group in both:
            factories.make_application(work, anna, school.course, group=group, status="waitlisted", **paying)
    one_amid_the_other(
        school.staff,
        lambda work: applications.cancel_all(work, both[0].key, [held[0].key]),
        lambda work: applications.cancel_all(work, both[1].key, [held[1].key]),
    )
    assert [school.taken(group) for group in both] == [1, 0]


@rule("4.6")
@rule("4.9")
def test_who_moves_to_a_new_groups_line_while_giving_up_frees_the_place_there(school: School) -> None:
    old, new = school.group(maximum=1), school.group(status="draft", maximum=1)
    school.fill(old, 1)
    anna, berta = school.employee("Anna Pirmā"), school.employee("Berta Otrā")
    with begin(SYSTEM) as work:
        for person in (anna, berta):
            factories.make_application(
                work, person, school.course, group=old, status="waitlisted", is_for_next_group=True,
                payer_kind="institution", payer_institution_id=school.institution.key,
                payer={"name": school.institution.name},
            )  # fmt: skip
        mine = work.db.exec(select(Application.id).where(col(Application.person_id) == anna.key)).one()
    one_amid_the_other(
        school.staff,
        lambda work: groups.open_group(work, new.key),
        lambda work: applications.cancel(work, mine),
    )
    assert [school.status(one, new) for one in (anna, berta)] == ["cancelled", "offered"]


@rule("4.3")
def test_a_storm_over_several_groups_ends_without_a_circle(school: School) -> None:
    made = [school.group(maximum=3, minimum=2) for _ in range(3)]
    with begin(school.staff) as work:
        crowd = factories.make_crowd(work, 24, school.institution)
    spare = school.group(status="draft", maximum=2)

    def staff(service: Callable[..., object], *words: object) -> Callable[[], object]:
        def act() -> object:
            with begin(school.staff) as work:
                return service(work, *words)

        return act

    def person(number: int) -> Callable[[], ApplicationReceipt]:
        return lambda: school.apply(crowd[number], made[number % 3] if number % 4 else None)

    steps: list[Callable[[], object]] = [person(number) for number in range(24)]
    steps += [staff(groups.change_maximum, group.key, 4) for group in made]
    steps += [
        staff(groups.open_group, spare.key),
        staff(groups.cancel_group, made[0].key, "Pārcelts"),
        staff(groups.move_clock),
    ]
    for outcome in at_once([_surviving(step) for step in steps]):
        assert not isinstance(outcome, TryAgain)
    with begin(school.staff) as work:
        for group in [*made[1:], spare]:
            row = work.db.get_one(CourseGroup, group.key)
            assert row.places_taken <= row.maximum


def _surviving(step: Callable[[], object]) -> Callable[[], object]:
    """Return the refusals that a storm may bring as values; a lock that was not had is what we look for."""

    def act() -> object:
        try:
            return step()
        except TryAgain as refusal:
            return refusal
        except Exception as refusal:
            if refusal.__class__.__name__ in {"RegistrationClosed", "StepRefused"}:
                return refusal
            raise

    return act
