"""A reminder every two days at nine in Riga until it is filled in; never a heap of them (7.3)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from mps_app.core import riga
from mps_app.core.actor import SYSTEM
from mps_app.core.reminders import Reminded, Reminders, next_reminder_on
from mps_app.core.settings import settings
from mps_app.core.work import House, begin
from mps_app.models import OutboxMessage
from mps_app.services import evaluations
from tasks.evaluations import send_reminders
from tests.conftest import Clock
from tests.factories import actor, make_person
from tests.marks import rule
from tests.services.certificates.course import STAFF, answer, hold_training, invite, mark

RULES = Reminders(every_days=2, at_most=15, closes_days=60)


def letters() -> list[datetime]:
    with begin(SYSTEM) as work:
        found = work.db.exec(select(OutboxMessage).where(OutboxMessage.template == "evaluation_reminder"))
        return sorted(letter.created_at for letter in found)


def live(clock: Clock, until: datetime, *, every: timedelta = timedelta(minutes=5)) -> None:
    """Let the beat ask every few minutes until a moment."""
    while clock.now < until:
        send_reminders()
        clock.now += every


@rule("7.3")
def test_every_two_days_at_nine_in_riga_across_the_clock_change(house: House, clock: Clock) -> None:
    clock.now = datetime(2026, 10, 9, 15, 0, tzinfo=UTC)
    training = hold_training()
    mark(training)
    invite()
    live(clock, datetime(2026, 11, 9, 20, 0, tzinfo=UTC), every=timedelta(minutes=30))  # winter begins on 25 October
    local = [riga.to_riga(moment) for moment in letters()]
    assert [moment.date() for moment in local] == [date(2026, 10, 9) + timedelta(days=2 * n) for n in range(1, 16)]
    assert {(moment.hour, moment.minute) for moment in local} == {(9, 0)}
    assert {moment.utcoffset() for moment in local} == {timedelta(hours=3), timedelta(hours=2)}


@rule("7.3")
def test_a_beat_that_was_away_for_a_week_sends_one_and_goes_on_from_there(house: House, clock: Clock) -> None:
    training = hold_training()
    mark(training)
    invite()  # on 7 September
    clock.now = datetime(2026, 9, 16, 11, 30, tzinfo=UTC)
    live(clock, datetime(2026, 9, 18, 12, 0, tzinfo=UTC), every=timedelta(minutes=30))
    assert [riga.today(moment) for moment in letters()] == [date(2026, 9, 16), date(2026, 9, 18)]


@rule("7.3")
def test_a_letter_that_could_not_leave_for_a_day_is_not_sent_any_more(house: House) -> None:
    from mps_app.services.messages import TEMPLATES

    assert TEMPLATES["evaluation_reminder"].useful_for == timedelta(days=1)  # so a dead mail server heaps none either


@rule("7.3")
def test_whoever_answered_is_left_in_peace(house: House, clock: Clock) -> None:
    training = hold_training(2)
    mark(training)
    invite()
    answer(training, 0)
    live(clock, clock.now + timedelta(days=5), every=timedelta(hours=1))
    with begin(SYSTEM) as work:
        found = work.db.exec(select(OutboxMessage).where(OutboxMessage.template == "evaluation_reminder")).all()
    assert {letter.recipient for letter in found} == {"d1@iestade.example"}
    assert len(found) == 2


@rule("7.3")
def test_staff_can_end_the_reminders_of_one_person(house: House, clock: Clock) -> None:
    training = hold_training(2)
    mark(training)
    invite()
    with begin(SYSTEM) as work:
        staff = make_person(work, name="Līga Testiņa", email="liga@skola.example")
    with begin(actor(staff, *STAFF.roles)) as work:
        evaluations.stop_reminders(work, training.applications[0].key, "ilgstoša slimība")
    live(clock, clock.now + timedelta(days=3), every=timedelta(hours=1))
    with begin(SYSTEM) as work:
        found = work.db.exec(select(OutboxMessage).where(OutboxMessage.template == "evaluation_reminder")).all()
    assert [letter.recipient for letter in found] == ["d1@iestade.example"]


@rule("7.3")
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"evaluation_reminder_days": 5}, [5, 10, 15, 20]),
        ({"evaluation_reminder_limit": 3}, [2, 4, 6]),
        ({"evaluation_closes_days": 5}, [2, 4]),
        ({"evaluation_reminder_days": 0}, []),
    ],
)
def test_interval_and_last_one_are_settable(
    house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch, changes: dict[str, int], expected: list[int]
) -> None:
    other = settings().model_copy(update=changes)
    monkeypatch.setattr("mps_app.core.reminders.settings", lambda: other)
    training = hold_training()
    mark(training)
    invite()
    begun = riga.today(clock.now)
    live(clock, clock.now + timedelta(days=21), every=timedelta(hours=6))
    assert [(riga.today(moment) - begun).days for moment in letters()] == expected


@rule("7.3")
@given(lateness=st.lists(st.integers(0, 9), min_size=1, max_size=40))
def test_two_reminders_are_never_nearer_than_the_interval_and_never_too_many(lateness: list[int]) -> None:
    invited = today = date(2026, 9, 7)
    sent: list[date] = []
    for late in lateness:
        so_far = Reminded(invited, len(sent), sent[-1] if sent else None, is_stopped=False, is_answered=False)
        due_on = next_reminder_on(so_far, RULES)
        if due_on is None:
            break
        today = max(today, due_on) + timedelta(days=late)
        sent.append(today)
    gaps = [(after - before).days for before, after in zip([invited, *sent], sent, strict=False)]
    assert all(gap >= RULES.every_days for gap in gaps)
    assert len(sent) <= RULES.at_most
