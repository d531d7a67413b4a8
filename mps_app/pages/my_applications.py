"""My applications: what was applied for, where it stands, and what can be done (4.6, 4.7, 4.11)."""

import reflex as rx

from mps_app.components.application_card import application_card, past_row
from mps_app.components.basic import button_link, empty, page_heading
from mps_app.components.words import t
from mps_app.pages.layout import shell
from mps_app.state.my_applications import MyApplicationsState as State

_page = State.page


def my_applications() -> rx.Component:
    """Return the page."""
    return shell(
        page_heading(t("My applications"), t("What you have applied for, and what comes next.")),
        rx.cond(State.is_loaded, rx.fragment(_current(), _past()), _waiting()),
        current="/pieteikumi",
    )


def _current() -> rx.Component:
    cards = rx.el.div(
        rx.foreach(
            _page.current,
            lambda card: application_card(
                card, on_accept=State.accept, on_decline=State.decline, on_cancel=State.cancel
            ),
        ),
        class_name="mine",
    )
    nothing = empty(
        "clipboard-list",
        t("No applications now"),
        t("Find a course that helps your work and apply in under a minute."),
        button_link(t("Open the catalogue"), href="/katalogs", size="3"),
    )
    return rx.cond(_page.current.length() > 0, cards, nothing)


def _past() -> rx.Component:
    rows = rx.el.div(rx.foreach(_page.past, past_row), class_name="panel")
    return rx.cond(
        _page.past.length() > 0,
        rx.el.details(rx.el.summary(t("Earlier applications")), rows, class_name="past-apps"),
        rx.fragment(),
    )


def _waiting() -> rx.Component:
    """Return the page's shape while its content is on the way."""
    return rx.el.div(
        *(rx.el.div(rx.skeleton(height="120px"), class_name="panel card") for _ in range(2)),
        class_name="mine",
        aria_hidden="true",
    )
