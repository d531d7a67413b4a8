"""A list whose filter stands in the address bar: which visits our own handlers have caused, and answered already."""

import time

import reflex as rx

_ON_THE_WAY_SECONDS = 5.0  # a visit that has not come by then never will: the tab has left the page meanwhile


class AddressBarState(rx.State, mixin=True):
    """What ``components/address_bar.py`` shows; ``visits``: whether by a visit, which *back* undoes."""

    address: str = ""
    visits: bool = False
    _led_to: dict[str, float] = {}  # by address: when a handler of ours led there, having answered

    def _show_address(self, address: str, *, visits: bool) -> None:
        """Have the bar show an address; the visit that this may cause asks nothing again."""
        if visits and address != self.address:
            self._led_to = {**self._on_the_way(), address: time.time()}
        self.address, self.visits = address, visits

    def _is_answered(self, address: str) -> bool:
        """Whether a visit is one that we caused ourselves; asked once for each."""
        on_the_way = self._on_the_way()
        is_ours = on_the_way.pop(address, None) is not None
        self._led_to = on_the_way
        return is_ours

    def _on_the_way(self) -> dict[str, float]:
        now = time.time()
        return {where: at for where, at in self._led_to.items() if now - at < _ON_THE_WAY_SECONDS}
