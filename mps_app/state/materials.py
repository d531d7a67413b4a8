"""The materials' screen: found as one types (9.1)."""

import reflex as rx

from mps_app.core.callers import ANYONE, allow
from mps_app.services import materials
from mps_app.state.base import PageState
from mps_app.views.catalogue_filter import clean_query
from mps_app.views.materials import CourseMaterials, MaterialsFilter, MaterialsFound

_STEP = 30


class MaterialsState(PageState, rx.State):
    """What was found, and what was typed and chosen to find it."""

    found: MaterialsFound = MaterialsFound()
    courses: list[CourseMaterials] = []
    query: str = ""
    whose: str = "all"
    drawn: int = 0
    is_loaded: bool = False
    _shown: int = _STEP

    @rx.event
    @allow(ANYONE)
    async def load(self) -> None:
        """Show everything, as if nothing had been typed."""
        self.drawn += 1
        self.query, self.whose = "", "all"
        await self._find()
        self.is_loaded = True

    @rx.event(supersedes=True)
    @allow(ANYONE)
    async def search(self, query: str) -> None:
        """Find anew after each pause of typing."""
        self.query = clean_query(query)
        await self._find()

    @rx.event
    @allow(ANYONE)
    async def clear(self) -> None:
        """Forget what was typed."""
        self.drawn += 1
        self.query = ""
        await self._find()

    @rx.event
    @allow(ANYONE)
    async def choose(self, whose: str | list[str]) -> None:
        """Show all, those of own courses, or the public ones."""
        self.whose = whose if isinstance(whose, str) else ""
        await self._find()

    @rx.event
    @allow(ANYONE)
    async def show_more(self) -> None:
        """Show the next ones too."""
        await self._find(shown=self._shown + _STEP)

    async def _find(self, *, shown: int = _STEP) -> None:
        chosen = MaterialsFilter.read({"query": self.query, "whose": self.whose, "shown": shown})
        self.found = await self._ask(materials.materials_found, chosen)
        self.courses, self._shown = self.found.courses, chosen.shown
