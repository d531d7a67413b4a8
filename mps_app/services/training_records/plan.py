"""What an institution means to do in a year, against what is done (11.5)."""

from sqlalchemy import bindparam, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from mps_app.core.errors import Invalid
from mps_app.core.money import price_text
from mps_app.core.work import Work, only_reads
from mps_app.models import TrainingPlan
from mps_app.policy import Action
from mps_app.services import audit, catalogue, institutions
from mps_app.services.training_records.reading import FACTS, year_of
from mps_app.services.training_records.requirements import known_courses
from mps_app.services.training_records.year import figures
from mps_app.text import N_, say
from mps_app.views.training_records import PlanCourseRow, PlanForm, PlanPage

_MOST_PEOPLE = 100_000
_PLAN = TrainingPlan.__table__  # type: ignore[attr-defined]

_COURSES = text(f"""{FACTS}
    SELECT c.id, c.title, c.title_en, p.people,
           (SELECT count(DISTINCT t.person_id) FROM training t WHERE t.course_id = c.id AND t.been)
    FROM training_plan_course p JOIN course c ON c.id = p.course_id
    WHERE p.plan_id = :plan_id ORDER BY c.title_sort
""")  # noqa: S608  # our own

_SET_COURSE = text("""
    INSERT INTO training_plan_course (plan_id, course_id, people) VALUES (:plan_id, :course_id, :people)
    ON CONFLICT (plan_id, course_id) DO UPDATE SET people = excluded.people
""").bindparams(bindparam("plan_id"), bindparam("course_id"), bindparam("people"))
_DROP_COURSE = text("DELETE FROM training_plan_course WHERE plan_id = :plan_id AND course_id = :course_id").bindparams(
    bindparam("plan_id"), bindparam("course_id")
)


@only_reads
def plan(work: Work, institution_id: int, wanted_year: int = 0) -> PlanPage:
    """Return the plan of a year with what is done of it; without a plan, only the year."""
    institutions.own(work, institution_id, Action.TRAINING_RECORD_READ)
    year = year_of(work, institution_id, wanted_year)
    found = _found(work, institution_id, year.first.year)
    if found is None:
        return PlanPage(year=year.first.year)
    known = figures(work, year)
    wanted_hours = found.hours_per_employee * known.employees
    rows = work.db.execute(_COURSES, year.asked(work) | {"plan_id": found.key})
    return PlanPage(
        year=year.first.year,
        is_made=True,
        hours_per_employee=found.hours_per_employee,
        budget_text=_typed(found.budget_cents),
        hours_text=say(work.language, N_("{n} of {of} ac. h"), n=known.hours, of=wanted_hours),
        hours_percent=_percent(known.hours, wanted_hours),
        money_text=say(
            work.language,
            N_("{done} of {planned}"),
            done=price_text(work.language, known.cents) if known.cents else "0\N{NO-BREAK SPACE}€",
            planned=price_text(work.language, found.budget_cents) if found.budget_cents else "0\N{NO-BREAK SPACE}€",
        ),
        money_percent=_percent(known.cents, found.budget_cents),
        is_over_budget=known.cents > found.budget_cents,
        courses=[
            PlanCourseRow(
                course_id=course_id,
                title=catalogue.title(work.language, title, title_en),
                people=people,
                done_text=say(work.language, N_("{done} of {planned}"), done=done, planned=people),
                is_done=done >= people,
            )
            for course_id, title, title_en, people, done in rows
        ],
    )


def _percent(done: int, planned: int) -> int:
    return min(round(100 * done / planned), 100) if planned else 0


def _typed(cents: int) -> str:
    euros, rest = divmod(cents, 100)
    return f"{euros},{rest:02}" if rest else str(euros)


def keep_plan(work: Work, institution_id: int, form: PlanForm) -> None:
    """Keep what is planned for a year."""
    institutions.own(work, institution_id, Action.INSTITUTION_UPDATE)
    sides = {"hours_per_employee": form.hours_per_employee, "budget_cents": form.budget_cents}
    row = insert(_PLAN).values(institution_id=institution_id, year=form.year, created_at=work.now, **sides)
    work.db.execute(row.on_conflict_do_update(index_elements=["institution_id", "year"], set_=sides))
    audit.record(work, "planned", "institution", institution_id, year=form.year, **sides)


def plan_course(work: Work, institution_id: int, year: int, course_id: int, people: int) -> None:
    """Say how many are to be trained in a course; 0 takes it out of the plan."""
    institutions.own(work, institution_id, Action.INSTITUTION_UPDATE)
    if not 0 <= people <= _MOST_PEOPLE:
        raise Invalid({"people": N_("This number is too large.") if people > 0 else N_("This number is too small.")})
    found = _found(work, institution_id, year)
    if found is None:
        keep_plan(work, institution_id, PlanForm.read({"year": year}))
        found = _found(work, institution_id, year)
    asked = {"plan_id": found.key if found else 0, "course_id": course_id}
    if not people:
        work.db.execute(_DROP_COURSE, asked)
    elif known_courses(work, institution_id, [course_id]):
        work.db.execute(_SET_COURSE, asked | {"people": people})
    else:
        raise Invalid({"course": N_("Choose at least one course.")})
    audit.record(work, "planned_course", "institution", institution_id, year=year, course_id=course_id, people=people)


def _found(work: Work, institution_id: int, year: int) -> TrainingPlan | None:
    found: TrainingPlan | None = work.db.execute(
        select(TrainingPlan).where(col(TrainingPlan.institution_id) == institution_id, col(TrainingPlan.year) == year)
    ).scalar_one_or_none()
    return found
