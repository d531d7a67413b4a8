"""What pages of an institution place to keep its employees: the buttons of a page's head, and the dialogs (11.2)."""

import reflex as rx

from mps_app.components.basic import button, icon, route_link, second_button
from mps_app.components.employee_dialogs import add_dialog, change_dialog, end_dialog
from mps_app.components.words import t
from mps_app.state.employees import EmployeesState as State


def employee_buttons() -> rx.Component:
    """Return the ways to new employees, for the head of the roster."""
    by_list = route_link(icon("upload", 16), t("Load a list"), to="/iestade/darbinieki/imports")
    return rx.el.div(
        second_button(by_list, as_child=True, size="2"),
        button(icon("user-plus", 16), t("Add"), on_click=State.open_add, size="2"),
        class_name="desk-acts",
    )


def add_employee_dialog() -> rx.Component:
    """Return the dialog that ``State.open_add`` opens."""
    return add_dialog(
        State.is_adding,
        State.new,
        State.problems,
        State.problem,
        drawn=State.drawn,
        on_submit=State.add,
        on_close=State.close,
    )


def change_employee_dialog() -> rx.Component:
    """Return the dialog that ``State.open_change(employment_id)`` opens."""
    return change_dialog(
        State.card,
        State.problems,
        State.problem,
        drawn=State.drawn,
        on_submit=State.change,
        on_end=State.open_end,
        on_close=State.close,
    )


def end_employment_dialog() -> rx.Component:
    """Return the dialog that ``State.open_end(employment_id)`` opens."""
    return end_dialog(
        State.ending,
        State.problems,
        State.problem,
        on_day=State.choose_day,
        on_end=State.end,
        on_close=State.close,
    )


def employee_dialogs() -> rx.Component:
    """Return all three."""
    return rx.fragment(add_employee_dialog(), change_employee_dialog(), end_employment_dialog())
