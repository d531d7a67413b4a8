"""A test over real sockets: two tabs, a double click, an ended session; and nothing that is right comes along (8.1)."""

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from mps_app.core.actor import SYSTEM
from mps_app.core.work import begin
from mps_app.models import ExamAttempt
from tests.conftest import Live
from tests.event_client import event_name
from tests.live.test_nothing_typed_is_lost import let_run_out
from tests.marks import rule
from tests.services.certificates.course import Training
from tests.services.exams.course import SECRET, invitation_of, prepared, right_answers
from tests.strangers.conftest import SignedIn, sign_in, tab

START, SAVE, CHOOSE, SUBMIT = (
    event_name("mps_app.state.exam", "ExamState", name) for name in ("start", "save", "choose", "submit")
)


@pytest.fixture
def training(live_engine: Engine) -> Training:
    return prepared(exam={"is_shuffled": False})


def person_of(training: Training) -> SignedIn:
    return sign_in(training.people[0].key)


def tries(training: Training) -> list[ExamAttempt]:
    with begin(SYSTEM) as work:
        mine = ExamAttempt.invitation_id == invitation_of(training)
        return list(work.db.exec(select(ExamAttempt).where(mine).order_by(ExamAttempt.id)))


@rule("8.1")
@pytest.mark.live
async def test_two_tabs_and_double_clicks_take_one_test(live: Live, training: Training) -> None:
    path, who = f"/tests/{invitation_of(training)}", person_of(training)
    async with tab(live, who) as one, tab(live, who) as other:
        for client in (one, other):
            await client.open(path)
            assert client.var("ExamState.page")["stage"] == "start"
        for client in (one, other, one):
            await client.send(START)
        await one.settle()
        await other.settle()
        assert one.var("ExamState.page")["attempt_id"] == other.var("ExamState.page")["attempt_id"]
        right = right_answers(training.actor(0), invitation_of(training))
        for client, (key, value) in zip((one, other, one, other), right.items(), strict=True):
            await client.send(SAVE, key=key, value=value)
        await one.settle()
        await other.settle()
        for client in (one, one, other):
            await client.send(SUBMIT)
        await one.settle()
        await other.settle()
        assert [client.var("ExamState.page")["result"]["title"] for client in (one, other)] == ["5 no 5 punktiem"] * 2
    assert [(attempt.score, attempt.number) for attempt in tries(training)] == [(5, 1)]


@rule("8.1")
@pytest.mark.live
async def test_nothing_that_is_right_comes_to_the_browser_while_it_is_taken(live: Live, training: Training) -> None:
    async with tab(live, person_of(training)) as own:
        await own.open(f"/tests/{invitation_of(training)}")
        await own.call(START, until="ExamState.clock")
        await own.settle()
        for number in range(1, 5):
            await own.call(event_name("mps_app.state.exam", "ExamState", "go"), until="ExamState.page", number=number)
        await own.call(SUBMIT, until="ExamState.clock")
        await own.settle()
        assert own.var("ExamState.page")["stage"] == "result"
        for secret in (SECRET, "accepted", "tolerance"):
            assert secret not in own.everything()


@rule("1.4")
@rule("8.1")
@pytest.mark.live
async def test_an_answer_given_after_the_session_ended_is_kept(
    live: Live, live_engine: Engine, training: Training
) -> None:
    path, who = f"/tests/{invitation_of(training)}", person_of(training)
    async with tab(live, who) as own:
        await own.open(path)
        await own.call(START, until="ExamState.clock")
        keys = list(right_answers(training.actor(0), invitation_of(training)))
        await own.call(CHOOSE, until="ExamState.page", key=keys[1], value="0", is_on=True)
        let_run_out(live_engine, who.person_id)
        await own.send(CHOOSE, key=keys[1], value="1", is_on=True)
        await own.settle()
    async with tab(live, person_of(training)) as again:
        await again.open(path)
        await again.settle()
        await again.call(event_name("mps_app.state.exam", "ExamState", "go"), until="ExamState.page", number=2)
        choices = again.var("ExamState.page")["question"]["choices"]
        assert [choice["is_chosen"] for choice in choices] == [True, True, False]
