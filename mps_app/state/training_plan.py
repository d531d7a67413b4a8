"""Editing what binds an institution's people, and what is planned for the year (11.5)."""

from typing import Any

import reflex as rx

from mps_app.core.actor import Role
from mps_app.core.callers import allow
from mps_app.core.errors import Invalid
from mps_app.core.ids import id_of
from mps_app.services import training_records
from mps_app.state.forms import Form, fields_of, said, tell
from mps_app.state.institution import InstitutionState
from mps_app.state.training_record import TrainingRecordState
from mps_app.text import N_
from mps_app.views.employees import LONGEST_UNIT
from mps_app.views.training_records import CourseChoice, PlanForm, RequirementForm

_LONGEST = 80
_MOST_COURSES = 30


class TrainingPlanState(InstitutionState):
    """The requirement that is written, the plan that is changed, and the courses found for either."""

    is_editing: bool = False
    requirement_id: int = 0
    title: str = ""
    months: str = "36"
    units: list[str] = []
    courses: list[CourseChoice] = []
    found: list[CourseChoice] = []
    found_nothing: bool = False
    problems: dict[str, str] = {}
    is_planning: bool = False
    drawn: int = 0

    @rx.event
    @allow(Role.COORDINATOR)
    async def begin_requirement(self, requirement_id: int) -> None:
        """Write a new requirement, or change one of the institution's own."""
        record = await self.get_state(TrainingRecordState)
        key = id_of(requirement_id)
        own = next((row for row in record.requirements if row.id == key and row.is_own), None)
        self.requirement_id = own.id if own else 0
        self.title, self.months = (own.title, str(own.months)) if own else ("", "36")
        self.units, self.courses = (list(own.units), list(own.courses)) if own else ([], [])
        self.found, self.found_nothing, self.problems, self.is_editing = [], False, {}, True
        self.drawn += 1

    @rx.event(supersedes=True)
    @allow(Role.COORDINATOR)
    async def search_course(self, text: str) -> None:
        """Find courses as one types."""
        asked = " ".join(str(text).split())[:_LONGEST]
        record = await self.get_state(TrainingRecordState)
        named = {row.course_id for row in record.plan.courses} if self.is_planning else {one.id for one in self.courses}
        found = await self._ask(training_records.courses_for, self.desk.id, asked)
        self.found = [one for one in found if one.id not in named]
        self.found_nothing = not self.found and len(asked) > 1

    @rx.event
    @allow(Role.COORDINATOR)
    def add_course(self, course_id: int) -> rx.event.EventSpec:
        """Take one of the found courses into the requirement."""
        key = id_of(course_id)
        named = {one.id for one in self.courses}
        self.courses = [*self.courses, *(one for one in self.found if one.id == key and key not in named)][
            :_MOST_COURSES
        ]
        return self._search_anew()

    def _search_anew(self) -> rx.event.EventSpec:
        """Empty the search, and let its reader go on in it."""
        self.found, self.found_nothing = [], False
        self.drawn += 1
        return rx.set_focus("plan-course" if self.is_planning else "requirement-course")

    @rx.event
    @allow(Role.COORDINATOR)
    def drop_course(self, course_id: int) -> None:
        """Take a course out of the requirement."""
        key = id_of(course_id)
        self.courses = [one for one in self.courses if one.id != key]

    @rx.event
    @allow(Role.COORDINATOR)
    def toggle_unit(self, unit: str) -> None:
        """Bind a unit, or no longer; none at all binds everybody."""
        name = str(unit)[:LONGEST_UNIT]
        self.units = [one for one in self.units if one != name] if name in self.units else [*self.units, name]

    @rx.event
    @allow(Role.COORDINATOR)
    async def keep_requirement(self, form: Form) -> Any:  # Any: Reflex's event types
        """Keep what is written."""
        fields = fields_of(form)
        self.title, self.months = str(fields.get("title") or "")[:200], str(fields.get("months") or "")[:10]
        raw = {
            "id": self.requirement_id, "title": self.title, "months": self.months, "units": list(self.units),
            "course_ids": [one.id for one in self.courses],
        }  # fmt: skip
        try:
            await self._ask(training_records.keep_requirement, self.desk.id, RequirementForm.read(raw))
        except Invalid as refusal:
            self.problems = said(refusal)
            return None
        self.is_editing = False
        return [TrainingRecordState.refresh, tell(N_("Kept."))]

    @rx.event
    @allow(Role.COORDINATOR)
    async def remove_requirement(self) -> Any:  # Any: Reflex's event types
        """Bind nobody to it any more."""
        await self._ask(training_records.remove_requirement, self.desk.id, self.requirement_id)
        self.is_editing = False
        return [TrainingRecordState.refresh, tell(N_("Removed."))]

    @rx.event
    @allow(Role.COORDINATOR)
    def close(self, is_open: bool) -> None:  # noqa: FBT001  # an event's argument
        """Write nothing any more."""
        if not is_open:
            self.is_editing, self.is_planning, self.found, self.problems = False, False, [], {}

    @rx.event
    @allow(Role.COORDINATOR)
    def begin_plan(self) -> None:
        """Change the plan of the year that is shown."""
        self.is_planning, self.found, self.found_nothing, self.problems = True, [], False, {}
        self.drawn += 1

    @rx.event
    @allow(Role.COORDINATOR)
    async def keep_plan(self, form: Form) -> Any:  # Any: Reflex's event types
        """Keep hours and budget of the year."""
        fields, record = fields_of(form), await self.get_state(TrainingRecordState)
        raw = {
            "year": record.page.year,
            "hours_per_employee": str(fields.get("hours") or "0")[:10],
            "budget_cents": str(fields.get("budget") or "0")[:20],
        }
        try:
            await self._ask(training_records.keep_plan, self.desk.id, PlanForm.read(raw))
        except Invalid as refusal:
            self.problems = said(refusal)
            return None
        self.is_planning, self.problems = False, {}
        return [TrainingRecordState.refresh, tell(N_("Kept."))]

    @rx.event
    @allow(Role.COORDINATOR)
    async def plan_course(self, course_id: int, people: str) -> Any:  # Any: Reflex's event types
        """Say how many are to be trained in a course; none takes it out."""
        record = await self.get_state(TrainingRecordState)
        asked = record.page.year, id_of(course_id), id_of(people)
        await self._ask(training_records.plan_course, self.desk.id, *asked)
        is_new = asked[1] in {one.id for one in self.found}
        anew = self._search_anew()
        return [TrainingRecordState.refresh, anew] if is_new else TrainingRecordState.refresh
