"""Who gets a place, as pure rules (4.3, 4.5, 4.6): properties that hold for every case."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mps_app.core import riga
from mps_app.core.lifecycle import By
from mps_app.models import ALIVE, ApplicationStatus, PayerKind
from mps_app.services.applications.lifecycle import LIFE
from mps_app.services.applications.rules import (
    Account,
    Candidate,
    Check,
    Places,
    Span,
    allot,
    clashes,
    is_promoting,
    moved,
    offer_expires_at,
    person_checks,
    promotion_ends_at,
)
from tests.marks import rule

moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda moment: moment.replace(tzinfo=UTC))  # noqa: DTZ001
spans = st.tuples(moments, st.integers(1, 600)).map(lambda pair: (pair[0], pair[0] + timedelta(minutes=pair[1])))
numbers = st.integers(0, 50)
yes_or_no = st.booleans()


@rule("4.3")
@rule("4.6")
@given(numbers, numbers, numbers, numbers)
def test_a_place_is_given_only_when_one_is_free_and_nobody_waits(
    maximum: int, taken: int, waiting: int, count: int
) -> None:
    lots = allot(count, Places(maximum, taken, waiting), Account(), names=False)
    assert lots.entering == (0 if waiting else min(count, max(maximum - taken, 0)))
    assert lots.entering + lots.lined == count


@rule("4.6")
@given(st.lists(st.integers(), unique=True, min_size=1), st.data())
def test_moving_one_keeps_the_order_of_the_others(order: list[int], data: st.DataObject) -> None:
    item, position = data.draw(st.sampled_from(order)), data.draw(st.integers(-5, 60))
    result = moved(order, item, position)
    assert [one for one in result if one != item] == [one for one in order if one != item]
    assert result.index(item) == min(max(position, 1), len(order)) - 1


@rule("4.5")
@given(st.lists(spans, max_size=4), st.lists(spans, max_size=4))
def test_spans_clash_exactly_when_they_share_a_moment(wanted: list[Span], taken: list[Span]) -> None:
    found = clashes(wanted, taken)
    for span in taken:
        shares = any(max(span[0], start) < min(span[1], end) for start, end in wanted)
        assert (span in found) == shares


@rule("4.5")
def test_one_session_may_begin_when_another_ends() -> None:
    noon = datetime(2026, 9, 7, 9, tzinfo=UTC)
    assert not clashes([(noon, noon + timedelta(hours=1))], [(noon - timedelta(hours=1), noon)])


@rule("4.6")
@given(moments, moments)
def test_an_offer_lasts_48_hours_and_24_in_the_last_week(now: datetime, starts_at: datetime) -> None:
    lasts = offer_expires_at(now, starts_at) - now
    assert lasts == timedelta(hours=24 if starts_at - now <= timedelta(days=7) else 48)


@rule("4.6")
@given(moments, moments)
def test_an_offer_of_a_moving_line_is_answered_before_the_start(now: datetime, starts_at: datetime) -> None:
    if is_promoting(now, starts_at):
        assert offer_expires_at(now, starts_at) <= starts_at


@rule("4.6")
def test_the_line_stops_two_working_days_before_the_start() -> None:
    monday = riga.at_riga(date(2026, 11, 23), datetime(2026, 1, 1, 9, 30).time())  # noqa: DTZ001
    ends_at = promotion_ends_at(monday)
    assert ends_at == riga.at_riga(date(2026, 11, 19), datetime(2026, 1, 1, 9, 30).time())  # noqa: DTZ001
    assert promotion_ends_at(None) is None


@rule("4.6")
@rule("4.1")
@given(
    st.frozensets(st.sampled_from(["address", "details", "email"])),
    st.frozensets(st.integers(1, 3)),
    st.sampled_from(PayerKind),
    st.booleans(),
)
def test_what_a_payer_needs_is_asked_and_nothing_else(
    has: frozenset[str],
    employers: frozenset[int],
    payer: PayerKind,
    is_free: bool,  # noqa: FBT001  # drawn
) -> None:
    candidate = Candidate(
        may_know_course=True,
        has_verified_email="email" in has,
        has_declared_address="address" in has,
        has_payer_details="details" in has,
        employer_ids=employers,
        holds_place_in_course=False,
    )
    checks = person_checks(candidate, payer, 1 if payer is PayerKind.INSTITUTION else None, is_free=is_free)
    needed = {
        PayerKind.INSTITUTION: (Check.EMPLOYED, 1 in employers),
        PayerKind.OWN_DETAILS: (Check.DETAILS_GIVEN, "details" in has),
        PayerKind.PERSON: (Check.ADDRESS_DECLARED, "address" in has),
    }[payer]
    asked = set() if is_free and payer is PayerKind.PERSON else {needed[0]}  # 2.2: no invoice, no address
    assert all(checks[check] == needed[1] for check in asked)
    assert checks[Check.EMAIL_VERIFIED] == ("email" in has)
    assert set(checks) == {Check.COURSE_KNOWN, Check.NOT_APPLIED, Check.EMAIL_VERIFIED, *asked}


@rule("2.5", "4.7")
def test_the_paying_institution_ends_what_has_not_taken_place() -> None:
    ended = LIFE.sources(ApplicationStatus.CANCELLED, By.PAYER)
    assert ended == {*ALIVE} - {ApplicationStatus.ATTENDED, ApplicationStatus.COMPLETED}


def test_nothing_comes_back_to_life_but_who_was_absent_by_mistake() -> None:
    over = {ApplicationStatus.CANCELLED, ApplicationStatus.REJECTED, ApplicationStatus.NO_SHOW}
    back = [(step.source, step.target, step.by) for step in LIFE.steps if step.source in over]
    assert back == [(ApplicationStatus.NO_SHOW, ApplicationStatus.ATTENDED, {By.CLOCK})]
