"""The employees as a table on a desk and as cards on a phone, to be chosen by mouse, finger and keys (11.4)."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.vars import ObjectVar
from reflex.vars.function import ArgsFunctionOperation

from mps_app.components.basic import status
from mps_app.components.in_browser import call
from mps_app.components.words import t
from mps_app.views.rosters import RosterRow

_HEADS = (
    ("position", "Position", ""),
    ("unit", "Unit", ""),
    ("email", "Work e-mail", ""),
    ("hours", "Hours", "num"),
    ("last", "Last", ""),
    ("mandatory", "Mandatory", ""),
)
_UNSORTED = ("email", "mandatory")


@dataclass(frozen=True, slots=True)
class Roster:
    """What the table shows, and what is called when somebody is chosen or the order changed."""

    rows: rx.Var[list[RosterRow]]
    columns: rx.Var[list[str]]
    sort: rx.Var[str]
    is_descending: rx.Var[bool]
    chosen_here: rx.Var[str]
    at: rx.Var[int]
    group_text: rx.Var[str]
    label: rx.Var[str]
    on_sort: rx.EventHandler
    on_toggle: rx.EventHandler
    on_toggle_page: rx.EventHandler
    on_key: rx.EventHandler
    on_open: rx.EventHandler


@dataclass
class _Target:
    value: str


@dataclass
class _RowEvent:
    key: str
    target: _Target
    shiftKey: bool  # noqa: N815  # the browser's names
    ctrlKey: bool  # noqa: N815


def _press(e: ObjectVar[_RowEvent]) -> tuple[rx.Var[str], rx.Var[bool]]:
    return e.target.value.to(str), e.shiftKey.to(bool)


def _key(e: ObjectVar[_RowEvent]) -> tuple[rx.Var[str], rx.Var[str], rx.Var[bool], rx.Var[bool]]:
    return e.key.to(str), e.target.value.to(str), e.shiftKey.to(bool), e.ctrlKey.to(bool)


class _Box(rx.el.Input):
    """A checkbox that tells which row it is of, and whether Shift was held."""

    on_click: rx.EventHandler[_press]


class _Rows(rx.el.Table):
    """A table with keys; they come from the checkbox of a row."""

    on_key_down: rx.EventHandler[_key]


def roster_table(roster: Roster) -> rx.Component:
    """Return the table: a name heads its row, a button each column that sorts."""

    def ours(key: rx.Var[str], row: rx.Var[str], shift: rx.Var[bool], control: rx.Var[bool]) -> rx.Var[Any]:
        # Only our keys are taken: the others are the browser's and the screen reader's.
        is_arrow = rx.Var.create(["ArrowDown", "ArrowUp"]).contains(key)
        mine = (shift & is_arrow) | (control & (key.lower() == "a"))
        return rx.cond(mine, roster.on_key(key, row).prevent_default, rx.noop())

    return _Rows.create(
        rx.el.caption(roster.label, class_name="sr"),
        rx.el.thead(
            rx.el.tr(
                rx.el.th(_page_box(roster), scope="col", class_name="box"),
                _head(roster, "name", "Name", ""),
                *(_column(roster, name, _head(roster, name, label, look)) for name, label, look in _HEADS),
                rx.cond(roster.group_text != "", rx.el.th(t("Group"), " ", roster.group_text, scope="col")),
            )
        ),
        rx.el.tbody(
            rx.foreach(roster.rows, lambda row, at: _row(roster, row, at)), custom_attrs={"onKeyDown": _step()}
        ),
        class_name="roster",
        on_key_down=ours,
    )


def _step() -> rx.Var[Any]:
    """Move the focus to the checkbox of the next row, or the one before, without asking anybody."""
    event: ObjectVar[dict[str, Any]] = rx.Var("e").to(ObjectVar)
    row = call(event["target"], "closest", "tr").to(ObjectVar)
    there = rx.cond(event["key"].to(str) == "ArrowDown", row["nextElementSibling"], row["previousElementSibling"])
    is_arrow = rx.Var.create(["ArrowDown", "ArrowUp"]).contains(event["key"].to(str))
    go = rx.Var.create([call(call(there, "querySelector", "input"), "focus"), call(event, "preventDefault")])
    return ArgsFunctionOperation.create(("e",), rx.cond(is_arrow & there.bool(), go, None))


def _column(roster: Roster, name: str, cell: rx.Component) -> rx.Component:
    return rx.cond(roster.columns.contains(name), cell)


def _head(roster: Roster, name: str, label: str, look: str) -> rx.Component:
    if name in _UNSORTED:
        return rx.el.th(t(label), scope="col", class_name=look)
    is_sorted = roster.sort == name
    direction = rx.cond(roster.is_descending, "descending", "ascending")
    return rx.el.th(
        rx.el.button(
            t(label),
            rx.cond(is_sorted, rx.el.span(rx.cond(roster.is_descending, "↓", "↑"), aria_hidden="true")),
            type="button",
            on_click=roster.on_sort(name),
        ),
        scope="col",
        class_name=look,
        aria_sort=rx.cond(is_sorted, direction, "none"),
    )


def _page_box(roster: Roster) -> rx.Component:
    return rx.el.input(
        type="checkbox",
        checked=roster.chosen_here == "true",
        on_change=lambda _value: roster.on_toggle_page(),
        aria_label=t("Choose everybody on this page"),
        class_name=rx.cond(roster.chosen_here == "mixed", "box mixed", "box"),
    )


def _box(roster: Roster, row: rx.Var[RosterRow], at: rx.Var[int], *, tab_index: rx.Var[int] | int) -> rx.Component:
    return _Box.create(
        type="checkbox",
        checked=row.is_chosen,
        read_only=True,
        value=at.to_string(),
        on_click=roster.on_toggle,
        aria_label=row.choose_text,
        tab_index=tab_index,
        class_name="box",
    )


def _row(roster: Roster, row: rx.Var[RosterRow], at: rx.Var[int]) -> rx.Component:
    cells = {
        "position": rx.el.td(row.position, title=row.position, class_name="muted ell"),
        "unit": rx.el.td(row.unit, title=row.unit, class_name="muted ell"),
        "email": rx.el.td(row.email, title=row.email, class_name="muted ell"),
        "hours": rx.el.td(row.hours, class_name=rx.cond(row.hours == 0, "num none", "num")),
        "last": rx.el.td(row.last_text, class_name="muted nowrap"),
        "mandatory": rx.el.td(status(rx.cond(row.lacks_mandatory, "warn", "ok"), row.mandatory_text)),
    }
    return rx.el.tr(
        rx.el.td(_box(roster, row, at, tab_index=rx.cond(roster.at == at, 0, -1)), class_name="box"),
        rx.el.th(_name(roster, row, at, rx.cond(roster.at == at, 0, -1)), scope="row", class_name="nowrap"),
        *(_column(roster, name, cell) for name, cell in cells.items()),
        rx.cond(roster.group_text != "", rx.el.td(_standing(row))),
        class_name=rx.cond(row.is_chosen, "is-on", ""),
        key=row.person_id.to_string(),
    )


def _name(roster: Roster, row: rx.Var[RosterRow], at: rx.Var[int], tab_index: rx.Var[int] | int) -> rx.Component:
    """Return the name, which opens what the institution keeps of the employee."""
    return rx.el.button(
        row.name,
        type="button",
        value=at.to_string(),
        on_click=roster.on_open(row.employment_id),
        tab_index=tab_index,
        class_name="emp-name",
    )


def _standing(row: rx.Var[RosterRow]) -> rx.Component:
    return rx.cond(row.standing_text != "", status(row.standing, row.standing_text))


def roster_cards(roster: Roster) -> rx.Component:
    """Return the same employees as cards, for phones."""

    def card(row: rx.Var[RosterRow], at: rx.Var[int]) -> rx.Component:
        return rx.el.label(
            _box(roster, row, at, tab_index=0),
            rx.el.span(_name(roster, row, at, 0), rx.el.small(row.under_text, class_name="ell"), class_name="who"),
            rx.cond(
                roster.group_text != "",
                rx.el.span(_standing(row)),
                rx.el.span(row.hours, " ", t("h"), class_name="muted tnum"),
            ),
            class_name=rx.cond(row.is_chosen, "emp is-on", "emp"),
            key=row.person_id.to_string(),
        )

    return rx.el.div(rx.foreach(roster.rows, card), role="group", aria_label=roster.label, class_name="roster-cards")
