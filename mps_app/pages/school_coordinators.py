"""The school decides who coordinates institutions (11.1)."""

import reflex as rx

from mps_app.components.basic import (
    button,
    page_heading,
    second_button,
    spoken,
    status,
)
from mps_app.components.ending import reason_dialog
from mps_app.components.finding import search_field
from mps_app.components.in_browser import RETURNS_FOCUS
from mps_app.components.requisite_fields import address_fields, one_field
from mps_app.components.words import t
from mps_app.pages.layout import shell
from mps_app.state.school_coordinators import SchoolCoordinatorsState as State
from mps_app.views.coordinators import NominationCard, StandingRow


def school_coordinators() -> rx.Component:
    """Return the page."""
    return shell(
        page_heading(t("Coordinators of institutions"), t("Institutions nominate, the school confirms.")),
        rx.cond(State.is_loaded, _loaded(), rx.skeleton(height="320px", width="100%")),
        current="/skola/koordinatori",
    )


def _loaded() -> rx.Component:
    none = rx.el.p(t("No nomination waits."), class_name="desk-say")
    return rx.el.div(
        rx.el.section(
            rx.el.header(rx.heading(t("To decide"), as_="h2", size="3")),
            rx.cond(
                State.waiting.length() > 0,
                rx.el.ul(rx.foreach(State.waiting, _card), class_name="desk-rows"),
                none,
            ),
            class_name="panel",
        ),
        _standing(),
        _confirm_dialog(),
        _refuse_dialog(),
        _end_dialog(),
        class_name="desk-parts",
    )


def _card(card: rx.Var[NominationCard]) -> rx.Component:
    about = [
        (t("Document: {document}", document=card.document_text), card.document_text != ""),
        (card.nominated_text, card.nominated_text != ""),
        (card.deputy_text, card.deputy_text != ""),
    ]
    acts = rx.el.div(
        second_button(
            t("Refuse"), spoken(rx.Var.create(" ") + card.person_name), on_click=State.begin_refuse(card.id), size="2"
        ),
        rx.cond(
            card.obstacle == "",
            button(
                t("Confirm"), spoken(rx.Var.create(" ") + card.person_name), on_click=State.begin_confirm(card.id),
                size="2",
            ),
            rx.fragment(),
        ),
        class_name="acts",
    )  # fmt: skip
    return rx.el.li(
        rx.el.div(
            rx.el.div(rx.el.b(card.person_name), rx.el.span(card.code_text, class_name="muted tnum"), class_name="who"),
            rx.el.div(
                card.institution_name, rx.el.span(card.institution_number, class_name="muted tnum"), class_name="who"
            ),
            *(rx.cond(shown, rx.el.div(words, class_name="muted tnum"), rx.fragment()) for words, shown in about),
            rx.el.div(card.days_text, class_name="muted tnum"),
            _marks(card),
        ),
        acts,
        key=card.id.to_string(),
    )


def _marks(card: rx.Var[NominationCard]) -> rx.Component:
    """Return what the school should look at before it decides."""
    return rx.el.div(
        rx.cond(card.is_new, status("warn", t("The school does not know this institution yet")), rx.fragment()),
        rx.cond(card.asked_name != "", status("warn", t("Asked as: {name}", name=card.asked_name)), rx.fragment()),
        rx.cond(
            card.is_employee,
            status("ok", t("Is in the list of employees")),
            status("none", t("Is not in the list of employees")),
        ),
        rx.cond(card.obstacle != "", status("warn", card.obstacle), rx.fragment()),
        class_name="marks",
    )


def _standing() -> rx.Component:
    search = search_field(
        State.words,
        State.search,
        placeholder=t("Name, institution, number"),
        label=t("Search the coordinators"),
        look="desk-find",
    )
    more = rx.el.p(t("More were found than are shown. Search more exactly."), class_name="desk-say")
    return rx.el.section(
        rx.el.header(
            rx.heading(t("Coordinating now"), as_="h2", size="3"),
            rx.el.span(State.standing.count, class_name="muted tnum", role="status"),
            search,
            class_name="with-find",
        ),
        rx.cond(
            State.standing.rows.length() > 0,
            rx.el.ul(rx.foreach(State.standing.rows, _standing_row), class_name="desk-rows"),
            rx.el.p(t("Nobody was found."), class_name="desk-say"),
        ),
        rx.cond(State.standing.count > State.standing.rows.length(), more, rx.fragment()),
        class_name="panel",
    )


def _standing_row(row: rx.Var[StandingRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(rx.el.b(row.person_name), class_name="who"),
            rx.el.div(
                row.institution_name, rx.el.span(row.institution_number, class_name="muted tnum"), class_name="who"
            ),
            rx.el.div(row.days_text, ", ", row.document_text, class_name="muted tnum"),
        ),
        second_button(
            t("End"), spoken(rx.Var.create(" ") + row.person_name), on_click=State.begin_end(row.id), size="1"
        ),
        key=row.id.to_string(),
    )


def _confirm_dialog() -> rx.Component:
    card = State.confirming
    new = rx.el.div(
        rx.el.p(
            t("The school does not know this institution yet. Compare with the register and correct what is wrong."),
            class_name="whole-row muted",
        ),
        rx.el.div(
            one_field("name", t("Name of the institution"), State.fields, State.problems, "confirm", max_length=200),
            class_name="whole-row",
        ),
        *address_fields(State.fields, State.problems, "confirm"),
        class_name="desk-form flush",
    )
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title(t("Confirm the coordinator?")),
            rx.dialog.description(
                t("{name} will see the employees and applications of: ", name=card.person_name),
                rx.el.b(card.institution_name), " (", card.institution_number, ").", size="3",
            ),
            rx.el.form(
                rx.cond(card.is_new, new, rx.fragment()),
                rx.el.div(
                    rx.dialog.close(second_button(t("Cancel"), type="button", size="3")),
                    button(t("Confirm"), type="submit", size="3"),
                    class_name="profile-acts",
                ),
                on_submit=State.confirm,
                reset_on_submit=False,
                no_validate=True,
                class_name="reason-form",
            ),
            max_width="520px", custom_attrs=RETURNS_FOCUS,
        ),
        open=card.id > 0,
        on_open_change=State.leave,
    )  # fmt: skip


def _refuse_dialog() -> rx.Component:
    card = State.refusing
    return reason_dialog(
        "refuse",
        card.id > 0,
        t("Refuse the nomination?"),
        t("{name} can read the reason.", name=card.person_name),
        t("Refuse"),
        problem=State.problem,
        on_close=State.leave,
        on_submit=State.refuse,
        label=t("Reason"),
        hint=t("For example: the order is signed by somebody without the right to."),
    )


def _end_dialog() -> rx.Component:
    row = State.ending
    last = t("Nobody else speaks for the institution. Nobody could enrol employees or approve applications any more.")
    return reason_dialog(
        "end",
        row.id > 0,
        t("End the coordination?"),
        t("{name} loses the rights of a coordinator at once, in every open window.", name=row.person_name),
        t("End now"),
        problem=State.problem,
        on_close=State.leave,
        on_submit=State.end,
        label=t("Document or reason"),
        hint=t("For example: order No. 1-5/40, 12.11.2026."),
        warning=rx.cond(row.is_last, last, ""),
    )
