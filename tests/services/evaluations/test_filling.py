"""The questionnaire is filled answer by answer and sent once; whoever attended is asked (7.1)."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from mps_app.core.actor import NOBODY, SYSTEM
from mps_app.core.errors import Invalid, NotAllowed, NotFound
from mps_app.core.work import House, begin
from mps_app.models import Application, BallotBox, EvaluationInvitation, OutboxMessage
from mps_app.services import evaluations
from mps_app.services.evaluations.answering import AlreadySent
from mps_app.views.evaluations import QuestionnairePlan
from tests.factories import actor, make_person
from tests.marks import rule
from tests.services.certificates.course import (
    STAFF,
    answer,
    answers_for,
    hold_training,
    invite,
    mark,
    open_ballots,
)


def invitations() -> list[EvaluationInvitation]:
    with begin(SYSTEM) as work:
        return list(work.db.exec(select(EvaluationInvitation).order_by(EvaluationInvitation.id)))


@rule("7.1")
def test_whoever_attended_is_asked_once_and_nobody_else(house: House) -> None:
    training = hold_training(3)
    mark(training, who=[0, 1])
    assert invite() == 2
    assert invite() == 0
    with begin(SYSTEM) as work:
        letters = work.db.exec(select(OutboxMessage).where(OutboxMessage.template == "evaluation_invite")).all()
        states = [work.db.get_one(Application, one.key).status for one in training.applications]
    assert {letter.recipient for letter in letters} == {"d0@iestade.example", "d1@iestade.example"}
    assert states == ["attended", "attended", "registered"]


@rule("7.1")
def test_answers_are_kept_as_they_are_given_and_come_back(house: House) -> None:
    training = hold_training()
    mark(training)
    invite()
    invitation_id, given = answers_for(training, 0, "Vairāk prakses")
    for key, value in given.items():
        with begin(training.actor(0)) as work:
            evaluations.keep_answers(work, invitation_id, {key: value})
    with begin(training.actor(0)) as work:
        assert evaluations.filling(work, invitation_id).given == given
        page = evaluations.evaluation_page(work, invitation_id)
    assert (page.percent, page.progress_text, page.part_text) == (100, "11 no 11", "1. daļa no 3")
    assert [choice.value for choice in page.questions[0].choices if choice.is_chosen] == ["1"]


@rule("7.1")
def test_required_questions_are_required_and_the_others_are_not(house: House) -> None:
    training = hold_training()
    mark(training)
    invite()
    invitation_id, given = answers_for(training, 0)
    required = {key: value for key, value in given.items() if value}
    assert len(required) == 8
    for left_out in required:
        with pytest.raises(Invalid) as refusal, begin(training.actor(0)) as work:
            evaluations.send(work, invitation_id, {key: value for key, value in required.items() if key != left_out})
        assert set(refusal.value.fields) == {left_out}
    with begin(training.actor(0)) as work:
        evaluations.send(work, invitation_id, required)
    assert invitations()[0].answered_on is not None


@rule("7.1")
def test_sent_twice_it_counts_once_and_can_not_be_changed(house: House) -> None:
    training = hold_training()
    mark(training)
    invite()
    invitation_id, given = answers_for(training, 0)
    for _ in range(2):
        with begin(training.actor(0)) as work:
            evaluations.send(work, invitation_id, given)
    with begin(SYSTEM) as work:
        assert len(work.db.exec(select(BallotBox)).all()) == 1
    with pytest.raises(AlreadySent), begin(training.actor(0)) as work:
        evaluations.save(work, invitation_id, given)


@rule("7.1")
def test_what_fits_no_question_is_left_out(house: House) -> None:
    training = hold_training(2)
    mark(training)
    invite()
    invitation_id, given = answers_for(training, 0)
    foreign_id, foreign = answers_for(training, 1)
    scale = next(key for key, value in given.items() if value)
    with begin(training.actor(0)) as work:
        kept = evaluations.save(work, invitation_id, {**foreign, scale: "6", "q0-0": "1", f"{scale}-9": "1"})
    assert kept == {}
    with begin(training.actor(1)) as work:
        assert evaluations.filling(work, foreign_id).given == {}


@rule("7.1")
def test_nobody_else_sees_or_fills_it(house: House) -> None:
    training = hold_training(2)
    mark(training)
    invite()
    invitation_id, given = answers_for(training, 0)
    for stranger in (training.actor(1), STAFF, NOBODY):
        for act in (
            lambda work: evaluations.evaluation_page(work, invitation_id),
            lambda work: evaluations.save(work, invitation_id, given),
            lambda work: evaluations.send(work, invitation_id, given),
        ):
            with pytest.raises(NotFound), begin(stranger) as work:
                act(work)


@rule("7.1")
def test_questions_about_lecturers_are_asked_about_each(house: House) -> None:
    training = hold_training(lecturers=2)
    mark(training)
    invite()
    invitation_id, _ = answers_for(training, 0)
    with begin(training.actor(0)) as work:
        page = evaluations.evaluation_page(work, invitation_id, 1)
    assert [(item.about, item.wording) for item in page.questions] == [
        ("Pasniedzējs 0", "Labi pārzina tēmu"),
        ("Pasniedzējs 1", "Labi pārzina tēmu"),
        ("Pasniedzējs 0", "Skaidro saprotami un iesaista dalībniekus"),
        ("Pasniedzējs 1", "Skaidro saprotami un iesaista dalībniekus"),
        ("", "Mācību materiāli bija kvalitatīvi un noderīgi"),
    ]


@rule("7.1")
def test_a_part_is_left_forward_only_once_it_is_answered(house: House) -> None:
    training = hold_training()
    mark(training)
    invite()
    invitation_id, given = answers_for(training, 0)
    with begin(training.actor(0)) as work:
        stayed = evaluations.turn_page(work, invitation_id, 0, {}, 1)
        moved = evaluations.turn_page(work, invitation_id, 0, given, 1)
        back = evaluations.turn_page(work, invitation_id, 1, {}, -1)
    assert (stayed.part, moved.part, back.part) == (0, 1, 0)
    assert [item.problem for item in stayed.questions] == ["Atbildiet uz šo jautājumu."] * 3


@rule("7.1")
def test_a_version_that_was_used_never_changes_and_keeps_its_askers(house: House) -> None:
    training, later = hold_training(), hold_training()
    mark(training)
    invite()
    for attempt in (
        "UPDATE question SET wording = 'cits'",
        "DELETE FROM question",
        "UPDATE questionnaire SET version = 9",
    ):
        with pytest.raises(DBAPIError), begin(SYSTEM) as work:
            work.db.execute(text(attempt))
    plan = {
        "parts": [{"title": "Viss"}],
        "questions": [{"part": 0, "code": "only", "kind": "scale", "wording": "Kā bija?"}],
    }
    with begin(SYSTEM) as work:
        staff = make_person(work, name="Līga Testiņa", email="liga@skola.example")
    with begin(actor(staff, *STAFF.roles)) as work:
        evaluations.publish(work, QuestionnairePlan.read(plan))
    mark(later)
    invite()
    assert len(answers_for(training, 0)[1]) == 11
    assert len(answers_for(later, 0)[1]) == 1


@rule("7.4")
def test_results_open_from_five_answers_on_for_lecturers_and_staff(house: House) -> None:
    training = hold_training(6, lecturers=2)
    mark(training)
    invite()
    with begin(SYSTEM) as work:
        from mps_app.core.actor import Role
        from mps_app.models import Person

        teachers = [
            actor(work.db.get_one(Person, lecturer.person_id), Role.LECTURER) for lecturer in training.lecturers
        ]
    for number in range(4):
        answer(training, number, f"vārdi {number}")
    open_ballots()
    with begin(teachers[0]) as work:
        early = evaluations.results(work, training.group.key)
    assert (early.is_open, early.answered, early.questions) == (False, 4, [])
    answer(training, 4, "vārdi 4")
    open_ballots()
    with begin(STAFF) as work:
        all_of_it = evaluations.results(work, training.group.key)
    assert all_of_it.is_open
    assert all_of_it.questions[0].average_text == "3,0"
    assert [count.count for count in all_of_it.questions[0].counts] == [1, 1, 1, 1, 1]
    with begin(teachers[0]) as work:
        own = evaluations.results(work, training.group.key)
    assert {one.about for one in own.questions} == {"", "Pasniedzējs 0"}
    for stranger in (training.actor(0), NOBODY):
        with pytest.raises(NotAllowed), begin(stranger) as work:
            evaluations.results(work, training.group.key)
