"""The catalogue's screen: the address bar is the truth, every change of it asks anew (3.2)."""

import reflex as rx

from mps_app.core.callers import ANYONE, allow
from mps_app.services import catalogue
from mps_app.state.address_bar import AddressBarState
from mps_app.state.base import PageState
from mps_app.views.catalogue import CatalogueFacets, CatalogueFound, CourseRow
from mps_app.views.catalogue_filter import FACETS, SORTS, CatalogueFilter, clean_query, read_day


class CatalogueState(AddressBarState, PageState, rx.State):
    """What was found, and the controls as they should stand when drawn anew.

    Controls keep themselves while somebody uses them; ``drawn`` counts the changes that came from
    elsewhere (a chip, the address, *Notīrīt*), and draws them anew.
    """

    found: CatalogueFound = CatalogueFound()
    rows: list[CourseRow] = []
    facets: CatalogueFacets = CatalogueFacets()
    is_loaded: bool = False
    shows_all_topics: bool = False
    query: str = ""
    sort: str = SORTS[0]
    city: str = ""
    from_on: str = ""
    until_on: str = ""
    only_free_places: bool = False
    drawn: int = 0

    @rx.event
    @allow(ANYONE)
    async def load(self) -> None:
        """Read the address bar; nonsense in it is as if it had not been written."""
        wanted = CatalogueFilter.read_address(str(self.router.url))
        if self._is_answered(wanted.address()) and self.is_loaded:
            return
        await self._look(wanted)
        self._draw(wanted)

    @rx.event(supersedes=True)
    @allow(ANYONE)
    async def search(self, text: str) -> None:
        """Find what is typed, as it is typed; the address bar follows without a visit."""
        query = clean_query(str(text))
        if query != self.query or not self.is_loaded:
            self.query = query
            await self._look(self._wanted().changed(query=query))

    @rx.event
    @allow(ANYONE)
    async def choose(self, facet: str, code: str, is_on: bool) -> None:  # noqa: FBT001  # an event's argument
        """Filter by one value of a facet, or no longer."""
        if str(facet) not in FACETS:
            return
        await self._turn_to(self._wanted().with_value(facet, str(code)[:60], is_on=bool(is_on)))

    @rx.event
    @allow(ANYONE)
    async def choose_city(self, city: str) -> None:
        """Filter by one place, or by none."""
        self.city = str(city)[:60]
        await self._turn_to(self._wanted().changed(cities=(self.city,) if self.city else ()))

    @rx.event
    @allow(ANYONE)
    async def choose_day(self, end: str, day: str) -> None:
        """Filter by dates from or until a day."""
        if str(end) not in {"from_on", "until_on"}:
            return
        await self._turn_to(self._wanted().changed(**{end: read_day(str(day))}))

    @rx.event
    @allow(ANYONE)
    async def choose_free_places(self, is_on: bool) -> None:  # noqa: FBT001  # an event's argument
        """Keep only courses with a free place, or no longer."""
        await self._turn_to(self._wanted().changed(only_free_places=bool(is_on)))

    @rx.event
    @allow(ANYONE)
    async def sort_by(self, sort: str) -> None:
        """Change the order."""
        self.sort = sort if sort in SORTS else SORTS[0]
        await self._turn_to(self._wanted().changed(sort=self.sort))

    @rx.event
    @allow(ANYONE)
    async def take_off(self, field: str, code: str) -> None:
        """Take one filter off, by its chip."""
        wanted = self._wanted()
        empty: dict[str, object] = {"from_on": None, "until_on": None, "only_free_places": False}
        if str(field) in FACETS:
            wanted = wanted.with_value(field, str(code), is_on=False)
        elif str(field) in empty:
            wanted = wanted.changed(**{field: empty[field]})
        await self._turn_to(wanted, draws=True)

    @rx.event
    @allow(ANYONE)
    async def clear_filters(self) -> None:
        """Take all filters off; the words stay."""
        await self._turn_to(self._wanted().cleared(), draws=True)

    @rx.event
    @allow(ANYONE)
    async def clear_words(self) -> rx.event.EventSpec:
        """Empty the search field and leave the cursor in it."""
        await self._turn_to(self._wanted().changed(query=""), draws=True)
        return rx.set_focus("search")

    @rx.event
    @allow(ANYONE)
    def show_topics(self) -> None:
        """Show all topics to filter by, or the first few."""
        self.shows_all_topics = not self.shows_all_topics

    @rx.event
    @allow(ANYONE)
    def draw_controls(self) -> None:
        """Draw the controls anew: the phone's sheet was closed."""
        self._draw(self._wanted())

    def _wanted(self) -> CatalogueFilter:
        return CatalogueFilter.read_address(self.address)

    async def _turn_to(self, wanted: CatalogueFilter, *, draws: bool = False) -> None:
        """Answer at once and lead to the filter's address, so that *back* undoes it."""
        await self._look(wanted, visits=True)
        if draws:
            self._draw(wanted)

    async def _look(self, wanted: CatalogueFilter, *, visits: bool = False) -> None:
        page = await self._ask(catalogue.search, wanted)
        self._show_address(wanted.changed(page=page.found.page).address(), visits=visits)
        self.found, self.rows = page.found, page.rows
        if page.facets != self.facets:
            self.facets = page.facets
        self.is_loaded = True

    def _draw(self, wanted: CatalogueFilter) -> None:
        """Put the controls where the filter is."""
        self.query, self.sort = wanted.query, wanted.sort
        self.city = wanted.cities[0] if wanted.cities else ""
        self.from_on = wanted.from_on.isoformat() if wanted.from_on else ""
        self.until_on = wanted.until_on.isoformat() if wanted.until_on else ""
        self.only_free_places = wanted.only_free_places
        self.drawn += 1
