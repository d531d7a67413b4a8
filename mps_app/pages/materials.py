"""Materials of one's courses, and those for everybody (9.1)."""

import reflex as rx

from mps_app.components.basic import button_link, empty, page_heading, second_button
from mps_app.components.finding import search_field
from mps_app.components.material_list import course_materials
from mps_app.components.words import t
from mps_app.pages.layout import shell
from mps_app.state.materials import MaterialsState
from mps_app.state.signed_in import SignedInState

_found = MaterialsState.found


def materials() -> rx.Component:
    """Return the page."""
    return shell(
        page_heading(
            t("Materials"), t("Files and links of the courses you take part in, and those open to everybody.")
        ),
        rx.el.div(
            _search_field(), rx.cond(SignedInState.person.is_signed_in, _whose()), class_name="find-row materials"
        ),
        rx.cond(MaterialsState.is_loaded, rx.cond(_found.total > 0, _list(), _nothing()), _waiting()),
        current="/materiali",
    )


def _search_field() -> rx.Component:
    return search_field(
        MaterialsState.query,
        MaterialsState.search,
        drawn=MaterialsState.drawn,
        placeholder=t("Search for a material or course"),
        label=t("Search in the materials"),
        on_clear=MaterialsState.clear,
    )


def _whose() -> rx.Component:
    return rx.segmented_control.root(
        rx.segmented_control.item(t("All"), value="all"),
        rx.segmented_control.item(t("My courses"), value="mine"),
        rx.segmented_control.item(t("Public"), value="public"),
        value=MaterialsState.whose,
        on_change=MaterialsState.choose,
        size="3",
        aria_label=t("Whose materials"),
    )


def _list() -> rx.Component:
    return rx.el.div(
        rx.el.p(_found.total_text, aria_live="polite", class_name="total"),
        rx.foreach(MaterialsState.courses, course_materials),
        rx.cond(
            _found.rest_text != "",
            rx.el.div(second_button(_found.rest_text, on_click=MaterialsState.show_more, size="3")),
        ),
        class_name="material-courses",
    )


def _nothing() -> rx.Component:
    not_found = empty(
        "search-x",
        t("No material matches the search"),
        t("Try fewer or other words."),
        second_button(t("Clear the search"), on_click=MaterialsState.load, size="2"),
    )
    none_yet = empty(
        "folder-open",
        t("There are no materials yet"),
        t("When a course you take part in has materials, you find them here."),
        button_link(t("Open the catalogue"), href="/katalogs", size="2"),
    )
    return rx.el.div(rx.cond(_found.has_any, not_found, none_yet), role="status")


def _waiting() -> rx.Component:
    return rx.el.div(
        rx.el.span(t("Loading"), class_name="sr", role="status"),
        *(rx.skeleton(height="132px") for _ in range(3)),
        class_name="material-courses",
        aria_busy="true",
    )
