"""One state, one number, one event."""  # noqa: INP001  # found from its own folder

import reflex as rx


class Bare(rx.State):
    """A number that grows."""

    number: int = 0

    @rx.event
    def grow(self) -> None:
        """Add one."""
        self.number += 1


def _page() -> rx.Component:
    return rx.text(Bare.number)


app = rx.App()
app.add_page(_page, route="/")
