"""Who missed all of a training is noted as absent, and is back when attendance is corrected (7.1, 9.1)."""

from mps_app.core.actor import SYSTEM
from mps_app.core.work import House, begin
from mps_app.models import Application, CourseGroup, Material, MaterialVisibility
from mps_app.services import administration, applications, attendance, materials
from tests.conftest import Clock
from tests.marks import rule
from tests.services.certificates.course import STAFF, Training, answer, hold_training, invite, issue, mark


def status(training: Training, number: int = 0) -> str:
    with begin(SYSTEM) as work:
        return work.db.get_one(Application, training.applications[number].key).status


def places_taken(training: Training) -> int:
    with begin(SYSTEM) as work:
        return work.db.get_one(CourseGroup, training.group.key).places_taken


def found() -> set[str]:
    with begin(SYSTEM) as work:
        return {finding.check for finding in administration.examine(work)} & {"absent_not_noted", "places_counted"}


def shown(training: Training) -> tuple[str, int]:
    """Return what My applications says, and how many materials are open."""
    with begin(training.actor(0)) as work:
        card = applications.my_applications(work).past[0]
        return card.status_text, len(materials.of_groups(work, {training.group.key})[training.group.key])


@rule("9.1", "7.1")
def test_who_missed_every_session_is_absent_and_materials_are_closed(house: House) -> None:
    training = hold_training(2)
    with begin(SYSTEM) as work:
        sides = {"visibility": MaterialVisibility.PARTICIPANTS, "title": "Konspekts", "url": "https://skola.example/k"}
        work.db.add(Material(course_id=training.course.key, group_id=training.group.key, **sides))
    assert shown(training)[1] == 1
    mark(training, minutes=0, who=[0])
    mark(training, who=[1])
    assert (status(training), status(training, 1)) == ("no_show", "registered")
    assert shown(training) == ("Jūs nepiedalījāties", 0)
    assert invite() == 1
    assert places_taken(training) == 1
    assert found() == set()


@rule("9.1")
def test_nobody_is_absent_while_a_session_is_not_told_of(house: House) -> None:
    training = hold_training()
    with begin(STAFF) as work:
        attendance.record(work, training.sessions[0].key, {training.applications[0].key: 0})
    assert status(training) == "registered"


@rule("9.1", "5.1")
def test_the_clock_notes_who_was_known_to_be_absent_before_the_end(house: House, clock: Clock) -> None:
    training = hold_training()
    with begin(SYSTEM) as work:
        work.db.get_one(CourseGroup, training.group.key).status = "running"
    mark(training, minutes=0)
    assert status(training) == "registered"
    with begin(SYSTEM) as work:
        work.db.get_one(CourseGroup, training.group.key).status = "completed"
    assert found() == {"absent_not_noted"}
    for noted in (1, 0):  # twice, with the same result
        with begin(SYSTEM) as work:
            assert applications.note_absent(work) == noted
    assert (status(training), found()) == ("no_show", set())


@rule("9.1", "7.2")
def test_corrected_attendance_brings_back_and_leads_to_the_certificate(house: House) -> None:
    training = hold_training()
    mark(training, minutes=0)
    assert status(training) == "no_show"
    mark(training)
    assert (status(training), places_taken(training)) == ("attended", 1)
    assert invite() == 1
    answer(training, 0)
    issue()
    assert (status(training), found()) == ("completed", set())
