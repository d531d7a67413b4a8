"""The page of an address that leads nowhere, or to what is not for its reader."""

import reflex as rx

from mps_app.pages.layout import message_page
from mps_app.text import N_


def not_found() -> rx.Component:
    """Return the 404 page."""
    return message_page(
        N_("There is no such page"),
        N_("The address may have changed or been mistyped. The catalogue has all the courses."),
    )


def not_for_you() -> rx.Component:
    """Return what stands in place of a page whose reader may not see it; nobody learns whether there is anything."""
    return message_page(
        N_("This page is not for you"),
        N_(
            "There is nothing here that you could see. Check the address. If you need it for your work, ask the school."
        ),
    )
