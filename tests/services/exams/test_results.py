"""What a person is told of a test and what never leaves the server, and what staff are told (8.1, 11.5)."""

import json

import pytest
from sqlmodel import select

from mps_app.core.actor import NOBODY, SYSTEM, Actor, Language, Role
from mps_app.core.errors import Invalid, NotAllowed, SignInNeeded
from mps_app.core.work import House, begin
from mps_app.models import AuditEvent, OutboxMessage
from mps_app.policy import Action, Subject, may
from mps_app.services import exams
from mps_app.services.exams.refusals import AlreadyPassed
from mps_app.views.exams import ExamPage, ExamPlan
from tests.factories import actor, make_coordinator, make_employment, make_institution, make_person
from tests.marks import rule
from tests.services.certificates.course import STAFF, Training
from tests.services.exams.course import PLAN, SECRET, attempts, define, invitation_of, invite, prepared, start, take


@pytest.fixture
def training(house: House) -> Training:
    return prepared(2, exam={"is_shuffled": False})


def page_of(training: Training, number: int = 0, question: int = 0) -> ExamPage:
    with begin(training.actor(number)) as work:
        return exams.exam_page(work, invitation_of(training, number), question)


@rule("8.1")
def test_what_is_right_is_not_sent_before_the_test_is_passed(training: Training) -> None:
    said = [page_of(training)]
    start(training)
    said += [page_of(training, question=number) for number in range(1, 5)]
    take(training, right=1)  # goes on with the try that is begun, and does not pass
    said.append(page_of(training))
    start(training)
    said += [page_of(training, question=number) for number in range(1, 5)]
    assert said[-1].stage == "taking"
    take(training, right=1)
    said.append(page_of(training))
    assert said[-1].stage == "result"
    assert not said[-1].result.can_try_again
    sent = json.dumps([page.model_dump(mode="json") for page in said], ensure_ascii=False)
    for secret in (SECRET, "accepted", "is_right_option", "tolerance", "4.5", "4,5"):
        assert secret not in sent
    assert not any(question.right_text for page in said for question in page.result.questions)


@rule("8.1")
def test_the_value_of_a_choice_is_its_place_on_the_screen_and_tells_nothing(house: House) -> None:
    training = prepared(30)
    places = set()
    for number in range(30):
        start(training, number)
        pages = [page_of(training, number, question) for question in range(1, 5)]
        single = next(page.question for page in pages if page.question.kind == "single")
        assert [choice.value for choice in single.choices] == ["0", "1", "2", "3"]
        places.add(next(choice.value for choice in single.choices if choice.text == "Zāle"))
    assert len(places) > 1


@rule("8.1")
def test_a_result_tells_the_score_the_line_and_which_were_right(training: Training) -> None:
    take(training, right=2)  # one point and two
    page = page_of(training)
    result = page.result
    assert (result.is_passed, result.title, result.can_try_again) == (True, "3 no 5 punktiem", False)
    assert result.sentence.startswith("Vajadzēja vismaz 3 punktus.")
    assert [(one.title, one.score_text) for one in result.topics] == [
        ("Krāsas", "1 no 2"), ("Dzīvnieki", "2 no 2"), ("Skaitļi", "0 no 1"),
    ]  # fmt: skip
    assert [one.is_right for one in result.questions] == [True, True, False, False]
    assert [one.right_text for one in result.questions] == ["", "", "4,5", SECRET]
    assert (result.score_percent, result.pass_percent) == (60, 60)


@rule("8.1")
def test_below_the_line_it_is_not_passed_and_one_tries_again(training: Training) -> None:
    take(training, right=1)
    assert attempts()[0].is_passed is False
    result = page_of(training).result
    assert (result.can_try_again, result.next_text) == (True, "Jums atlicis 1 mēģinājums. Tas sāksies no jauna.")
    take(training, right=4)
    assert page_of(training).result.title == "5 no 5 punktiem"


@rule("8.1")
def test_staff_grant_another_try_with_a_reason(training: Training) -> None:
    for _ in range(2):
        take(training, right=0)
    key = training.applications[0].key
    with begin(SYSTEM) as work:
        liga = actor(make_person(work, name="Līga Testiņa"), Role.TRAINING)
    with pytest.raises(Invalid), begin(liga) as work:
        exams.grant_attempt(work, key, "  ")
    for stranger in (training.actor(0), Actor(person_id=1, roles=frozenset({Role.ADMIN}))):
        with pytest.raises(NotAllowed), begin(stranger) as work:
            exams.grant_attempt(work, key, "Slimība")
    with begin(liga) as work:
        exams.grant_attempt(work, key, "Pārtrūka elektrība")
    with begin(SYSTEM) as work:
        event = work.db.exec(select(AuditEvent).where(AuditEvent.action == "exam:grant_attempt")).one()
        letters = work.db.exec(select(OutboxMessage).where(OutboxMessage.template == "exam_invite")).all()
    assert event.changes["reason"] == "Pārtrūka elektrība"
    assert [one.facts["tries"] for one in letters if one.recipient == "d0@iestade.example"] == [2, 1]
    take(training, right=4)
    assert page_of(training).result.is_passed
    with pytest.raises(AlreadyPassed), begin(liga) as work:
        exams.grant_attempt(work, key, "Vēl")


@rule("11.5")
def test_staff_read_how_people_did_and_institutions_never(training: Training) -> None:
    take(training, right=4)
    with begin(STAFF) as work:
        rows = exams.results(work, training.group.key)
    assert [(row.is_passed, row.score_text, row.tries, row.tries_left) for row in rows] == [
        (True, "5 no 5 punktiem", 1, 0), (False, "", 0, 2),
    ]  # fmt: skip
    with begin(SYSTEM) as work:
        institution = make_institution(work)
        make_employment(work, training.people[0], institution)
        speaker = make_person(work, name="Ilze Demoņa")
        make_coordinator(work, speaker, institution)
        speaks = actor(speaker, institutions=frozenset({institution.key}))
    for stranger in (speaks, training.actor(0), actor(training.people[1], Role.LECTURER)):
        with pytest.raises(NotAllowed), begin(stranger) as work:
            exams.results(work, training.group.key)
    with pytest.raises(SignInNeeded), begin(NOBODY) as work:
        exams.results(work, training.group.key)


MATRIX = {
    Action.EXAM_TAKE: {"own"},
    Action.EXAM_MANAGE: {Role.TRAINING},
    Action.EXAM_READ: {Role.TRAINING, Role.ADMIN},
}


@rule("8.1")
@pytest.mark.parametrize("action", MATRIX)
def test_the_policy_of_tests(action: Action) -> None:
    about = Subject(person_id=1, institution_ids=frozenset({7}), lecturer_person_ids=frozenset({2}))
    may_do: set[object] = {
        role
        for role in Role
        if may(Actor(person_id=2, roles=frozenset({role}), institution_ids=frozenset({7})), action, about)
    }
    may_do |= {"own"} if may(Actor(person_id=1), action, about) else set()
    assert may_do - ({"own"} if action is not Action.EXAM_TAKE else set()) == MATRIX[action]
    assert not may(NOBODY, action, about)


@rule("8.1")
def test_a_test_that_was_used_stays_as_it_was_and_a_new_version_is_for_those_who_come(house: House) -> None:
    training = prepared()
    start(training)
    define(training, title="Otrais tests", questions=PLAN["questions"][:1])
    assert invite() == 0
    page = page_of(training)
    assert (page.title, page.total) == ("Noslēguma tests", 4)


@rule("8.1")
@pytest.mark.parametrize(
    "question",
    [
        {
            "kind": "single",
            "wording": "?",
            "options": [{"text": "a", "is_right": True}, {"text": "b", "is_right": True}],
        },
        {"kind": "single", "wording": "?", "options": [{"text": "a", "is_right": True}]},
        {"kind": "multiple", "wording": "?", "options": [{"text": "a"}, {"text": "b"}]},
        {"kind": "number", "wording": "?", "accepted": ["četri"]},
        {"kind": "number", "wording": "?", "accepted": ["NaN"]},
        {"kind": "words", "wording": "?", "accepted": [" "]},
        {"kind": "words", "wording": "?", "accepted": []},
    ],
)
def test_a_question_that_can_not_be_marked_is_refused(question: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        ExamPlan.read({**PLAN, "questions": [question]})


@rule("17.2")
def test_a_test_speaks_the_readers_language(training: Training) -> None:
    with begin(Actor(person_id=training.people[0].key, language=Language.EN)) as work:
        page = exams.exam_page(work, invitation_of(training))
    assert page.title == "Final test"
    assert page.rules[0].text == "4 questions"
