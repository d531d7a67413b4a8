"""A question or a request typed while the session ran out waits for the same person (10.1, 2.6)."""

import time

import pytest
from sqlalchemy import Engine, text

from mps_app.core.actor import SYSTEM
from mps_app.core.work import begin
from mps_app.models import Application, EvaluationInvitation
from mps_app.services import evaluations
from tests.conftest import Live
from tests.event_client import event_name
from tests.factories import make_person
from tests.marks import rule
from tests.services.certificates.course import Training, hold_training, invite, mark
from tests.strangers.conftest import SignedIn, named, sign_in, tab

ASK = event_name("mps_app.state.help", "HelpState", "ask_signed_in")
ANSWER = event_name("mps_app.state.school_questions", "SchoolQuestionsState", "send")
ASK_AS_VISITOR = event_name("mps_app.state.help", "HelpState", "ask")
SAVE = event_name("mps_app.state.evaluation", "EvaluationState", "save")
ERASE = event_name("mps_app.state.my_data", "MyDataState", "request_erasure")

_PATIENCE_SECONDS = 20

CASES = {
    "a question": ("/palidziba", ASK, {"email": "cits@iestade.example", "question": "Kur ir telpa?"}, "HelpState.question"),
    "a request for erasure": ("/profils/mani-dati", ERASE, {"wish": "Vairs nestrādāju."}, "MyDataState.wish"),
}  # fmt: skip


@pytest.fixture
def person(live_engine: Engine) -> SignedIn:
    with begin(SYSTEM) as work:
        person_id = make_person(work, name="Vija Vēlreiz", email="vija@iestade.example").key
    return sign_in(person_id)


def let_run_out(engine: Engine, person_id: int) -> None:
    with engine.begin() as connection:
        silent = text("UPDATE sign_in SET last_seen_at = now() - interval '1 day' WHERE person_id = :id")
        connection.execute(silent, {"id": person_id})


def asked(engine: Engine, person_id: int) -> int:
    with engine.connect() as connection:
        count = text("SELECT count(*) FROM support_question WHERE person_id = :id")
        return int(connection.execute(count, {"id": person_id}).scalar_one())


@rule("1.4")
@pytest.mark.live
@pytest.mark.parametrize("case", CASES)
async def test_what_was_typed_waits_for_the_same_person(
    live: Live, live_engine: Engine, person: SignedIn, case: str
) -> None:
    path, send, form, kept_in = CASES[case]
    async with tab(live, person) as own:
        await own.open(path)
        let_run_out(live_engine, person.person_id)
        await own.send(send, form=form)
        await own.settle()
    with begin(SYSTEM) as work:
        other = make_person(work, name="Cits Cilvēks").key
    async with tab(live, sign_in(other)) as foreign:
        await foreign.open(path)
        await foreign.settle()
        assert not foreign.var(kept_in)
    async with tab(live, sign_in(person.person_id)) as again:
        await again.open(path)
        await again.settle()
        assert again.var(kept_in) in form.values()
    assert asked(live_engine, person.person_id) == 0


@rule("1.4")
@rule("10.1")
@pytest.mark.live
async def test_the_schools_answer_waits_and_is_sent_once(live: Live, live_engine: Engine, person: SignedIn) -> None:
    staff = named("Līga Testiņa")
    async with tab(live, person) as asker:
        await asker.open("/palidziba")
        await asker.call(ASK, until="HelpState.sent_to", form={"email": "vija@iestade.example", "question": "Kur?"})
    async with tab(live, sign_in(staff)) as school:
        await school.open("/skola/jautajumi")
        question = school.var("SchoolQuestionsState.inbox")["waiting"][-1]
        form = {"question_id": str(question["id"]), "last_reply_id": "0", "answer": "Otrajā stāvā."}
        let_run_out(live_engine, staff)
        await school.send(ANSWER, form=form)
        await school.settle()
    async with tab(live, sign_in(staff)) as school:
        await school.open("/skola/jautajumi")
        assert school.var("SchoolQuestionsState.opened") == question["id"]
        assert school.var("SchoolQuestionsState.answer") == "Otrajā stāvā."
        await school.call(ANSWER, until="SchoolQuestionsState.inbox", form=form)
        newest = school.var("SchoolQuestionsState.inbox")["answered"][0]
        assert (newest["id"], newest["answer"]) == (question["id"], "Otrajā stāvā.")
    async with tab(live, sign_in(person.person_id)) as asker:
        await asker.open("/palidziba")
        assert [row["answer"] for row in asker.var("HelpState.own")] == ["Otrajā stāvā."]


def invited(training: Training) -> EvaluationInvitation:
    """Invite somebody to the questionnaire; the live system's own job may hold the application just then."""
    ends_at = time.monotonic() + _PATIENCE_SECONDS
    while True:
        invite()
        with begin(SYSTEM) as work:
            found = evaluations.state_of(work, training.applications[0].key)[0]
        if found is not None:
            return found
        assert time.monotonic() < ends_at, "nobody was invited"
        time.sleep(0.05)


@rule("7.1")
@pytest.mark.live
async def test_answers_wait_for_their_own_questionnaire(live: Live, live_engine: Engine) -> None:
    trainings = [hold_training(), hold_training()]
    with begin(SYSTEM) as work:
        for training in trainings:
            work.db.get_one(Application, training.applications[0].key).person_id = trainings[0].people[0].key
    for training in trainings:
        mark(training)
    person_id = trainings[0].people[0].key
    filled, other = map(invited, trainings)
    with begin(trainings[0].actor(0)) as work:
        key = next(iter(evaluations.filling(work, filled.key).questions))
    async with tab(live, sign_in(person_id)) as own:
        await own.open(f"/anketa/{filled.key}")
        let_run_out(live_engine, person_id)
        await own.send(SAVE, key=key, value="4")
        await own.settle()
    async with tab(live, sign_in(person_id)) as again:
        for invitation in (other, filled):
            await again.open(f"/anketa/{invitation.key}")
            await again.settle()
    with begin(trainings[0].actor(0)) as work:
        assert evaluations.filling(work, filled.key).given == {key: "4"}


@rule("10.1")
@pytest.mark.live
async def test_a_person_asks_and_sees_the_question_at_once(live: Live, live_engine: Engine, person: SignedIn) -> None:
    async with tab(live, person) as own:
        await own.open("/palidziba")
        await own.call(
            ASK, until="HelpState.sent_to", form={"email": "vija@iestade.example", "question": "Kad sāksies?"}
        )
        assert own.var("HelpState.sent_to") == "vija@iestade.example"
        assert [row["question"] for row in own.var("HelpState.own")] == ["Kad sāksies?"]
    assert asked(live_engine, person.person_id) == 1


@rule("10.1")
@pytest.mark.live
async def test_a_visitor_learns_beside_the_field_what_is_missing(live: Live) -> None:
    async with tab(live) as visitor:
        await visitor.open("/palidziba")
        await visitor.call(ASK_AS_VISITOR, until="HelpState.email_problem", form={"email": "nav", "question": ""})
        assert visitor.var("HelpState.email_problem").startswith("Norādiet e-pastu")
        assert visitor.var("HelpState.question_problem")
        assert visitor.var("HelpState.sent_to") == ""
