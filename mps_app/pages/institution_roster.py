"""The employees of an institution: find, choose, enrol (11.3, 11.4)."""

import reflex as rx

from mps_app.components.address_bar import address_bar
from mps_app.components.basic import button, empty
from mps_app.components.enrol_panel import Enrolment, enrol_panel, enrol_sheet
from mps_app.components.finding import page_steps
from mps_app.components.roster_filters import RosterFilters, roster_bar
from mps_app.components.roster_table import Roster, roster_cards, roster_table
from mps_app.components.words import t
from mps_app.pages.desk import desk
from mps_app.pages.employee_dialogs import employee_buttons, employee_dialogs
from mps_app.state.employees import EmployeesState
from mps_app.state.enrol import EnrolState
from mps_app.state.institution import InstitutionState
from mps_app.state.roster import RosterState

_found, _panel, _desk = RosterState.found, RosterState.panel, InstitutionState.desk
_WAITING_ROWS = 8

_filters = RosterFilters(
    controls=RosterState.controls,
    choices=RosterState.choices,
    columns=RosterState.columns,
    drawn=RosterState.drawn,
    more_count=RosterState.more_count,
    export_address=RosterState.export_address,
    export_all_address=RosterState.export_all_address,
    on_search=RosterState.search,
    on_value=RosterState.choose_value,
    on_training=RosterState.choose_training,
    on_day=RosterState.choose_day,
    on_hours=RosterState.choose_hours,
    on_mandatory=RosterState.choose_mandatory,
    on_column=RosterState.show_column,
    on_clear=RosterState.clear_filters,
)

_enrolment = Enrolment(
    panel=_panel,
    options=EnrolState.options,
    receipt=EnrolState.receipt,
    course_id=RosterState.course_id,
    group_id=RosterState.group_id,
    on_course=EnrolState.choose_course,
    on_group=EnrolState.choose_group,
    on_mode=EnrolState.choose_mode,
    on_leave_out=EnrolState.leave_out,
    on_confirm=EnrolState.confirm,
    on_undo=EnrolState.undo,
    on_go_on=EnrolState.go_on,
)


def institution_roster() -> rx.Component:
    """Return the page."""
    return desk(
        address_bar(RosterState.address, visits=RosterState.visits),
        _head(),
        rx.el.div(_employees(), enrol_panel(_enrolment), class_name="ros"),
        enrol_sheet(_enrolment, EnrolState.is_sheet_open, RosterState.chosen_count, on_open=EnrolState.show_sheet),
        employee_dialogs(),
        current="/iestade/darbinieki",
    )


def _head() -> rx.Component:
    return rx.el.header(
        rx.el.div(
            rx.heading(t("Employees"), as_="h1", size=rx.breakpoints(initial="5", md="6")),
            rx.el.p(_desk.name, rx.cond(_desk.name != "", ", ", ""), _found.total_text, class_name="muted"),
        ),
        employee_buttons(),
        class_name="desk-head",
    )


def _employees() -> rx.Component:
    roster = Roster(
        rows=RosterState.rows,
        columns=RosterState.columns,
        sort=RosterState.sort,
        is_descending=RosterState.is_descending,
        chosen_here=RosterState.chosen_here,
        at=RosterState.at,
        group_text=_panel.group_text.split(",")[0],
        label=t("Employees"),
        on_sort=RosterState.sort_by,
        on_toggle=RosterState.toggle,
        on_toggle_page=RosterState.toggle_page,
        on_key=RosterState.key,
        on_open=EmployeesState.open_change,
    )
    shown = rx.cond(
        _found.found > 0,
        rx.fragment(rx.el.div(roster_table(roster), class_name="scrollx on-desk"), roster_cards(roster)),
        _nobody(),
    )
    return rx.el.section(
        roster_bar(_filters),
        rx.cond(RosterState.is_loaded, shown, _waiting()),
        _foot(),
        aria_label=t("Employees"),
        class_name="panel",
    )


def _nobody() -> rx.Component:
    back = rx.cond(_found.total > 0, button(t("Remove filters"), on_click=RosterState.clear_filters, size="2"))
    return empty("users", _found.empty_title, _found.empty_text, back)


def _waiting() -> rx.Component:
    return rx.el.div(
        rx.el.span(t("Loading"), class_name="sr", role="status"),
        *(rx.skeleton(height="24px", margin="9px 12px") for _ in range(_WAITING_ROWS)),
        aria_busy="true",
    )


def _foot() -> rx.Component:
    chosen = rx.el.span(
        t("Chosen"), " ", rx.el.b(RosterState.chosen_count), " ", t("of"), " ", _found.total, aria_live="polite"
    )
    none = rx.el.button(t("Choose nobody"), type="button", on_click=RosterState.choose_nobody, class_name="a")
    found = rx.cond(_found.found != _found.total, rx.el.span(_found.found_text, class_name="hide-s"))

    return rx.el.footer(
        rx.el.div(chosen, rx.cond(RosterState.chosen_count > 0, none), class_name="chosen"),
        rx.el.div(
            found,
            rx.el.span(_found.range_text, class_name="tnum"),
            *page_steps(_found.page, _found.page_count, RosterState.turn_page),
            class_name="turn",
        ),
        class_name="roster-foot",
    )
