"""Applications on an institution's account: status chips, approving in the row and in bulk (4.8)."""

import reflex as rx

from mps_app.components.address_bar import address_bar
from mps_app.components.basic import button, button_link, empty, icon_button, mark, second_button, spoken
from mps_app.components.finding import page_steps, search_field
from mps_app.components.words import t
from mps_app.pages.account_dialogs import details_dialog, reason_dialogs
from mps_app.pages.desk import desk
from mps_app.state.account_list import AccountState as State
from mps_app.views.account_list import AccountRow, StandingChip

_page = State.page


def account_list() -> rx.Component:
    """Return the page."""
    return desk(
        address_bar(State.quiet_address),
        rx.el.header(
            rx.el.div(
                rx.heading(t("Enrolments"), as_="h1", size=rx.breakpoints(initial="5", md="6")),
                rx.el.p(t("Approve what employees apply for, and follow how it goes"), class_name="muted"),
            ),
            button_link(t("Enrol employees"), href="/iestade/darbinieki", size="2"),
            class_name="desk-head",
        ),
        rx.el.div(rx.foreach(_page.chips, _chip), class_name="chiprow", role="group", aria_label=t("Standing")),
        rx.el.section(_search(), _list(), _foot(), class_name="panel acct", aria_label=t("Enrolments")),
        _bulk(),
        details_dialog(),
        reason_dialogs(),
        current="/iestade/pieteikumi",
    )


def _chip(chip: rx.Var[StandingChip]) -> rx.Component:
    return rx.el.button(
        chip.label,
        rx.el.b(chip.count),
        type="button",
        aria_pressed=rx.cond(chip.is_on, "true", "false"),
        on_click=State.choose_standing(chip.standing),
        class_name="fl",
    )


def _search() -> rx.Component:
    field = search_field(
        State.query,
        State.search,
        drawn=State.drawn,
        placeholder=t("Search for an employee, unit or course"),
        label=t("Search among applications"),
    )
    return rx.el.div(field, class_name="bar")


def _list() -> rx.Component:
    nothing = empty("clipboard-list", _page.empty_title, _page.empty_text)
    table = rx.el.table(
        rx.el.thead(
            rx.el.tr(
                rx.el.th(_choose_all(), class_name="choose-cell"),
                *map(rx.el.th, (t("Employee"), t("Course"), t("Days"), t("Who applied"))),
                rx.el.th(t("Price"), class_name="num"),
                rx.el.th(t("Status")),
                rx.el.th(spoken(t("What can be done"))),
            )
        ),
        rx.el.tbody(rx.foreach(_page.rows, _row)),
        class_name="roster",
    )
    cards = rx.el.ul(rx.foreach(_page.rows, _card), class_name="acct-cards")
    shown = rx.fragment(rx.el.div(table, class_name="scrollx on-desk"), cards)
    waiting = rx.el.div(*(rx.skeleton(height="24px", margin="9px 12px") for _ in range(6)), aria_busy="true")
    return rx.cond(State.is_loaded, rx.cond(_page.total > 0, shown, nothing), waiting)


def _choose_all() -> rx.Component:
    return rx.el.input(
        type="checkbox",
        checked=State.chosen.length() > 0,
        on_change=State.choose_all,
        aria_label=t("Choose all that wait"),
        class_name="box",
    )


def _tick(row: rx.Var[AccountRow]) -> rx.Component:
    box = rx.el.input(
        type="checkbox",
        checked=State.chosen.contains(row.id),
        on_change=State.choose(row.id),
        aria_label=row.choose_text,
        class_name="box",
    )
    return rx.cond(row.is_to_decide, box, rx.fragment())


def _status(row: rx.Var[AccountRow]) -> rx.Component:
    return rx.el.span(rx.el.i(), row.status_text, class_name=rx.Var.create("st st-") + row.status_class)


def _note(row: rx.Var[AccountRow]) -> rx.Component:
    return rx.cond(row.status_note != "", rx.el.small(row.status_note, class_name="muted"), rx.fragment())


def _days(row: rx.Var[AccountRow]) -> rx.Component:
    return rx.el.span(mark(row.form), row.when_text, class_name="days")


def _row(row: rx.Var[AccountRow]) -> rx.Component:
    return rx.el.tr(
        rx.el.td(_tick(row), class_name="choose-cell"),
        rx.el.th(row.name, rx.el.small(row.unit, class_name="muted"), scope="row"),
        rx.el.td(row.course_title, class_name="what"),
        rx.el.td(_days(row)),
        rx.el.td(row.applied_text, class_name="muted nowrap"),
        rx.el.td(row.price_text, class_name="num nowrap"),
        rx.el.td(_status(row), _note(row)),
        rx.el.td(_acts(row, "1"), class_name="acts-cell"),
        key=row.id.to_string(),
        class_name=rx.cond(State.chosen.contains(row.id), "is-on", ""),
    )


def _acts(row: rx.Var[AccountRow], size: str) -> rx.Component:
    decide = rx.fragment(
        second_button(
            t("Reject"), spoken(rx.Var.create(": ") + row.name), on_click=State.begin_reject(row.id), size=size
        ),
        button(t("Approve"), spoken(rx.Var.create(": ") + row.name), on_click=State.approve(row.id), size=size),
    )
    more = icon_button("ellipsis", row.details_text, on_click=State.open(row.id), size="2", margin="0")
    return rx.el.div(rx.cond(row.is_to_decide, decide, rx.fragment()), more, class_name="row-acts")


def _card(row: rx.Var[AccountRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(_tick(row), rx.el.b(row.name), _status(row), class_name="top-line"),
        rx.el.div(row.course_title),
        rx.el.div(_days(row), rx.el.span(row.price_text), rx.el.span(row.applied_text), class_name="meta"),
        _note(row),
        _acts(row, "2"),
        key=row.id.to_string(),
    )


def _foot() -> rx.Component:
    return rx.el.footer(
        rx.el.span(_page.range_text, class_name="tnum", aria_live="polite"),
        rx.el.div(*page_steps(_page.page, _page.page_count, State.turn_page), class_name="turn"),
        class_name="roster-foot",
    )


def _bulk() -> rx.Component:
    bar = rx.el.div(
        rx.el.span(t("Chosen"), " ", rx.el.b(State.chosen.length()), aria_live="polite", class_name="said"),
        rx.el.button(t("Reject"), type="button", on_click=State.begin_reject(0), class_name="bulk-act"),
        rx.el.button(t("Approve"), type="button", on_click=State.approve_chosen, class_name="bulk-act is-main"),
        class_name="bulk acct-bulk",
        role="region",
        aria_label=t("Chosen"),
    )
    return rx.cond(State.chosen.length() > 0, bar, rx.fragment())
