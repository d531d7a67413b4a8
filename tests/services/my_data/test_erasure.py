"""Who looked, what has to be kept, and the request for erasure (2.6)."""

from datetime import date

import pytest
from sqlmodel import select

from mps_app.core.actor import NOBODY, SYSTEM, Actor, Role
from mps_app.core.errors import Invalid, NotFound, SignInNeeded
from mps_app.core.settings import settings
from mps_app.core.work import House, begin
from mps_app.models import AuditEvent, ErasureRequest, OutboxMessage, RoleGrant
from mps_app.services import audit, my_data
from mps_app.services.my_data.erasure import AlreadyRequested, a_month_after
from mps_app.views.my_data import ErasureForm, MyDataPage
from tests.conftest import Clock
from tests.factories import actor, make_person
from tests.marks import rule


@pytest.fixture
def anna(house: House) -> Actor:
    with begin(SYSTEM) as work:
        return actor(make_person(work))


def page(who: Actor) -> MyDataPage:
    with begin(who) as work:
        return my_data.my_data_page(work)


def request(who: Actor, wish: str = "") -> None:
    with begin(who) as work:
        my_data.request_erasure(work, ErasureForm(wish=wish))


@rule("2.6")
def test_who_looked_when_and_why_is_told_newest_first(anna: Actor, clock: Clock) -> None:
    with begin(SYSTEM) as work:
        staff = make_person(work, name="Līga Testiņa")
        work.db.add(RoleGrant(person_id=staff.key, role=Role.TRAINING, from_on=date(2026, 1, 1)))
        other = make_person(work, name="Jānis Ozols")
    for who, purpose in (
        (actor(staff, Role.TRAINING), "Profile"),
        (actor(other), "Roster"),
        (anna, "Own"),
        (SYSTEM, "Sessions"),
    ):
        clock.advance(hours=1)
        with begin(who) as work:
            audit.record_access(work, anna.person_id or 0, purpose)
    assert [(look.when_text, look.who_text) for look in page(anna).looks] == [
        ("7.\u00a0sept. 2026, 16:00", "Sistēma"),
        ("7.\u00a0sept. 2026, 14:00", "Jānis Ozols"),
        ("7.\u00a0sept. 2026, 13:00", "Līga Testiņa, mācību koordinēšana"),
    ]
    assert page(actor(other)).looks == []


@rule("2.6")
def test_many_looks_are_shown_in_part_and_the_rest_named(anna: Actor) -> None:
    with begin(SYSTEM) as work:
        for _ in range(53):
            audit.record_access(work, anna.person_id or 0, "Roster")
    shown = page(anna)
    assert (len(shown.looks), shown.older_looks_text) == (50, "Lejupielādē ir vēl 3 senāki ieraksti.")


@rule("2.6")
def test_what_the_law_keeps_is_told_with_its_basis(anna: Actor) -> None:
    kept = page(anna).kept
    assert [row.how_long_text for row in kept] == ["5 gadi", "5 gadi", "10 gadu", "18 mēnešu"]
    assert all(row.what_text and row.basis_text for row in kept)


@rule("2.6")
def test_a_request_is_kept_with_its_day_and_told_to_the_school(anna: Actor, clock: Clock) -> None:
    request(anna, "Vairs nestrādāju valsts pārvaldē.\u202e")
    with begin(SYSTEM) as work:
        kept = work.db.exec(select(ErasureRequest)).one()
        assert (kept.person_id, kept.created_at, kept.status) == (anna.person_id, clock.now, "open")
        mail = work.db.exec(select(OutboxMessage)).one()
        assert (mail.template, mail.recipient) == ("erasure_requested", settings().school_email)
        assert mail.facts == {
            "name": "Anna Paraudziņa", "wish": "Vairs nestrādāju valsts pārvaldē.", "answer_by": "2026-10-07",
        }  # fmt: skip
    shown = page(anna)
    assert (shown.may_request, shown.requests[0].asked_text, shown.requests[0].is_open) == (
        False,
        "7.\u00a0sept. 2026",
        True,
    )


@rule("2.6")
def test_one_request_is_open_at_a_time(anna: Actor) -> None:
    request(anna)
    with pytest.raises(AlreadyRequested):
        request(anna)


@rule("2.6")
def test_a_request_is_withdrawn_and_may_be_made_again(anna: Actor) -> None:
    request(anna)
    with begin(anna) as work:
        my_data.withdraw_erasure(work)
    assert page(anna).may_request
    with pytest.raises(NotFound), begin(anna) as work:
        my_data.withdraw_erasure(work)
    request(anna)
    assert [row.is_open for row in page(anna).requests] == [True, False]
    with begin(SYSTEM) as work:
        acts = [event.action for event in work.db.exec(select(AuditEvent).order_by(AuditEvent.id))]  # type: ignore[arg-type]
    assert acts == ["erasure:request", "erasure:withdraw", "erasure:request"]


@rule("2.6")
def test_nobody_withdraws_or_sees_anothers_request(anna: Actor) -> None:
    request(anna, "Mans iemesls")
    with begin(SYSTEM) as work:
        other = actor(make_person(work, name="Uldis Uzbrucējs"), Role.ADMIN)
    with pytest.raises(NotFound), begin(other) as work:
        my_data.withdraw_erasure(work)
    assert page(other).requests == []


def test_a_visitor_has_no_data(house: House) -> None:
    for act in (
        my_data.my_data_page,
        my_data.withdraw_erasure,
        lambda work: my_data.request_erasure(work, ErasureForm()),
    ):
        with pytest.raises(SignInNeeded), begin(NOBODY) as work:
            act(work)


def test_too_long_a_wish_is_said_beside_its_field() -> None:
    with pytest.raises(Invalid) as refused:
        ErasureForm.read({"wish": "x" * 2_001})
    assert set(refused.value.fields) == {"wish"}


@pytest.mark.parametrize(
    ("day", "after"), [((2026, 9, 7), (2026, 10, 7)), ((2026, 1, 31), (2026, 2, 28)), ((2026, 12, 31), (2027, 1, 31))]
)
def test_a_month_ends_where_the_month_ends(day: tuple[int, int, int], after: tuple[int, int, int]) -> None:
    assert a_month_after(date(*day)) == date(*after)
