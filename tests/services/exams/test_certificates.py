"""The certificate of a course with a test comes after the test is passed, and not before (7.2, 8.1)."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from sqlmodel import select

from mps_app.core.actor import SYSTEM
from mps_app.core.work import House, begin
from mps_app.models import Application, Certificate
from mps_app.services import administration, certificates, my_data
from tests.conftest import Clock, Woken
from tests.factories import make_application, make_course, make_group, make_person
from tests.marks import rule
from tests.services.certificates.course import Training, answer, break_by, findings, invite, issue, with_paper
from tests.services.exams.course import PLAN, SECRET, define, invitation_of, prepared, start, take
from tests.services.exams.course import invite as invite_to_exam

OURS = {"certificate_without_test", "test_overdue"}


@pytest.fixture(autouse=True)
def paper(house: House, tmp_path: Path) -> House:
    return with_paper(house, tmp_path / "files")


@pytest.fixture
def training(paper: House) -> Training:
    held = prepared(exam={"is_shuffled": False})
    invite()
    return held


def issued() -> int:
    issue()
    with begin(SYSTEM) as work:
        return len(work.db.exec(select(Certificate)).all())


def steps_of(training: Training) -> dict[str, tuple[str, str]]:
    with begin(training.actor(0)) as work:
        return {
            step.title: (step.text, step.state) for step in certificates.checklist(work, training.applications[0].key)
        }


@rule("7.2")
@rule("8.1")
@pytest.mark.parametrize("order", ["test first", "questionnaire first"])
def test_it_comes_once_both_are_done_in_whichever_order(training: Training, order: str) -> None:
    first, second = (take, answer) if order == "test first" else (answer, take)
    first(training, 0)
    assert issued() == 0
    second(training, 0)
    assert issued() == 1


@rule("7.2")
def test_a_test_that_is_not_passed_gives_none(training: Training) -> None:
    answer(training, 0)
    take(training, right=1)
    assert issued() == 0
    take(training, right=4)
    assert issued() == 1


@rule("7.2")
def test_passing_the_test_has_the_certificate_issued_at_once(training: Training, woken: Woken) -> None:
    answer(training, 0)
    woken.jobs.clear()
    take(training)
    assert certificates.ISSUE in woken.jobs


@rule("4.11")
def test_the_checklist_tells_how_the_test_stands(training: Training) -> None:
    assert steps_of(training)["Tests"] == (
        "Jānokārto: atlikuši 2 mēģinājumi. Nākamais atgādinājums 9.\u00a0septembrī.",
        "now",
    )
    start(training)
    assert steps_of(training)["Tests"][0].startswith("Jānokārto: iesākts un vēl nav iesniegts")
    take(training, right=1)
    assert steps_of(training)["Tests"][0].startswith("Jānokārto: atlicis 1 mēģinājums")
    take(training, right=0)
    assert steps_of(training)["Tests"] == ("Nav nokārtots, mēģinājumu vairs nav: jautājiet skolai", "missing")


@rule("4.11")
def test_the_checklist_tells_that_it_is_passed(training: Training) -> None:
    take(training)
    assert steps_of(training)["Tests"] == ("Nokārtots: 5 no 5 punktiem, nepieciešami 60 %", "done")


@rule("16.4")
def test_a_certificate_without_the_test_is_found(training: Training) -> None:
    take(training)
    answer(training, 0)
    assert issued() == 1
    assert findings(OURS) == set()
    break_by("UPDATE exam_attempt SET is_passed = false")
    assert findings(OURS) == {"certificate_without_test"}


@rule("16.4")
def test_a_test_that_the_clock_has_forgotten_is_found(training: Training, clock: Clock) -> None:
    start(training)
    assert findings(OURS) == set()
    clock.advance(hours=2)
    assert findings(OURS) == {"test_overdue"}


@rule("2.6")
def test_the_download_tells_tries_and_answers_in_words_and_no_key(training: Training) -> None:
    take(training, right=2)
    into = io.BytesIO()
    with begin(training.actor(0)) as work:
        my_data.export(work, into)
    told = json.loads(zipfile.ZipFile(into).read("mani-dati.json"))["records"]
    [attempt], [invitation] = told["exam_attempt"], told["exam_invitation"]
    assert (attempt["score"], attempt["points"], "drawn" in attempt) == (3, 5, False)
    assert invitation["exam"] == {"title": PLAN["title"], "version": 1}
    assert {row["question"]: row["value"] for row in told["exam_answer"]} == {
        "Kas ir zaļš?": "Zāle", "Kas peld?": "Pīle; Krupis",
    }  # fmt: skip
    assert SECRET not in json.dumps(told, ensure_ascii=False)
    assert invitation["id"] == invitation_of(training)


@rule("7.1")
@rule("7.2")
def test_learning_at_ones_own_pace_ends_with_the_test(paper: House, clock: Clock, woken: Woken) -> None:
    with begin(SYSTEM) as work:
        course = make_course(work, format="elearning", has_exam=True)
        group = make_group(work, course, status="confirmed")
        people = [make_person(work, name=name) for name in ("Anna Pirmā", "Berta Otrā")]
        applications = [make_application(work, person, course, group=group) for person in people]
    learning = Training(course, group, [], people, applications, [])
    define(learning)
    assert steps_of(learning)["Tests"][0] == "Uzaicinājums atnāks, kad grupa būs apstiprināta"
    invite_to_exam()
    assert (invite(), steps_of(learning)["Novērtējuma anketa"]) == (0, ("Būs pieejama pēc nokārtota testa", "later"))
    take(learning, 0)
    assert "evaluations.invite_due" in woken.jobs
    assert invite() == 1  # who has passed alone
    answer(learning, 0)
    assert issued() == 1
    with begin(SYSTEM) as work:
        assert [work.db.get_one(Application, one.key).status for one in applications] == ["completed", "registered"]
        assert OURS.isdisjoint(finding.check for finding in administration.examine(work))
