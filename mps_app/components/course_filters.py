"""The filters of the catalogue: beside the list on a desk, in a sheet on a phone."""

from collections.abc import Callable
from dataclasses import dataclass

import reflex as rx
from reflex_components_radix.themes.components.checkbox import Checkbox

from mps_app.components.basic import button, icon, icon_button, mark, second_button
from mps_app.components.in_browser import RETURNS_FOCUS
from mps_app.components.words import t
from mps_app.views.catalogue import CatalogueFacets, CatalogueFound, Chip, FacetOption

_FIRST_TOPICS = 6


@dataclass(frozen=True, slots=True)
class FilterControls:
    """Where the controls stand, and what is called when they are moved."""

    facets: rx.Var[CatalogueFacets]
    drawn: rx.Var[int]
    city: rx.Var[str]
    from_on: rx.Var[str]
    until_on: rx.Var[str]
    only_free_places: rx.Var[bool]
    shows_all_topics: rx.Var[bool]
    on_choose: rx.EventHandler
    on_city: rx.EventHandler
    on_day: rx.EventHandler
    on_free_places: rx.EventHandler
    on_topics: rx.EventHandler


def course_filters(controls: FilterControls) -> rx.Component:
    """Return all filters; the same in both places."""
    facets = controls.facets
    return rx.el.div(
        rx.el.label(
            rx.el.span(t("Places left"), style={"fontWeight": "600"}),
            rx.switch(
                default_checked=controls.only_free_places,
                on_change=controls.on_free_places,
                key="free" + controls.drawn.to_string(),
            ),
            class_name="opt wide",
        ),
        _options(t("Form"), "formats", facets.formats, controls),
        _topics(controls),
        _days(controls),
        _cities(controls),
        _options(t("Price"), "prices", facets.prices, controls),
        _options(t("Language"), "languages", facets.languages, controls),
        class_name="filters",
    )


def _options(
    title: rx.Var[str], facet: str, options: rx.Var[list[FacetOption]], controls: FilterControls
) -> rx.Component:
    def one(option: rx.Var[FacetOption]) -> rx.Component:
        return _option(facet, option, controls)

    group = rx.el.fieldset(rx.el.legend(title), rx.foreach(options, one))
    return rx.cond(options.length() > 0, group)


def _option(facet: str, option: rx.Var[FacetOption], controls: FilterControls) -> rx.Component:
    return rx.el.label(
        Checkbox.create(
            default_checked=option.is_on,
            on_change=lambda is_on: controls.on_choose(facet, option.code, is_on),
            size="2",
        ),
        rx.cond(option.form != "", mark(option.form)),
        rx.el.span(option.label),
        rx.el.span(option.count, class_name="n"),
        class_name="opt",
        key=option.code + controls.drawn.to_string(),
    )


def _topics(controls: FilterControls) -> rx.Component:
    topics = controls.facets.topics

    def one(option: rx.Var[FacetOption]) -> rx.Component:
        return rx.cond(option.is_first | controls.shows_all_topics, _option("topics", option, controls))

    more = rx.cond(controls.shows_all_topics, t("Show fewer topics"), t("Show all topics"))
    return rx.cond(
        topics.length() > 0,
        rx.el.fieldset(
            rx.el.legend(t("Topic")),
            rx.foreach(topics, one),
            rx.cond(
                topics.length() > _FIRST_TOPICS,
                rx.el.button(
                    more, " (", topics.length(), ")", type="button", on_click=controls.on_topics, class_name="a more"
                ),
            ),
        ),
    )


def _days(controls: FilterControls) -> rx.Component:
    def day(end: str, value: rx.Var[str], label: rx.Var[str]) -> rx.Component:
        return rx.el.input(
            type="date",
            default_value=value,
            aria_label=label,
            on_change=lambda day: controls.on_day(end, day),
            key=end + controls.drawn.to_string(),
            class_name="control small",
        )

    return rx.el.fieldset(
        rx.el.legend(t("Dates")),
        rx.el.div(
            day("from_on", controls.from_on, t("From day")), day("until_on", controls.until_on, t("To day")),
            class_name="two",
        ),
    )  # fmt: skip


def _cities(controls: FilterControls) -> rx.Component:
    cities = controls.facets.cities

    def one(option: rx.Var[FacetOption]) -> rx.Component:
        return rx.el.option(option.label, " (", option.count, ")", value=option.code)

    choice = rx.el.select(
        rx.el.option(t("All of Latvia"), value=""),
        rx.foreach(cities, one),
        default_value=controls.city,
        on_change=controls.on_city,
        aria_label=t("Place"),
        key="city" + controls.drawn.to_string(),
        class_name="control small",
    )
    return rx.cond(cities.length() > 0, rx.el.fieldset(rx.el.legend(t("Place")), choice))


def filter_chips(found: rx.Var[CatalogueFound], *, on_take_off: rx.EventHandler) -> rx.Component:
    """Return what is filtered by, each to be taken off by itself."""

    def one(chip: rx.Var[Chip]) -> rx.Component:
        return rx.el.button(
            chip.label,
            icon("x", 20),
            type="button",
            aria_label=chip.remove_text,
            on_click=on_take_off(chip.field, chip.code),
            class_name="chip",
        )

    return rx.el.div(rx.foreach(found.chips, one), class_name="chips hide-s")


def filter_sheet(
    controls: FilterControls, found: rx.Var[CatalogueFound], *, on_clear: rx.EventHandler, on_closed: rx.EventHandler
) -> rx.Component:
    """Return the phone's button and the sheet that it opens from the bottom."""
    count = rx.cond(
        found.chosen_count > 0,
        rx.badge(found.chosen_count, color_scheme="ruby", variant="solid", radius="full", size="1"),
    )
    closes: Callable[[rx.Component], rx.Component] = rx.dialog.close
    return rx.dialog.root(
        rx.dialog.trigger(
            second_button(icon("sliders-horizontal"), t("Filters"), count, size="3", class_name="only-phone")
        ),
        rx.dialog.content(
            rx.el.header(
                rx.dialog.title(t("Filters"), size="4", margin="0"), closes(icon_button("x", t("Close the filters"))),
            ),
            rx.el.div(course_filters(controls), class_name="sheet-body"),
            rx.el.footer(
                second_button(t("Clear"), on_click=on_clear, size="3"),
                closes(button(found.show_text, size="3", style={"flex": "1"})),
            ),
            aria_describedby="",
            class_name="sheet", custom_attrs=RETURNS_FOCUS,
        ),
        on_open_change=on_closed,
    )  # fmt: skip
