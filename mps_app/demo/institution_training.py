"""The large institution approves first, has mandatory training and a plan for the year (4.8, 11.5)."""

from datetime import datetime, timedelta

from sqlmodel import col, select

from mps_app.core import riga
from mps_app.core.actor import SYSTEM, Actor, Role
from mps_app.core.work import Work, begin
from mps_app.demo.inhabitants import Inhabitants
from mps_app.demo.running import Life, Run
from mps_app.models import Application, Coordinator, Course, CourseGroup, Institution
from mps_app.services import applications, training_records
from mps_app.views.applications import ApplyForm
from mps_app.views.training_records import PlanForm, RequirementForm

_LARGE = "INST-04"
_COORDINATOR = "Ilze Demoņa"
_WAIT = (("FIN-02", 5), ("TIES-05", 26), ("FIN-01", 30))  # the course, how many hours ago somebody applied
_LEARNT = ((170, slice(30, 36)), (152, slice(36, 42)), (20, slice(42, 54)))  # how many weeks ago, who
_PLANNED = (("ETIKA-02", 60), ("DATI-03", 20), ("DIG-04", 40))
_TAUGHT = "ETIKA-02"  # without a test: its certificates need no more than the questionnaire
_ROOM, _LECTURER = "R-305", "L-01"
_HOURS, _BUDGET = 8, "24 000"


def train(people: Inhabitants, now: datetime) -> None:
    """Let three employees wait for approval; say what is mandatory and what is planned."""
    with begin(SYSTEM, now=now) as work:
        spoken_for = select(Coordinator.institution_id).where(
            col(Coordinator.person_id) == people.by_name[_COORDINATOR]
        )
        institution_id = work.db.exec(spoken_for).one() or 0
        work.db.get_one(Institution, institution_id).needs_approval = True
    _bind(people, institution_id, now)
    newcomers = people.employees[_LARGE][-3:]
    for person_id, (course, hours) in zip(newcomers, _WAIT, strict=True):
        with begin(Actor(person_id=person_id), now=now - timedelta(hours=hours)) as work:
            _apply(work, course, institution_id)


def learn(life: Life) -> None:
    """Train some of the institution against corruption: of long ago, nearly three years ago, and this year."""
    for weeks, who in _LEARNT:
        day = life.calendar.free_day(life.calendar.today - timedelta(weeks=weeks), _ROOM, _LECTURER)
        run = Run(f"{_TAUGHT}/{day.year}-7{weeks}", [day], "puse_diena_rits", _ROOM, [_LECTURER], minimum=3)
        people = life.people.employees[_LARGE][who]
        life.open(run).apply(run, people)
        life.finish(run, answering=people[:-1])


def _bind(people: Inhabitants, institution_id: int, now: datetime) -> None:
    """Bind everybody to training against corruption, as the law does; the institution means to train more."""
    with begin(people.staff, now=now) as work:
        against_corruption = RequirementForm(
            title="Korupcijas un interešu konflikta novēršana",
            months=36,
            course_ids=[_course(work, code) for code in ("ETIKA-01", _TAUGHT)],
        )
        training_records.keep_requirement(work, None, against_corruption, "MK noteikumu Nr. 630 11. punkts")
    speaks = Actor(
        person_id=people.by_name[_COORDINATOR],
        roles=frozenset({Role.COORDINATOR}),
        institution_ids=frozenset({institution_id}),
    )
    with begin(speaks, now=now) as work:
        own = RequirementForm(
            title="Personas datu aizsardzība", months=24, units=["IT nodaļa", "Personāla nodaļa"],
            course_ids=[_course(work, "DATI-01"), _course(work, "DATI-03")],
        )  # fmt: skip
        training_records.keep_requirement(work, institution_id, own)
        year = riga.today(now).year
        plan = PlanForm.read({"year": year, "hours_per_employee": _HOURS, "budget_cents": _BUDGET})
        training_records.keep_plan(work, institution_id, plan)
        for code, count in _PLANNED:
            training_records.plan_course(work, institution_id, year, _course(work, code), count)


def _course(work: Work, code: str) -> int:
    return work.db.exec(select(Course).where(col(Course.code) == code)).one().key


def _apply(work: Work, code: str, institution_id: int) -> None:
    """Apply for the course's coming group, where nobody of the line is in the way."""
    course_id = _course(work, code)
    person_id = work.actor.person_id or 0
    taken = select(Application.group_id).where(col(Application.person_id) == person_id)
    coming = select(CourseGroup).where(
        col(CourseGroup.course_id) == course_id,
        col(CourseGroup.status).in_(["open", "confirmed"]),
        col(CourseGroup.registration_closes_at) > work.now,
        col(CourseGroup.id).not_in(taken.where(col(Application.group_id).is_not(None))),
    )
    group = work.db.exec(coming.order_by(col(CourseGroup.registration_closes_at))).first()
    if group is not None:
        form = ApplyForm(
            agreed=True, course_id=course_id, group_id=group.key, payer="institution", institution_id=institution_id
        )  # fmt: skip
        applications.apply(work, form)
