"""The catalogue: what one types and chooses, and what there is (3.1-3.4)."""

import reflex as rx

from mps_app.components.address_bar import address_bar
from mps_app.components.basic import button, empty, icon, page_heading, route_link
from mps_app.components.course_filters import FilterControls, course_filters, filter_chips, filter_sheet
from mps_app.components.course_row import course_row, course_row_waiting
from mps_app.components.finding import search_field
from mps_app.components.words import t
from mps_app.pages.applying import applying
from mps_app.pages.layout import shell
from mps_app.state.apply import ApplyState
from mps_app.state.catalogue import CatalogueState

_found = CatalogueState.found
_WAITING_ROWS = 6

_controls = FilterControls(
    facets=CatalogueState.facets,
    drawn=CatalogueState.drawn,
    city=CatalogueState.city,
    from_on=CatalogueState.from_on,
    until_on=CatalogueState.until_on,
    only_free_places=CatalogueState.only_free_places,
    shows_all_topics=CatalogueState.shows_all_topics,
    on_choose=CatalogueState.choose,
    on_city=CatalogueState.choose_city,
    on_day=CatalogueState.choose_day,
    on_free_places=CatalogueState.choose_free_places,
    on_topics=CatalogueState.show_topics,
)


def catalogue() -> rx.Component:
    """Return the page."""
    return shell(
        address_bar(CatalogueState.address, visits=CatalogueState.visits),
        _as_data(),
        page_heading(t("Training catalogue")),
        rx.el.div(
            _search_field(),
            filter_sheet(
                _controls, _found, on_clear=CatalogueState.clear_filters, on_closed=CatalogueState.draw_controls
            ),
            class_name="find-row",
        ),
        rx.el.div(
            rx.el.aside(course_filters(_controls), aria_label=t("Filters"), class_name="hide-phone"),
            _results(),
            class_name="cat",
        ),
        applying(CatalogueState.load),
        current="/katalogs",
    )


def _as_data() -> rx.Component:
    """Say where other programs read the same (3.6)."""
    return rx.fragment(
        rx.el.link(rel="alternate", type="application/json", href="/katalogs.json"),
        rx.el.link(rel="alternate", type="text/calendar", href="/katalogs.ics"),
    )


def _search_field() -> rx.Component:
    return search_field(
        CatalogueState.query,
        CatalogueState.search,
        drawn=CatalogueState.drawn,
        placeholder=t("Course or topic"),
        label=t("Search in the catalogue"),
        on_clear=CatalogueState.clear_words,
    )


def _results() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.span(rx.el.b(_found.total_text), aria_live="polite", class_name="total"),
            filter_chips(_found, on_take_off=CatalogueState.take_off),
            _sort(),
            class_name="above",
        ),
        rx.cond(CatalogueState.is_loaded, rx.cond(_found.total > 0, _rows(), _nothing()), _waiting()),
        aria_label=t("Results"),
    )


def _sort() -> rx.Component:
    orders = (("date", "Nearest date"), ("title", "Title"), ("price", "Price, lowest first"), ("newest", "Newest"))
    return rx.el.div(
        rx.el.span(t("Sort:"), class_name="muted hide-s"),
        rx.el.select(
            *(rx.el.option(t(label), value=code) for code, label in orders),
            default_value=CatalogueState.sort,
            key=CatalogueState.drawn.to_string(),
            on_change=CatalogueState.sort_by,
            aria_label=t("Sort"),
            class_name="ghost-select",
        ),
        class_name="sort",
    )


def _rows() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            rx.foreach(CatalogueState.rows, lambda row: course_row(row, on_apply=ApplyState.open)), class_name="panel"
        ),
        rx.cond(_found.page_count > 1, _pages()),
        rx.el.p(
            t(
                "“Apply for the next group” means: no date is known yet, or the group is full. "
                "The school will write to you when you can apply."
            ),
            class_name="muted below",
        ),
    )


def _pages() -> rx.Component:
    def step(address: rx.Var[str], name: str, label: str) -> rx.Component:
        shown = rx.el.span(icon(name), rx.el.span(t(label), class_name="hide-s"))
        return rx.cond(
            address != "", route_link(shown, to=address, aria_label=t(label), class_name="step"), rx.el.span()
        )

    return rx.el.nav(
        step(_found.previous_address, "arrow-left", "Previous page"),
        rx.el.span(_found.page_text, class_name="tnum"),
        step(_found.next_address, "arrow-right", "Next page"),
        aria_label=t("Pages"),
        class_name="pages",
    )


def _nothing() -> rx.Component:
    clear = rx.cond(
        _found.chosen_count > 0, button(t("Remove filters"), on_click=CatalogueState.clear_filters, size="2")
    )
    return rx.el.div(empty("search-x", _found.empty_title, _found.empty_text, clear), class_name="panel")


def _waiting() -> rx.Component:
    return rx.el.div(
        rx.el.span(t("Loading"), class_name="sr", role="status"),
        *(course_row_waiting() for _ in range(_WAITING_ROWS)),
        class_name="panel",
        aria_busy="true",
    )
