"""Choosing courses for the plan and for a requirement loses nothing that was chosen before (11.5)."""

import reflex as rx
from sqlalchemy import event

from mps_app.adapters.connection import resolved
from mps_app.core.work import begin
from mps_app.models import Course
from mps_app.services import training_records
from mps_app.state.training_plan import TrainingPlanState
from mps_app.state.training_record import TrainingRecordState
from mps_app.views.institutions import InstitutionDesk
from mps_app.views.training_records import PlanCourseRow
from tests.marks import rule
from tests.services.training_records.conftest import Records


async def screen(records: Records) -> TrainingPlanState:
    root = rx.State(_reflex_internal_init=True)
    resolved.set(records.coordinator)
    state: TrainingPlanState = await root.get_state(TrainingPlanState)
    state.desk = InstitutionDesk(id=records.institution.key)
    return state


@rule("11.5")
async def test_a_course_that_is_planned_is_not_offered_again_to_be_planned_for_one(records: Records) -> None:
    ethics, more = records.course("Ētikas pamati"), records.course("Ētika vadītājiem")
    state = await screen(records)
    record = await state.get_state(TrainingRecordState)
    row = PlanCourseRow(course_id=ethics.key, title="Ētikas pamati", people=60, done_text="", is_done=False)
    record.plan = record.plan.model_copy(update={"courses": [row]})
    TrainingPlanState.begin_plan.fn(state)
    await TrainingPlanState.search_course.fn(state, "ētik")
    assert ([one.id for one in state.found], state.found_nothing) == ([more.key], False)


@rule("11.5", "17.4")
async def test_a_search_that_finds_nothing_says_so_until_it_is_begun_anew(records: Records) -> None:
    ethics = records.course("Ētikas pamati")
    state = await screen(records)
    await TrainingPlanState.begin_requirement.fn(state, 0)
    await TrainingPlanState.search_course.fn(state, "drošība")
    assert (state.found, state.found_nothing) == ([], True)
    await TrainingPlanState.search_course.fn(state, "ētik")
    TrainingPlanState.add_course.fn(state, ethics.key)
    await TrainingPlanState.search_course.fn(state, "ētik")
    assert ([one.id for one in state.courses], state.found, state.found_nothing) == ([ethics.key], [], True)
    await TrainingPlanState.search_course.fn(state, "")
    assert not state.found_nothing


@rule("11.5")
def test_courses_are_looked_through_by_their_names_alone(records: Records) -> None:
    """Tens of thousands of them at every letter: whole courses would take seconds."""
    wanted, _ = records.course("Ētikas pamati"), records.course("Iepirkumi")
    whole: list[Course] = []

    def note(course: Course, _context: object) -> None:
        whole.append(course)

    event.listen(Course, "load", note)
    with begin(records.coordinator) as work:
        found = training_records.courses_for(work, records.institution.key, f"PAMATI {wanted.code}")
    event.remove(Course, "load", note)
    assert ([one.id for one in found], whole) == ([wanted.key], [])
