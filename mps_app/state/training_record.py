"""The screen of an institution's training record: the year, and one person's record (11.5)."""

import reflex as rx

from mps_app.core.actor import Role
from mps_app.core.callers import allow
from mps_app.core.ids import id_of
from mps_app.services import training_records
from mps_app.state.institution import InstitutionState, LivePage
from mps_app.views.employees import LONGEST_UNIT
from mps_app.views.training_records import (
    ADDRESS,
    FIRST_YEAR,
    LAST_YEAR,
    DuePeople,
    PersonRecord,
    PlanPage,
    RecordFilter,
    RecordFound,
    RecordPage,
    RequirementRow,
)

_LONGEST = 80


class TrainingRecordState(LivePage, InstitutionState):
    """The year that is shown, what binds and what was planned, and the one who is looked at."""

    page: RecordPage = RecordPage()
    found: RecordFound = RecordFound()
    requirements: list[RequirementRow] = []
    plan: PlanPage = PlanPage()
    person: PersonRecord = PersonRecord()
    due: DuePeople = DuePeople()
    query: str = ""
    unit: str = ""
    only_untrained: bool = False
    is_loaded: bool = False
    quiet_address: str = ""
    drawn: int = 0
    _address: str = ADDRESS

    @rx.event
    @allow(Role.COORDINATOR)
    async def load(self) -> None:
        """Read the address bar; nonsense in it is as if it had not been written."""
        await self._enter()
        self.person, self.due = PersonRecord(), DuePeople()
        wanted = RecordFilter.read_address(str(self.router.url))
        await self._look(wanted)
        await self._look_beside(wanted.year)
        self.drawn += 1
        self.is_loaded = True

    async def _look(self, wanted: RecordFilter) -> None:
        self.found = await self._ask(training_records.record_found, self.desk.id, wanted)
        self.query, self.unit, self.only_untrained = wanted.query, wanted.unit, wanted.only_untrained
        self._address = wanted.changed(page=self.found.page).address()
        self.quiet_address = self._address

    async def _look_beside(self, year: int) -> None:
        self.page = await self._ask(training_records.record_page, self.desk.id, year)
        self.requirements = await self._ask(training_records.requirements, self.desk.id)
        self.plan = await self._ask(training_records.plan, self.desk.id, self.page.year)

    async def _look_again(self) -> None:
        await self._look(self._wanted())
        await self._look_beside(self._wanted().year)

    def _wanted(self) -> RecordFilter:
        return RecordFilter.read_address(self._address)

    @rx.event
    @allow(Role.COORDINATOR)
    async def choose_year(self, year: str) -> None:
        """Show another year."""
        wanted = min(max(id_of(year), FIRST_YEAR), LAST_YEAR)
        await self._look(self._wanted().changed(year=wanted))
        self.page = await self._ask(training_records.record_page, self.desk.id, wanted)
        self.plan = await self._ask(training_records.plan, self.desk.id, self.page.year)
        self.drawn += 1

    @rx.event(supersedes=True)
    @allow(Role.COORDINATOR)
    async def search(self, text: str) -> None:
        """Find people as one types."""
        query = " ".join(str(text).split())[:_LONGEST]
        if query != self.query:
            await self._look(self._wanted().changed(query=query))

    @rx.event
    @allow(Role.COORDINATOR)
    async def choose_unit(self, unit: str) -> None:
        """Keep the people of one unit, or of all."""
        await self._look(self._wanted().changed(unit=str(unit).strip()[:LONGEST_UNIT]))

    @rx.event
    @allow(Role.COORDINATOR)
    async def choose_untrained(self, is_on: bool) -> None:  # noqa: FBT001  # an event's argument
        """Keep those without training, or no longer."""
        await self._look(self._wanted().changed(only_untrained=is_on is True))

    @rx.event
    @allow(Role.COORDINATOR)
    async def turn_page(self, by: int) -> None:
        """Show the next page, or the one before."""
        step = 1 if by == 1 else -1
        await self._look(self._wanted().changed(page=max(self.found.page + step, 1)))

    @rx.event
    @allow(Role.COORDINATOR)
    async def open_person(self, person_id: int) -> None:
        """Show one person's record."""
        self.person = await self._ask(training_records.person_record, self.desk.id, id_of(person_id))

    @rx.event
    @allow(Role.COORDINATOR)
    async def open_due(self, requirement_id: int, standing: str) -> None:
        """Show who stands so towards a requirement."""
        asked = id_of(requirement_id), str(standing)
        self.due = await self._ask(training_records.due_people, self.desk.id, *asked)

    @rx.event
    @allow(Role.COORDINATOR)
    def close(self, is_open: bool) -> None:  # noqa: FBT001  # an event's argument
        """Go back to the year."""
        if not is_open:
            self.person, self.due = PersonRecord(), DuePeople()
