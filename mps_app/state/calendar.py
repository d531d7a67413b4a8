"""The own calendar address on the screen (6.2): shown on demand, renewed, switched off."""

import reflex as rx

from mps_app.core.callers import SIGNED_IN, allow
from mps_app.services import my_training
from mps_app.state.base import PageState
from mps_app.views.calendar import FeedAddress, FeedCard


class CalendarState(PageState, rx.State):
    """Whether there is an address; the address itself only while it is shown."""

    feed: FeedCard = FeedCard()
    address: FeedAddress = FeedAddress()
    is_loaded: bool = False

    @rx.event
    @allow(SIGNED_IN)
    async def load(self) -> None:
        """Ask whether there is an address; it starts hidden at every visit."""
        self.address = FeedAddress()
        await self._look()

    @rx.event
    @allow(SIGNED_IN)
    async def show(self) -> None:
        """Show the address once more."""
        self.address = await self._ask(my_training.feed_address)

    @rx.event
    @allow(SIGNED_IN)
    def hide(self) -> None:
        """Take the address off the screen."""
        self.address = FeedAddress()

    @rx.event
    @allow(SIGNED_IN)
    async def renew(self) -> None:
        """Make a new address; the one before leads nowhere from now on."""
        self.address = await self._ask(my_training.new_feed_address)
        await self._look()

    @rx.event
    @allow(SIGNED_IN)
    async def switch_off(self) -> None:
        """Have the address lead nowhere."""
        await self._ask(my_training.revoke_feed)
        self.address = FeedAddress()
        await self._look()

    @rx.event
    @allow(SIGNED_IN)
    async def choose_deadlines(self, are_wanted: bool) -> None:  # noqa: FBT001  # what the browser sends
        """Carry the deadlines of applications too, or no longer."""
        await self._ask(my_training.choose_deadlines, are_wanted=are_wanted is True)
        await self._look()

    async def _look(self) -> None:
        self.feed = await self._ask(my_training.feed_card)
        self.is_loaded = True
