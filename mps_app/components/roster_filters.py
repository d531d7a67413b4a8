"""The filters of the roster: those used daily in the bar, the others behind a button (11.4)."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from mps_app.components.basic import icon, quiet_button, second_button
from mps_app.components.finding import search_field
from mps_app.components.words import t
from mps_app.views.rosters import RosterChoices, RosterControls, RosterOption

_COLUMNS = (
    ("position", "Position"),
    ("unit", "Unit"),
    ("email", "Work e-mail"),
    ("hours", "Hours in 12 months"),
    ("last", "Last training"),
    ("mandatory", "Mandatory training"),
)


@dataclass(frozen=True, slots=True)
class RosterFilters:
    """Where the controls stand, and what is called when they are moved."""

    controls: rx.Var[RosterControls]
    choices: rx.Var[RosterChoices]
    columns: rx.Var[list[str]]
    drawn: rx.Var[int]
    more_count: rx.Var[int]
    export_address: rx.Var[str]
    export_all_address: rx.Var[str]
    on_search: rx.EventHandler
    on_value: rx.EventHandler
    on_training: rx.EventHandler
    on_day: rx.EventHandler
    on_hours: rx.EventHandler
    on_mandatory: rx.EventHandler
    on_column: rx.EventHandler
    on_clear: rx.EventHandler


def roster_bar(filters: RosterFilters) -> rx.Component:
    """Return the bar above the table."""
    controls, choices = filters.controls, filters.choices
    return rx.el.div(
        _search(filters),
        _select(filters, "unit", controls.unit, choices.units, ("All units", "Unit")),
        rx.el.div(
            _select(
                filters, "status", controls.status, choices.statuses, ("All statuses", "Status of the application")
            ),
            class_name="hide-phone",
        ),
        _more(filters),
        _view(filters),
        class_name="bar",
    )


def _search(filters: RosterFilters) -> rx.Component:
    return search_field(
        filters.controls.query,
        filters.on_search,
        drawn=filters.drawn,
        placeholder=t("Search for an employee or position"),
        label=t("Search among employees"),
    )


def _options(options: rx.Var[list[RosterOption]]) -> rx.Component:
    return rx.foreach(options, lambda one: rx.el.option(one.label, value=one.value))


def _select(
    filters: RosterFilters,
    name: str,
    value: rx.Var[str],
    options: rx.Var[list[RosterOption]],
    words: tuple[str, str],
) -> rx.Component:
    """Return a list to filter by; it stands anew when its options have come."""
    return rx.el.select(
        rx.el.option(t(words[0]), value=""),
        _options(options),
        default_value=value,
        key=name + filters.drawn.to_string() + "-" + options.length().to_string(),
        on_change=lambda chosen: filters.on_value(name, chosen),
        aria_label=t(words[1]),
        class_name="control small",
    )


def _more(filters: RosterFilters) -> rx.Component:
    controls, choices = filters.controls, filters.choices
    count = rx.cond(filters.more_count > 0, rx.el.b(filters.more_count, class_name="count"))
    group = _training(filters, "group_id", controls.group_id, choices.groups)
    position = _plain(
        filters, "position", controls.position, choices.positions, lambda one: filters.on_value("position", one)
    )
    body = rx.el.div(
        _labelled("Position", position),
        rx.el.div(
            _labelled(
                "Status of the application",
                _plain(
                    filters, "status", controls.status, choices.statuses, lambda one: filters.on_value("status", one)
                ),
            ),
            class_name="only-phone",
        ),
        _labelled("Applied to the course", _training(filters, "course_id", controls.course_id, choices.courses)),
        rx.cond(choices.groups.length() > 0, _labelled("Group", group)),
        _days(filters),
        _labelled(
            "Hours in 12 months", _plain(filters, "hours", controls.hours_below, choices.hours, filters.on_hours)
        ),
        _mandatory(filters),
        quiet_button(t("Remove filters"), on_click=filters.on_clear, size="2", margin="0"),
        class_name="more-filters",
    )
    return _popover(second_button(icon("sliders-horizontal", 16), t("Filters"), count, size="2"), body, "Filters")


def _plain(
    filters: RosterFilters,
    name: str,
    value: rx.Var[str],
    options: rx.Var[list[RosterOption]],
    on_change: Any,  # Any: Reflex's event types
) -> rx.Component:
    return rx.el.select(
        rx.el.option(t("Any"), value=""),
        _options(options),
        default_value=value,
        key=name + filters.drawn.to_string() + "-" + options.length().to_string(),
        on_change=on_change,
        class_name="control small",
    )


def _training(
    filters: RosterFilters, name: str, value: rx.Var[str], options: rx.Var[list[RosterOption]]
) -> rx.Component:
    return _plain(filters, name, value, options, lambda one: filters.on_training(name, one))


def _days(filters: RosterFilters) -> rx.Component:
    def day(end: str, value: rx.Var[str], label: str) -> rx.Component:
        return rx.el.input(
            type="date",
            default_value=value,
            key=end + filters.drawn.to_string(),
            on_change=lambda one: filters.on_day(end, one),
            aria_label=t(label),
            class_name="control small",
        )

    return rx.el.fieldset(
        rx.el.legend(t("Training between")),
        rx.el.div(
            day("from_on", filters.controls.from_on, "From day"),
            day("until_on", filters.controls.until_on, "To day"),
            class_name="two",
        ),
    )


def _mandatory(filters: RosterFilters) -> rx.Component:
    return rx.el.label(
        rx.switch(
            default_checked=filters.controls.lacks_mandatory,
            key="mandatory" + filters.drawn.to_string(),
            on_change=filters.on_mandatory,
            size="1",
        ),
        rx.el.span(t("Mandatory training is missing")),
        class_name="opt",
    )


def _labelled(label: str, control: rx.Component) -> rx.Component:
    return rx.el.label(rx.el.span(t(label)), control, class_name="labelled")


def _view(filters: RosterFilters) -> rx.Component:
    """Return which columns are shown, and the spreadsheets."""

    def column(name: str, label: str) -> rx.Component:
        return rx.el.label(
            rx.el.input(
                type="checkbox",
                checked=filters.columns.contains(name),
                on_change=lambda is_on: filters.on_column(name, is_on.to(bool)),
                class_name="box",
            ),
            rx.el.span(t(label)),
            class_name="opt",
        )

    def sheet(address: rx.Var[str], label: str) -> rx.Component:
        return rx.el.a(icon("download", 16), t(label), href=address, reload_document=True, class_name="opt a-plain")

    body = rx.el.div(
        rx.el.fieldset(rx.el.legend(t("Columns")), *(column(*one) for one in _COLUMNS)),
        rx.el.fieldset(
            rx.el.legend(t("Spreadsheet (XLSX)")),
            sheet(filters.export_address, "Those shown"),
            sheet(filters.export_all_address, "All employees"),
        ),
        class_name="more-filters",
    )
    return _popover(second_button(icon("columns-3", 16), t("View"), size="2", class_name="hide-s"), body, "View")


def _popover(button: rx.Component, body: rx.Component, label: str) -> rx.Component:
    return rx.popover.root(
        rx.popover.trigger(button),
        rx.popover.content(body, width="300px", max_width="calc(100vw - 24px)", size="2", aria_label=t(label)),
    )
