"""A certificate comes exactly when everything is there (7.2), once, with the next number of the year."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from mps_app.core.actor import SYSTEM
from mps_app.core.errors import NotAllowed
from mps_app.core.work import House, begin
from mps_app.models import Application, Certificate, CourseGroup, OutboxMessage
from mps_app.services import certificates, my_training
from mps_app.services.attendance import Presence
from mps_app.services.certificates import issuing
from mps_app.services.certificates.standing import Standing
from tests.conftest import Clock, Woken
from tests.factories import actor, make_person
from tests.marks import rule
from tests.services.certificates.course import (
    STAFF,
    answer,
    certify,
    hold_training,
    invite,
    issue,
    mark,
    print_all,
    with_paper,
)


@pytest.fixture(autouse=True)
def paper(house: House, tmp_path: Path) -> House:
    return with_paper(house, tmp_path / "files")


def issued() -> list[Certificate]:
    with begin(SYSTEM) as work:
        return list(work.db.exec(select(Certificate).order_by(Certificate.id)))


@rule("7.2")
def test_it_is_issued_once_group_attendance_and_questionnaire_are_there(woken: Woken) -> None:
    training = hold_training()
    issue()
    assert issued() == []
    mark(training)
    invite()
    issue()
    assert issued() == []
    woken.jobs.clear()
    answer(training, 0)
    assert certificates.ISSUE in woken.jobs  # at once, not with the next sweep
    issue()
    issue()
    [certificate] = issued()
    assert certificate.number == "MPS-2026-00001"
    with begin(SYSTEM) as work:
        assert work.db.get_one(Application, training.applications[0].key).status == "completed"


@rule("7.2")
def test_attendance_recorded_last_brings_it_too(woken: Woken) -> None:
    training = hold_training()
    mark(training, minutes=60)  # two of eight hours: asked, but not enough
    invite()
    answer(training, 0)
    issue()
    assert issued() == []
    woken.jobs.clear()
    mark(training)
    assert certificates.ISSUE in woken.jobs
    issue()
    assert len(issued()) == 1


@rule("7.2")
@pytest.mark.parametrize(("minutes", "count"), [(191, 0), (192, 1)])
def test_the_threshold_is_of_the_course(minutes: int, count: int) -> None:
    training = hold_training(attendance_percent=80)  # 192 of 240 minutes
    mark(training, minutes=minutes)
    invite()
    answer(training, 0)
    issue()
    assert len(issued()) == count


@rule("7.2")
def test_a_course_with_a_test_waits_for_it_and_says_so() -> None:
    training = hold_training(has_exam=True)
    mark(training)
    invite()
    answer(training, 0)
    issue()
    assert issued() == []
    with begin(training.actor(0)) as work:
        steps = certificates.checklist(work, training.applications[0].key)
    assert [(step.title, step.state) for step in steps] == [
        ("Apmeklējums", "done"), ("Tests", "later"), ("Novērtējuma anketa", "done"), ("Sertifikāts", "later"),
    ]  # fmt: skip
    assert steps[1].text == "Skola testu vēl nav sagatavojusi; uzaicinājums atnāks e-pastā"


@rule("7.2")
@pytest.mark.parametrize(
    ("lacking", "is_earned"),
    [
        ({}, True),
        ({"is_over": False}, False),
        ({"presence": Presence(79, 100)}, False),
        ({"has_exam": True}, False),
        ({"answered_on": None}, False),
    ],
    ids=["nothing", "the end", "attendance", "the test", "the questionnaire"],
)
def test_it_is_earned_when_nothing_is_lacking(*, lacking: dict[str, object], is_earned: bool) -> None:
    everything = Standing(
        is_over=True, presence=Presence(80, 100), percent_needed=80, has_exam=False, answered_on=date(2026, 9, 7)
    )
    assert replace(everything, **lacking).is_earned == is_earned


@rule("7.2")
def test_the_sweep_looks_only_at_whom_it_can_concern() -> None:
    done, unanswered, with_test, running, has_it = (
        hold_training(has_exam=number == 2) for number in range(5)
    )  # fmt: skip
    for training in (done, unanswered, with_test, running, has_it):
        mark(training)
    invite()
    answer(has_it, 0)
    issue()
    for training in (done, with_test, running):
        answer(training, 0)
    with begin(SYSTEM) as work:
        work.db.get_one(CourseGroup, running.group.key).status = "running"
        looked_at = work.db.execute(issuing._CANDIDATES, {"after": 0, "most": 25}).scalars().all()
    assert looked_at == [done.applications[0].key]


@rule("7.2")
def test_a_group_that_is_not_over_brings_none() -> None:
    training = hold_training()
    mark(training)
    invite()
    answer(training, 0)
    with begin(SYSTEM) as work:
        work.db.get_one(CourseGroup, training.group.key).status = "running"
    issue()
    assert issued() == []


@rule("4.11")
def test_the_checklist_tells_what_is_missing() -> None:
    training = hold_training(academic_hours=8)
    mark(training, minutes=180)
    invite()
    with begin(training.actor(0)) as work:
        [attended, questionnaire, certificate] = certificates.checklist(work, training.applications[0].key)
    assert (attended.text, attended.state) == ("6 no 8 st.; nepieciešami 80 %", "missing")
    assert questionnaire.text == "Jāaizpilda. Nākamais atgādinājums 9.\u00a0septembrī."
    assert certificate.text == "Netiks izsniegts: apmeklēta pārāk maza daļa mācību"


@rule("4.11")
@pytest.mark.parametrize(
    ("minutes", "has_exam", "is_promised"), [(240, False, True), (60, False, False), (240, True, False)]
)
def test_the_certificate_is_promised_only_where_the_questionnaire_alone_is_missing(
    *, minutes: int, has_exam: bool, is_promised: bool
) -> None:
    training = hold_training(has_exam=has_exam)
    mark(training, minutes=minutes)
    invite()
    with begin(training.actor(0)) as work:
        [task] = my_training.home_page(work).tasks
        waiting = certificates.my_certificates(work).due_text
    assert ("Sertifikātu saņemsiet" in task.consequence, bool(waiting)) == (is_promised, is_promised)


@rule("7.5")
def test_numbers_go_on_within_a_year_and_begin_anew_with_the_next(house: House, clock: Clock) -> None:
    certify(3)
    clock.now = datetime(2026, 12, 31, 22, 30, tzinfo=UTC)  # in Riga the new year has begun
    certify(2)
    assert [one.number for one in issued()] == [
        "MPS-2026-00001", "MPS-2026-00002", "MPS-2026-00003", "MPS-2027-00001", "MPS-2027-00002",
    ]  # fmt: skip


@rule("7.5")
def test_many_at_once_leave_no_gap_and_no_double() -> None:
    trainings = [hold_training(10) for _ in range(4)]
    for training in trainings:
        mark(training)
    invite()
    for training in trainings:
        for number in range(10):
            answer(training, number)
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(issue) for _ in range(8)]:
            done.result()
    issue()  # what a worker skipped because another held it, the sweep takes
    found = issued()
    assert sorted(one.serial for one in found) == list(range(1, 41))
    assert len({one.application_id for one in found}) == 40


@rule("7.5")
def test_a_transaction_that_fails_has_drawn_no_number() -> None:
    training = hold_training(2)
    mark(training)
    invite()
    answer(training, 0)
    with pytest.raises(RuntimeError), begin(SYSTEM) as work:
        certificates.issue_due(work)
        raise RuntimeError
    answer(training, 1)
    issue()
    assert [one.serial for one in issued()] == [1, 2]


@rule("7.5")
@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE certificate SET number = 'MPS-2026-09999'",
        "UPDATE certificate SET content = '{}'",
        "UPDATE certificate SET pdf_digest = repeat('0', 64)",
        "DELETE FROM certificate",
        "UPDATE certificate_series SET last_number = last_number + 2",
        "DELETE FROM certificate_series",
    ],
)
def test_the_database_refuses_to_change_what_was_issued(attempt: str) -> None:
    certify()
    with pytest.raises(DBAPIError), begin(SYSTEM) as work:
        work.db.execute(text(attempt))


@rule("7.6")
def test_a_corrected_one_replaces_the_old_one_which_stays_on_record() -> None:
    training = certify(names=["Ilze Bērziņa"])
    [old] = issued()
    with begin(SYSTEM) as work:
        from mps_app.models import Person

        work.db.get_one(Person, training.people[0].key).family_name = "Kalniņa"
    with begin(actor(_staff(), *STAFF.roles)) as work:
        certificates.reissue(work, old.key, "labots uzvārds")
    print_all()
    [old, new] = issued()
    assert (old.revoked_reason, new.revoked_at, new.replaces_id) == ("labots uzvārds", None, old.id)
    assert (old.content["name"], new.content["name"]) == ("Ilze Bērziņa", "Ilze Kalniņa")
    issue()
    assert len(issued()) == 2


@rule("7.6")
def test_a_revoked_one_is_not_issued_again_by_itself() -> None:
    certify()
    [certificate] = issued()
    with begin(actor(_staff(), *STAFF.roles)) as work:
        certificates.revoke(work, certificate.key, "izsniegts kļūdaini")
    issue()
    [certificate] = issued()
    assert certificate.revoked_at is not None
    with begin(SYSTEM) as work:
        acts = (
            work.db.execute(text("SELECT action FROM audit_event WHERE subject_kind = 'certificate'")).scalars().all()
        )
    assert acts == ["certificate:revoke"]


@rule("7.6")
def test_nobody_but_staff_revokes() -> None:
    training = certify()
    [certificate] = issued()
    for act in (certificates.revoke, certificates.reissue):
        with pytest.raises(NotAllowed), begin(training.actor(0)) as work:
            act(work, certificate.key, "gribu citu")


@rule("7.2")
def test_the_holder_is_told_when_the_sheet_is_there() -> None:
    certify()
    with begin(SYSTEM) as work:
        [letter] = work.db.exec(select(OutboxMessage).where(OutboxMessage.template == "certificate_ready"))
    assert letter.recipient == "d0@iestade.example"
    assert letter.facts["number"] == "MPS-2026-00001"


def _staff() -> object:
    with begin(SYSTEM) as work:
        return make_person(work, name="Līga Testiņa", email="liga@skola.example")
