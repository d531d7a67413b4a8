"""The screen of an institution's coordinators: who speaks, nominating, ending, the digest (11.1, 11.7)."""

from typing import Any

import reflex as rx

from mps_app.core.actor import Role
from mps_app.core.callers import allow
from mps_app.core.errors import Invalid
from mps_app.core.ids import id_of
from mps_app.services import institutions
from mps_app.state.forms import Form, fields_of, said, tell
from mps_app.state.institution import InstitutionState, LivePage
from mps_app.text import N_
from mps_app.views.catalogue_filter import clean_query
from mps_app.views.coordinators import (
    ColleagueChoice,
    ColleagueForm,
    ColleagueProblems,
    CoordinatorRow,
    CoordinatorsPage,
    EndForm,
)

NOBODY = ColleagueChoice()


class CoordinatorsState(LivePage, InstitutionState):
    """The lists, the colleague being nominated, and the coordinatorship about to be ended."""

    page: CoordinatorsPage = CoordinatorsPage()
    choices: list[ColleagueChoice] = []
    words: str = ""
    chosen: ColleagueChoice = NOBODY
    is_deputy: bool = False
    problems: ColleagueProblems = ColleagueProblems()
    ending: CoordinatorRow = CoordinatorRow()
    end_problem: str = ""
    drawn: int = 0
    is_loaded: bool = False

    @rx.event
    @allow(Role.COORDINATOR)
    async def load(self) -> None:
        """Show the lists and an empty form."""
        await self._enter()
        await self._look_again()
        self._begin_anew()
        self.ending, self.end_problem = CoordinatorRow(), ""
        self.is_loaded = True

    async def _look_again(self) -> None:
        self.page = await self._ask(institutions.coordinators_page, self.desk.id)

    def _begin_anew(self) -> None:
        self.choices, self.words, self.chosen, self.is_deputy = [], "", NOBODY, False
        self.problems = ColleagueProblems()
        self.drawn += 1

    @rx.event(supersedes=True)
    @allow(Role.COORDINATOR)
    async def search(self, words: str) -> None:
        """Find employees as one types."""
        self.words = clean_query(words)
        self.choices = await self._ask(institutions.colleagues, self.desk.id, self.words)

    @rx.event
    @allow(Role.COORDINATOR)
    def choose(self, person_id: int) -> None:
        """Choose one of those that were found."""
        wanted = id_of(person_id)
        self.chosen = next((one for one in self.choices if one.person_id == wanted), NOBODY)
        self.choices, self.words, self.problems = [], "", ColleagueProblems()

    @rx.event
    @allow(Role.COORDINATOR)
    def choose_another(self) -> None:
        """Go back to the search."""
        self.chosen = NOBODY
        self.drawn += 1

    @rx.event
    @allow(Role.COORDINATOR)
    def choose_kind(self, kind: str) -> None:
        """Nominate a coordinator, or name a deputy for some days (11.7)."""
        self.is_deputy = kind == "deputy"

    @rx.event
    @allow(Role.COORDINATOR)
    async def nominate(self, form: Form) -> Any:  # Any: Reflex's event types
        """Send the nomination to the school."""
        sides = {"person_id": self.chosen.person_id, "is_deputy": self.is_deputy}
        try:
            wanted = ColleagueForm.read({**fields_of(form), **sides})
            await self._ask(institutions.nominate_colleague, self.desk.id, wanted)
        except Invalid as refusal:
            self.problems = ColleagueProblems(**said(refusal))
            return None
        name = self.chosen.name
        self._begin_anew()
        await self._look_again()
        return tell(N_("{name} is nominated. The school decides next."), name=name)

    @rx.event
    @allow(Role.COORDINATOR)
    def begin_end(self, coordinator_id: int) -> None:
        """Ask for the document that ends it."""
        wanted, page = id_of(coordinator_id), self.page
        rows = [*page.speaking, *page.nominated]
        self.ending = next((row for row in rows if row.id == wanted and row.can_end), CoordinatorRow())
        self.end_problem = ""

    @rx.event
    @allow(Role.COORDINATOR)
    def leave_end(self) -> None:
        """Leave it as it is."""
        self.ending = CoordinatorRow()

    @rx.event
    @allow(Role.COORDINATOR)
    async def end(self, form: Form) -> Any:  # Any: Reflex's event types
        """End it at once (11.7)."""
        reference = fields_of(form).get("reference", "")
        try:
            wanted = EndForm.read({"coordinator_id": self.ending.id, "reference": reference})
            await self._ask(institutions.end_coordinator, self.desk.id, wanted)
        except Invalid as refusal:
            self.end_problem = said(refusal).get("reference", "")
            return None
        ended, self.ending = self.ending, CoordinatorRow()
        if ended.is_me:
            return InstitutionState.put_away
        await self._look_again()
        return tell(N_("It has ended, from now on."))

    @rx.event
    @allow(Role.COORDINATOR)
    async def choose_digest(self, wanted: bool) -> None:  # noqa: FBT001  # a switch tells what it became
        """Read one mail a day, or one of each event."""
        await self._ask(institutions.choose_digest, self.desk.id, wanted is True)
        await self._look_again()
