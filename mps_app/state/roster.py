"""The roster's screen: the address bar carries whom one looks for, the server whom one has chosen (11.4)."""

import reflex as rx

from mps_app.core.actor import Role
from mps_app.core.callers import allow
from mps_app.core.ids import id_of
from mps_app.services import enrolments, rosters
from mps_app.state.address_bar import AddressBarState
from mps_app.state.institution import InstitutionState, LivePage
from mps_app.views.catalogue_filter import clean_query, read_day
from mps_app.views.employees import LONGEST_UNIT
from mps_app.views.enrolments import MOST_AT_ONCE, EnrolPanel
from mps_app.views.roster_filter import COLUMNS, SORTS, STATUSES, USUAL_COLUMNS, RosterFilter
from mps_app.views.rosters import RosterChoices, RosterControls, RosterFound, RosterRow

_NEXT = {"ArrowDown": 1, "ArrowUp": -1}


class RosterState(AddressBarState, LivePage, InstitutionState):
    """Who was found, who is chosen of them, and where the chosen are to be enrolled.

    Controls keep themselves while somebody uses them; ``drawn`` counts the changes that came from elsewhere.
    """

    found: RosterFound = RosterFound()
    rows: list[RosterRow] = []
    choices: RosterChoices = RosterChoices()
    controls: RosterControls = RosterControls()
    columns: list[str] = list(USUAL_COLUMNS)
    sort: str = SORTS[0]
    is_descending: bool = False
    more_count: int = 0
    is_loaded: bool = False
    export_address: str = ""
    export_all_address: str = ""
    drawn: int = 0
    panel: EnrolPanel = EnrolPanel()
    course_id: int = 0
    group_id: int = 0
    chosen_count: int = 0
    chosen_here: str = "false"  # of the page's rows: true, mixed, false
    at: int = 0  # the row that the tab key enters
    _selected: list[int] = []  # by person, in the order of choosing
    _anchor: int = 0  # the row from which a range is drawn, counted through all pages

    @rx.event
    @allow(Role.COORDINATOR)
    async def load(self) -> None:
        """Read the address bar; nonsense in it is as if it had not been written."""
        await self._enter()
        wanted = RosterFilter.read_address(str(self.router.url))
        if self._is_answered(wanted.address()) and self.is_loaded:
            return
        await self._look(wanted)
        self.choices = await self._ask(rosters.choices, self.desk.id, wanted)
        await self._look_panel()
        self._draw(wanted)

    async def _look_again(self) -> None:
        """Show what is true now; nobody who left stays chosen."""
        wanted = self._wanted()
        self._selected = await self._ask(rosters.still_employed, self.desk.id, self._selected)
        await self._look(wanted)
        choices = await self._ask(rosters.choices, self.desk.id, wanted)
        if choices != self.choices:
            self.choices = choices
        await self._look_panel()

    @rx.event(supersedes=True)
    @allow(Role.COORDINATOR)
    async def search(self, text: str) -> None:
        """Find what is typed, as it is typed; the address bar follows without a visit."""
        query = clean_query(str(text))
        if query != self._wanted().query:
            self.controls = self.controls.model_copy(update={"query": query})
            await self._look(self._wanted().changed(query=query))

    @rx.event
    @allow(Role.COORDINATOR)
    async def choose_value(self, field: str, value: str) -> None:
        """Filter by a unit, a position or a status."""
        value = str(value)[:LONGEST_UNIT]
        if str(field) not in {"unit", "position", "status"} or (field == "status" and value not in {"", *STATUSES}):
            return
        await self._turn_to(self._wanted().changed(**{field: value}))

    @rx.event
    @allow(Role.COORDINATOR)
    async def choose_training(self, field: str, value: str) -> None:
        """Filter by a course or one of its groups."""
        if str(field) == "course_id":
            wanted = self._wanted().changed(course_id=id_of(value), group_id=0)
        elif str(field) == "group_id":
            wanted = self._wanted().changed(group_id=id_of(value))
        else:
            return
        self.choices = await self._ask(rosters.choices, self.desk.id, wanted)
        await self._turn_to(wanted)

    @rx.event
    @allow(Role.COORDINATOR)
    async def choose_day(self, end: str, day: str) -> None:
        """Filter by the days of training."""
        if str(end) not in {"from_on", "until_on"}:
            return
        await self._turn_to(self._wanted().changed(**{end: read_day(str(day))}))

    @rx.event
    @allow(Role.COORDINATOR)
    async def choose_hours(self, below: str) -> None:
        """Filter by hours of training in the last twelve months."""
        await self._turn_to(self._wanted().changed(hours_below=min(id_of(below), 999)))

    @rx.event
    @allow(Role.COORDINATOR)
    async def choose_mandatory(self, is_on: bool) -> None:  # noqa: FBT001  # an event's argument
        """Keep only those who lack mandatory training, or no longer."""
        await self._turn_to(self._wanted().changed(lacks_mandatory=is_on is True))

    @rx.event
    @allow(Role.COORDINATOR)
    async def clear_filters(self) -> None:
        """Show everybody."""
        await self._turn_to(self._wanted().cleared(), draws=True)

    @rx.event
    @allow(Role.COORDINATOR)
    async def sort_by(self, sort: str) -> None:
        """Change the order; the same column again turns it round."""
        if str(sort) not in SORTS:
            return
        await self._turn_to(self._wanted().sorted_by(str(sort)))

    @rx.event
    @allow(Role.COORDINATOR)
    async def show_column(self, column: str, is_on: bool) -> None:  # noqa: FBT001  # an event's argument
        """Show a column, or no longer."""
        if str(column) not in COLUMNS:
            return
        await self._turn_to(self._wanted().with_column(str(column), is_on=is_on is True))

    @rx.event
    @allow(Role.COORDINATOR)
    async def turn_page(self, step: int) -> None:
        """Go to the next page, or the one before."""
        page = self.found.page + (1 if step == 1 else -1)
        await self._turn_to(self._wanted().changed(page=min(max(page, 1), self.found.page_count)))

    @rx.event
    @allow(Role.COORDINATOR)
    async def toggle(self, row: str, is_shift: bool) -> None:  # noqa: FBT001  # what the browser sends
        """Choose one employee, or no longer; with Shift everybody between."""
        at = id_of(row)
        if not 0 <= at < len(self.rows):
            return
        if is_shift is True:
            await self._choose_range(self.found.first + at)
            return
        self.at, self._anchor = at, self.found.first + at
        person_id = self.rows[at].person_id
        if person_id in self._selected:
            self._selected = [one for one in self._selected if one != person_id]
        else:
            self._selected = [*self._selected, person_id]
        await self._show_chosen()

    @rx.event
    @allow(Role.COORDINATOR)
    async def key(self, key: str, row: str) -> None:
        """Shift and an arrow draw the range on; Ctrl+A chooses all who were found."""
        pressed = str(key)
        if pressed.lower() == "a":
            await self._choose(await self._ask(rosters.found_ids, self.desk.id, self._wanted()))
        elif pressed in _NEXT:
            self.at = min(max(id_of(row) + _NEXT[pressed], 0), max(len(self.rows) - 1, 0))
            await self._choose_range(self.found.first + self.at)

    @rx.event
    @allow(Role.COORDINATOR)
    async def toggle_page(self) -> None:
        """Choose everybody on the page, or nobody of them."""
        here = [row.person_id for row in self.rows]
        if self.chosen_here == "true":
            self._selected = [one for one in self._selected if one not in set(here)]
            await self._show_chosen()
        else:
            await self._choose(here)

    @rx.event
    @allow(Role.COORDINATOR)
    async def choose_nobody(self) -> None:
        """Begin choosing anew."""
        self._selected = []
        await self._show_chosen()

    async def _choose_range(self, until: int) -> None:
        first, last = sorted((self._anchor, until))
        await self._choose(await self._ask(rosters.found_ids, self.desk.id, self._wanted(), first, last))

    async def _choose(self, person_ids: list[int]) -> None:
        """Choose these as well."""
        self._selected = list(dict.fromkeys((*self._selected, *person_ids)))
        await self._show_chosen()

    async def _show_chosen(self) -> None:
        self.rows = self._flagged(self.rows)
        await self._look_panel()

    async def _look_panel(self) -> None:
        """Ask what enrolling the chosen would do (11.3); one more than can be enrolled at once says so."""
        people = self._selected[: MOST_AT_ONCE + 1]
        panel = await self._ask(
            enrolments.panel, self.desk.id, self.course_id, self.group_id, people, mode=self.panel.mode
        )
        if panel != self.panel:
            self.panel = panel

    def _wanted(self) -> RosterFilter:
        return RosterFilter.read_address(self.address)

    async def _turn_to(self, wanted: RosterFilter, *, draws: bool = False) -> None:
        """Answer at once and lead to the filter's address, so that *back* undoes it."""
        await self._look(wanted, visits=True)
        if (wanted.into_course_id, wanted.into_group_id) != (self.panel.course_id, self.panel.group_id):
            await self._look_panel()
        if draws:
            self._draw(wanted)

    async def _look(self, wanted: RosterFilter, *, visits: bool = False) -> None:
        page = await self._ask(rosters.roster, self.desk.id, wanted)
        self.course_id, self.group_id = wanted.into_course_id, wanted.into_group_id
        rows = await self._standing(page.rows)
        shown = wanted.changed(page=page.found.page)
        self._show_address(shown.address(), visits=visits)
        if page.found != self.found:
            self.found = page.found
        self.rows = self._flagged(rows)
        self.columns, self.sort, self.is_descending = list(shown.columns), shown.sort, shown.is_descending
        self.more_count = shown.more_count
        file = f"/iestade/{self.desk.id}/darbinieki.xlsx"
        self.export_address, self.export_all_address = shown.address(file), f"{file}?viss=1"
        self.is_loaded = True

    async def _standing(self, rows: list[RosterRow]) -> list[RosterRow]:
        """Say of each row where they stand towards the chosen group."""
        if not self.group_id:
            return rows
        people = [row.person_id for row in rows]
        known = await self._ask(enrolments.standings, self.desk.id, self.group_id, people)
        return [
            row.model_copy(update={"standing": one.status, "standing_text": one.text})
            if (one := known.get(row.person_id))
            else row
            for row in rows
        ]

    def _flagged(self, rows: list[RosterRow]) -> list[RosterRow]:
        """Mark the rows that are chosen, and count."""
        chosen = set(self._selected)
        count = sum(row.person_id in chosen for row in rows)
        self.chosen_here = "true" if rows and count == len(rows) else "mixed" if count else "false"
        self.chosen_count = len(chosen)
        return [
            row
            if row.is_chosen == (row.person_id in chosen)
            else row.model_copy(update={"is_chosen": not row.is_chosen})
            for row in rows
        ]

    def _draw(self, wanted: RosterFilter) -> None:
        """Put the controls where the filter is."""
        self.controls = RosterControls(
            query=wanted.query,
            unit=wanted.unit,
            position=wanted.position,
            course_id=str(wanted.course_id or ""),
            group_id=str(wanted.group_id or ""),
            status=wanted.status,
            from_on=wanted.from_on.isoformat() if wanted.from_on else "",
            until_on=wanted.until_on.isoformat() if wanted.until_on else "",
            hours_below=str(wanted.hours_below or ""),
            lacks_mandatory=wanted.lacks_mandatory,
        )
        self.drawn += 1
