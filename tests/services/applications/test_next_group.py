"""Waiting for the next group (4.9), and where a line goes when its group can't serve it (4.6)."""

from sqlmodel import col, select

from mps_app.core.actor import SYSTEM
from mps_app.core.work import begin
from mps_app.models import Application, CourseGroup
from mps_app.services import applications, groups
from tests import factories
from tests.conftest import Clock
from tests.marks import rule
from tests.services.applications.conftest import School


@rule("4.9")
def test_when_a_group_opens_everyone_waiting_is_told_and_the_first_are_offered_a_place(school: School) -> None:
    persons = [school.employee(f"Persona {name}") for name in "ABC"]
    for one in persons:
        school.apply(one, None)
    group = school.group(status="draft", maximum=2)
    with begin(school.staff) as work:
        groups.open_group(work, group.key)
    assert [school.status(one) for one in persons] == ["offered", "offered", "waitlisted"]
    told = {mail.person_id: mail.facts for mail in school.mails("group_opened")}
    assert told[persons[0].key]["reserved_until"]
    assert told[persons[2].key]["position"] == 1
    newcomer = school.employee("Jauna Persona")
    assert school.apply(newcomer, group).position == 2  # they come first


@rule("4.9")
def test_who_does_not_take_the_date_waits_on_in_the_old_order(school: School, clock: Clock) -> None:
    anna, berta, cilda = (school.employee(name) for name in ("Anna Pirmā", "Berta Otrā", "Cilda Trešā"))
    for one in (anna, berta, cilda):
        school.apply(one, None)
    group = school.group(status="draft", maximum=1)
    with begin(school.staff) as work:
        groups.open_group(work, group.key)
    with begin(factories.actor(anna)) as work:
        applications.decline_offer(work, school.application(anna).key)
    assert (school.status(anna), school.status(berta)) == ("waiting", "offered")
    clock.advance(hours=49)
    with begin(SYSTEM) as work:
        applications.expire_offers(work)
    assert [school.status(one) for one in (anna, berta, cilda)] == ["waiting", "waiting", "offered"]
    assert school.apply(anna, None).position == 1


@rule("4.9")
def test_an_unserved_wish_goes_on_to_the_next_group_that_opens(school: School) -> None:
    anna, berta = school.employee("Anna Pirmā"), school.employee("Berta Otrā")
    school.apply(anna, None), school.apply(berta, None)
    for _ in range(2):
        group = school.group(status="draft", maximum=1)
        with begin(school.staff) as work:
            groups.open_group(work, group.key)
    assert (school.status(anna), school.status(berta)) == ("offered", "offered")


@rule("4.6")
def test_the_line_of_a_cancelled_group_moves_to_the_next_one_in_its_order(school: School) -> None:
    group = school.group(maximum=1)
    school.fill(group, 1)
    persons = [school.employee(f"Persona {name}") for name in "AB"]
    for one in persons:
        school.apply(one, group)
    with begin(school.staff) as work:
        groups.cancel_group(work, group.key, "Saslimis pasniedzējs")
    assert [school.status(one) for one in persons] == ["waiting", "waiting"]
    assert [school.apply(one, None).position for one in persons] == [1, 2]
    assert all(mail.facts["keeps_waiting"] for mail in school.mails("group_cancelled", persons[0]))


@rule("4.6")
def test_who_is_still_in_line_when_the_group_starts_waits_for_the_next(school: School, clock: Clock) -> None:
    group = school.group(maximum=1, status="confirmed")
    school.fill(group, 1)
    anna = school.employee()
    school.apply(anna, group)
    school.apply(anna, None)  # waits for both: only one wish goes on (4.2)
    clock.advance(days=30, minutes=1)
    with begin(SYSTEM) as work:
        groups.move_clock(work)
    with begin(school.staff) as work:
        alive = work.db.exec(select(Application.status).where(col(Application.person_id) == anna.key)).all()
        assert sorted(alive) == ["cancelled", "waiting"]
        assert work.db.get_one(CourseGroup, group.key).status == "running"
