"""Two coordinators, the same forty people, the last thirty places, the same moment (4.3, 11.3)."""

from collections import Counter
from collections.abc import Callable

import pytest
from sqlmodel import col, select

from mps_app.core import riga
from mps_app.core.actor import SYSTEM
from mps_app.core.work import Work, begin, house
from mps_app.models import Application, Employment, PayerKind
from mps_app.services import applications, employees, enrolments, institutions
from mps_app.services.groups import places
from mps_app.views.applications import ApplyForm
from mps_app.views.enrolments import EnrolForm, EnrolReceipt, ReserveForm
from mps_app.views.institutions import ApprovalForm
from tests import factories
from tests.marks import rule
from tests.services.applications.test_at_once import at_once, one_amid_the_other, together
from tests.services.enrolments.conftest import Office, made


@rule("4.3")
@rule("11.3")
@pytest.mark.parametrize("mode", ["fit", "line", "all"])
def test_the_same_forty_into_the_last_thirty_places(office: Office, mode: str) -> None:
    group = office.another_group(maximum=30)
    people = office.employees(40)
    with begin(SYSTEM) as work:
        deputy = factories.make_person(work, name="Ojārs Testonis", email="ojars@iestade.example")
        factories.make_coordinator(work, deputy, office.institution)
    actors = [office.actor, factories.actor(deputy, institutions=frozenset({office.institution.key}))]

    def confirm(number: int) -> EnrolReceipt:
        order = people if number == 0 else people[::-1]
        form = EnrolForm(group_id=group.key, person_ids=[one.key for one in order], mode=mode)
        with begin(actors[number]) as work:
            return enrolments.enrol(work, office.institution.key, form)

    receipts = together(lambda: confirm(0), lambda: confirm(1))
    if mode == "all":
        assert office.taken(group) == 0
        assert all(one.outcome == "held_back" for receipt in receipts for one in receipt.people)
        return
    assert office.taken(group) == 30
    with begin(SYSTEM) as work:
        rows = work.db.exec(select(Application).where(col(Application.group_id) == group.key)).all()
    assert len({row.person_id for row in rows}) == len(rows) == (40 if mode == "line" else 30)
    in_group = {row.person_id for row in rows if row.status == "registered"}
    said = [Counter(one.outcome for one in receipt.people) for receipt in receipts]
    last = "line" if mode == "line" else "no_place"
    assert Counter(enrolled=30, **{last: 10}) in said
    assert Counter(already=40) in said or Counter(already=30, no_place=10) in said
    for receipt in receipts:
        assert {one.person_id for one in receipt.people if one.outcome == "enrolled"} <= in_group


@rule("4.3")
def test_an_institution_being_changed_holds_no_application_on_its_account_up(office: Office) -> None:
    with begin(office.actor) as work:
        institutions.save_approval(work, office.institution.key, ApprovalForm(needs_approval=True, approval_days=7))
        work.db.flush()
        assert office.enrol(office.employees(1)).enrolled == 1


@rule("2.5")
def test_those_who_leave_several_institutions_at_once_are_locked_in_one_order(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = made(house(), name="Otra iestāde")
    office.enrol([office.employee()], other.group)
    other.enrol([other.employee("Berta Otrā")], office.group)
    with begin(SYSTEM) as work:
        for one in work.db.exec(select(Employment)).all():
            one.until_on = riga.today(work.now)
    locked: list[int] = []
    lock = places.lock_next_group_line

    def noted(work: Work, course_id: int) -> None:
        locked.append(course_id)
        lock(work, course_id)

    monkeypatch.setattr(places, "lock_next_group_line", noted)
    with begin(SYSTEM) as work:
        assert employees.let_go(work) == 2
    assert locked == sorted(locked)
    assert len(set(locked)) == 2
    assert (office.statuses(), other.statuses()) == (["cancelled"], ["cancelled"])


@rule("4.2")
@rule("11.3")
def test_the_same_people_into_two_groups_of_a_course_at_once_get_into_one(office: Office) -> None:
    groups, people = [office.group, office.another_group()], office.employees(5)

    def enrol(number: int) -> Callable[[Work], object]:
        form = EnrolForm(group_id=groups[number].key, person_ids=[one.key for one in people], mode="fit")
        return lambda work: enrolments.enrol(work, office.institution.key, form)

    one_amid_the_other(office.actor, enrol(0), enrol(1))
    assert [office.taken(group) for group in groups] == [5, 0]


@rule("4.2")
def test_one_application_amid_another_to_a_second_group_of_the_course_is_refused(office: Office) -> None:
    groups, anna = [office.group, office.another_group()], office.employee()

    def apply(number: int) -> Callable[[Work], object]:
        form = ApplyForm(
            agreed=True, course_id=office.course.key, group_id=groups[number].key,
            payer=PayerKind.INSTITUTION, institution_id=office.institution.key,
        )  # fmt: skip
        return lambda work: applications.apply(work, form)

    one_amid_the_other(factories.actor(anna), apply(0), apply(1))
    assert [office.taken(group) for group in groups] == [1, 0]


@rule("4.2")
@rule("4.7")
def test_a_colleague_replaces_nobody_while_being_enrolled_in_another_group(office: Office) -> None:
    other, anna, colleague = office.another_group(), office.employee(), office.employee("Baiba Kolēģe")
    place = office.enrol([anna]).application_ids[0]
    form = EnrolForm(group_id=other.key, person_ids=[colleague.key], mode="fit")
    one_amid_the_other(
        office.actor,
        lambda work: enrolments.enrol(work, office.institution.key, form),
        lambda work: applications.replace(work, place, colleague.key),
    )
    with begin(SYSTEM) as work:
        rows = work.db.exec(select(Application).where(col(Application.person_id) == colleague.key)).all()
    assert [row.group_id for row in rows] == [other.key]


@rule("4.3")
@rule("11.6")
def test_naming_reserving_and_strangers_at_once_never_take_one_place_too_many(office: Office) -> None:
    group = office.another_group(maximum=12)
    people = office.employees(10)

    def name(number: int) -> object:
        return office.enrol(people[number * 2 : number * 2 + 2], group)

    def hold(places: int) -> object:
        try:
            with begin(office.actor) as work:
                form = ReserveForm(group_id=group.key, places=places)
                return enrolments.reserve(work, office.institution.key, form)
        except enrolments.TooFewFree as refusal:
            return refusal

    at_once(
        [lambda number=number: name(number) for number in range(5)]
        + [lambda places=places: hold(places) for places in (8, 4, 2, 6, 12)]
    )
    assert office.taken(group) <= 12
    with begin(SYSTEM) as work:
        from mps_app.services import administration

        assert not administration.examine(work)
