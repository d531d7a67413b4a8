"""A training that is over, with people who were there, as certificates and questionnaires need it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from mps_app.adapters.file_store import FileStore
from mps_app.adapters.pdf_seal import PdfSeal
from mps_app.core.actor import SYSTEM, Actor, Role
from mps_app.core.work import House, Work, begin, plug
from mps_app.demo import seal as demo_seal
from mps_app.models import Application, Course, CourseGroup, Lecturer, Person, TrainingSession
from mps_app.services import administration, attendance, certificates, evaluations
from tests.factories import (
    actor,
    make_application,
    make_course,
    make_group,
    make_lecturer,
    make_person,
    make_room,
    make_session,
)

STAFF = Actor(roles=frozenset({Role.TRAINING}))
HOURS = 4


def with_paper(house: House, folder: Path, *, sealed: bool = True) -> House:
    """Give a house a file store and a seal of the test's own."""
    made = folder.parent / "seal.p12"
    made.parent.mkdir(parents=True, exist_ok=True)
    if not made.exists():
        made.write_bytes(demo_seal.made_seal())
    seal = PdfSeal(lambda: made, "", "Skola", is_demo=True) if sealed else None
    dressed = replace(house, tools=replace(house.tools, files=FileStore(str(folder)), seal=seal))
    plug(dressed)
    return dressed


@dataclass
class Training:
    """A completed group of two sessions, and its people by number."""

    course: Course
    group: CourseGroup
    sessions: list[TrainingSession]
    people: list[Person]
    applications: list[Application]
    lecturers: list[Lecturer]

    def actor(self, number: int) -> Actor:
        """One of the people as the one who acts."""
        return actor(self.people[number])


def hold_training(
    people: int = 1, *, names: Sequence[str] = (), lecturers: int = 1, **course_sides: object
) -> Training:
    """Hold a training that ended yesterday; nobody's attendance is known yet."""
    with begin(SYSTEM) as work:
        course = make_course(work, **{"academic_hours": 8, **course_sides})
        group = make_group(work, course, status="completed", maximum=max(people, 1))
        teachers = [make_lecturer(work, name=f"Pasniedzējs {number}") for number in range(lecturers)]
        starts = [work.now - timedelta(days=days) for days in (8, 1)]
        room = make_room(work)
        sessions = [
            make_session(
                work, group, starts_at=start, hours=HOURS, room=room, lecturer=teachers[0] if teachers else None
            )
            for start in starts
        ]
        for teacher in teachers[1:]:
            also_teaches(work, sessions[0], teacher)
        called = [*names, *(f"Dalībniece {number:03}" for number in range(len(names), people))]
        persons = [
            make_person(work, name=name, email=f"d{number}@iestade.example") for number, name in enumerate(called)
        ]
        applications = [make_application(work, person, course, group=group) for person in persons]
    return Training(course, group, sessions, persons, applications, teachers)


def also_teaches(work: Work, session: TrainingSession, teacher: Lecturer) -> None:
    """Have somebody more teach in a session."""
    from mps_app.models import SessionLecturer

    work.db.add(SessionLecturer(session_id=session.key, lecturer_id=teacher.key, during=session.during))
    work.db.flush()


def mark(training: Training, *, minutes: int = HOURS * 60, who: Sequence[int] | None = None) -> None:
    """Record that people were there in both sessions."""
    keys = [training.applications[number].key for number in (range(len(training.people)) if who is None else who)]
    for session in training.sessions:
        with begin(STAFF) as work:
            attendance.record(work, session.key, dict.fromkeys(keys, minutes))


def invite() -> int:
    """Ask whoever attended."""
    with begin(SYSTEM) as work:
        return evaluations.invite_due(work)


def answers_for(training: Training, number: int, words: str = "") -> tuple[int, dict[str, str]]:
    """Return somebody's invitation and an answer to each of its questions."""
    with begin(training.actor(number)) as work:
        invitation, _ = evaluations.state_of(work, training.applications[number].key)
        assert invitation is not None
        found = evaluations.filling(work, invitation.key)
        given = {key: _answer(one.question.kind, number, words) for key, one in found.questions.items()}
    return invitation.key, given


def _answer(kind: str, number: int, words: str) -> str:
    return {"scale": str(1 + number % 5), "recommend": str(number % 11), "choice": str(number % 3), "words": words}[
        kind
    ]


def answer(training: Training, number: int, words: str = "") -> None:
    """Send somebody's questionnaire."""
    invitation_id, given = answers_for(training, number, words)
    with begin(training.actor(number)) as work:
        evaluations.send(work, invitation_id, given)


def open_ballots() -> int:
    """Shuffle the box, open what is ripe."""
    with begin(SYSTEM) as work:
        return evaluations.open_ballots(work)


def issue() -> None:
    """Issue what is earned."""
    after: int | None = 0
    while after is not None:
        with begin(SYSTEM) as work:
            after = certificates.issue_due(work, after)


def print_all() -> int:
    """Print what was issued."""
    with begin(SYSTEM) as work:
        pile = certificates.unprinted(work)
    for key in pile:
        with begin(SYSTEM) as work:
            certificates.print_one(work, key)
    return len(pile)


def certify(people: int = 1, **sides: object) -> Training:
    """Hold a training, and go with everybody to the printed certificate."""
    training = hold_training(people, **sides)
    mark(training)
    invite()
    for number in range(people):
        answer(training, number)
    issue()
    print_all()
    return training


def findings(of: Collection[str]) -> set[str]:
    """Which of these checks of the self-audit find something."""
    with begin(SYSTEM) as work:
        return {finding.check for finding in administration.examine(work)} & set(of)


def break_by(statement: str) -> None:
    """Change rows past every guard of the database."""
    with begin(SYSTEM) as work:
        work.db.execute(text("SET LOCAL session_replication_role = replica"))
        work.db.execute(text(statement))
