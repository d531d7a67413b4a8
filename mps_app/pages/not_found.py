"""The page of an address that leads nowhere."""

import reflex as rx

from mps_app.pages.layout import message_page
from mps_app.text import N_


def not_found() -> rx.Component:
    """Return the 404 page."""
    return message_page(
        N_("There is no such page"),
        N_("The address may have changed or been mistyped. The catalogue has all the courses."),
    )
