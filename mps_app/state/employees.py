"""The dialogs of a single employee: added, changed, ended; they open on any page of the institution (11.2)."""

from typing import Any

import reflex as rx

from mps_app.adapters.connection import current_connection
from mps_app.core.actor import Role
from mps_app.core.callers import allow
from mps_app.core.errors import DomainError, Invalid, SignInNeeded
from mps_app.core.ids import id_of
from mps_app.services import employees
from mps_app.state.forms import Form, said, tell, typed
from mps_app.state.institution import InstitutionState
from mps_app.text import N_, say
from mps_app.views.employees import EmployeeCard, EmployeeForm, EmployeeProblems, EmploymentEnding, NewEmployee

_DRAFT = "employee"  # under which input waits for its person to sign in again


class EmployeesState(InstitutionState):
    """Which dialog is open, what stands in its fields, and what of it can't be used."""

    new: NewEmployee = NewEmployee()
    card: EmployeeCard = EmployeeCard()
    ending: EmploymentEnding = EmploymentEnding()
    problems: EmployeeProblems = EmployeeProblems()
    problem: str = ""
    is_adding: bool = False
    drawn: int = 0

    @rx.event
    @allow(Role.COORDINATOR)
    async def resume(self) -> None:
        """Take up what was typed of a new employee before a session ended."""
        if draft := await self._draft(_DRAFT):
            self._open()
            self.new, self.is_adding = typed(NewEmployee(), draft), True

    @rx.event
    @allow(Role.COORDINATOR)
    def open_add(self) -> None:
        """Ask who the new employee is."""
        self._open()
        self.new, self.is_adding = NewEmployee(), True

    @rx.event
    @allow(Role.COORDINATOR)
    async def open_change(self, employment_id: int) -> None:
        """Show what is kept of an employee, to be changed."""
        self._open()
        self.card = await self._ask(employees.card, self.desk.id, id_of(employment_id))

    @rx.event
    @allow(Role.COORDINATOR)
    async def open_end(self, employment_id: int) -> None:
        """Show what ending an employment today would bring."""
        self._open()
        self.ending = await self._ask(employees.ending, self.desk.id, id_of(employment_id))

    @rx.event
    @allow(Role.COORDINATOR)
    def close(self, is_open: bool) -> None:  # noqa: FBT001  # a dialog tells what it became
        """Leave everything as it is."""
        if is_open is not True:
            self._open()

    @rx.event
    @allow(Role.COORDINATOR, keeps=_DRAFT)
    async def add(self, form: Form) -> Any:  # Any: Reflex's event types
        """List a person as an employee."""
        try:
            added = await self._ask(employees.add, self.desk.id, EmployeeForm.read(form))
        except DomainError as refusal:
            return self._refuse(refusal)
        self._open()
        return tell(N_("{name} is in the list of employees."), name=added.name)

    @rx.event
    @allow(Role.COORDINATOR)
    async def change(self, form: Form) -> Any:  # Any: Reflex's event types
        """Keep what was changed of an employee."""
        try:
            await self._ask(employees.change, self.desk.id, self.card.employment_id, EmployeeForm.read(form))
        except DomainError as refusal:
            return self._refuse(refusal)
        self._open()
        return tell(N_("Saved."))

    @rx.event
    @allow(Role.COORDINATOR)
    async def choose_day(self, day: str) -> None:
        """Show what ending on another day would bring."""
        self.problems, self.problem = EmployeeProblems(), ""
        self.ending = await self._ask(employees.ending, self.desk.id, self.ending.employment_id, str(day)[:20])

    @rx.event
    @allow(Role.COORDINATOR)
    async def end(self) -> Any:  # Any: Reflex's event types
        """End the employment on the day that is shown."""
        shown = self.ending
        try:
            await self._ask(employees.end, self.desk.id, shown.employment_id, shown.until_on)
        except DomainError as refusal:
            return self._refuse(refusal)
        self._open()
        return tell(N_("The employment of {name} is ended."), name=shown.name)

    def _open(self) -> None:
        """Begin with every dialog closed and no problem said."""
        self.card, self.ending, self.is_adding = EmployeeCard(), EmploymentEnding(), False
        self.problems, self.problem = EmployeeProblems(), ""
        self.drawn += 1

    def _refuse(self, refusal: DomainError) -> None:
        """Say what is in the way inside the dialog, which stays open with everything typed."""
        if isinstance(refusal, SignInNeeded):
            raise refusal
        fields = said(refusal) if isinstance(refusal, Invalid) else {}
        known = {name: words for name, words in fields.items() if name in EmployeeProblems.model_fields}
        self.problems = EmployeeProblems(**known)
        self.problem = "" if known else say(current_connection().language, refusal.message, **refusal.facts)
