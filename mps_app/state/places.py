"""Groups and places of an institution: nameless places are held, changed, given back (11.6)."""

from typing import Any

import reflex as rx

from mps_app.adapters.connection import current_connection
from mps_app.core.actor import Role
from mps_app.core.callers import allow
from mps_app.core.errors import DomainError, Invalid, SignInNeeded
from mps_app.core.ids import id_of
from mps_app.services import enrolments
from mps_app.state.forms import Form, fields_of
from mps_app.state.institution import InstitutionState, LivePage
from mps_app.state.notice import NoticeState
from mps_app.text import N_, say
from mps_app.views.catalogue_filter import clean_query
from mps_app.views.enrolments import PlaceCard, PlacesPage, ReserveForm

_STEP = 20
_RESERVED, _GIVEN_BACK = N_("The places are reserved."), N_("The places are given back.")


class PlacesState(LivePage, InstitutionState):
    """The groups that were found, and the one whose places are being reserved."""

    page: PlacesPage = PlacesPage()
    query: str = ""
    card: PlaceCard = PlaceCard()
    problem: str = ""
    is_loaded: bool = False
    _limit: int = _STEP

    @rx.event
    @allow(Role.COORDINATOR)
    async def load(self) -> None:
        """Read the groups anew."""
        await self._enter()
        await self._look_again()

    @rx.event(supersedes=True)
    @allow(Role.COORDINATOR)
    async def search(self, text: str) -> None:
        """Find what is typed, as it is typed."""
        query = clean_query(str(text))
        if query != self.query:
            self.query, self._limit = query, _STEP
            await self._look_again()

    @rx.event
    @allow(Role.COORDINATOR)
    async def show_more(self) -> None:
        """Show more groups."""
        self._limit = min(self._limit + _STEP, 1_000)
        await self._look_again()

    @rx.event
    @allow(Role.COORDINATOR)
    def begin(self, group_id: int) -> None:
        """Ask how many places and until when."""
        wanted = id_of(group_id)
        cards = (*self.page.closed, *self.page.cards)
        self.card = next((card for card in cards if card.group_id == wanted), PlaceCard())
        self.problem = ""

    @rx.event
    @allow(Role.COORDINATOR)
    def close(self, is_open: bool) -> None:  # noqa: FBT001  # the dialog tells what it became
        """Leave everything as it is."""
        if is_open is not True:
            self.card, self.problem = PlaceCard(), ""

    @rx.event
    @allow(Role.COORDINATOR)
    async def reserve(self, form: Form) -> Any:  # Any: Reflex's event types
        """Hold so many places; what is in the way is said in the dialog."""
        return await self._reserve({**fields_of(form), "group_id": self.card.group_id}, _RESERVED)

    @rx.event
    @allow(Role.COORDINATOR)
    async def give_back(self) -> Any:  # Any: Reflex's event types
        """Give all nameless places back; the line gets them first."""
        return await self._reserve({"group_id": self.card.group_id, "places": 0}, _GIVEN_BACK)

    async def _reserve(self, form: Form, words: str) -> Any:  # Any: Reflex's event types
        language = current_connection().language
        try:
            await self._ask(enrolments.reserve, self.desk.id, ReserveForm.read(form))
        except SignInNeeded:
            raise
        except Invalid as refusal:
            found = next(iter(refusal.fields.values()), refusal.message)
            self.problem = say(language, found)
            return None
        except DomainError as refusal:
            self.problem = say(language, refusal.message, **refusal.facts)
            return None
        self.card, self.problem = PlaceCard(), ""
        await self._look_again()
        return NoticeState.tell(say(language, words))

    async def _look_again(self) -> None:
        page = await self._ask(enrolments.places, self.desk.id, self.query, self._limit)
        if page != self.page:
            self.page = page
        self.is_loaded = True
