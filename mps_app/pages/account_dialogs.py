"""One application on the institution's account in a dialog: its history, replacing, cancelling (4.7)."""

import reflex as rx

from mps_app.components.basic import button, icon, icon_button, note, second_button
from mps_app.components.ending import reason_dialog
from mps_app.components.in_browser import RETURNS_FOCUS
from mps_app.components.words import t
from mps_app.state.account_list import AccountState as State
from mps_app.views.account_list import Colleague, HistoryLine

_one = State.details
_TYPING_PAUSE_MILLISECONDS = 250


def details_dialog() -> rx.Component:
    """Return the dialog of the application that is looked at."""
    return rx.dialog.root(
        rx.dialog.content(
            rx.el.div(
                rx.dialog.title(_one.name, size="5", margin="0"),
                rx.dialog.close(icon_button("x", t("Close"), size="2", margin="0")),
                class_name="dialog-top",
            ),
            rx.dialog.description(_one.under_text, size="2", class_name="muted"),
            _facts(),
            _decide(),
            _replace(),
            _cancel(),
            rx.el.section(
                rx.heading(t("What has happened"), as_="h2", size="3"),
                rx.el.ol(rx.foreach(_one.history, _line), class_name="history"),
                class_name="dialog-part",
            ),
            max_width="620px",
            class_name="acct-dialog",
            custom_attrs=RETURNS_FOCUS,
        ),
        open=_one.id > 0,
        on_open_change=State.close,
    )


def _facts() -> rx.Component:
    status = rx.el.span(rx.el.i(), _one.status_text, class_name=rx.Var.create("st st-") + _one.status_class)
    return rx.el.div(
        rx.el.b(_one.course_title),
        rx.el.span(_one.when_text),
        rx.cond(_one.group_code != "", rx.el.span(t("Group"), " ", _one.group_code, class_name="muted"), rx.fragment()),
        rx.el.span(_one.price_text, class_name="muted"),
        rx.el.span(status, " ", rx.el.span(_one.status_note, class_name="muted")),
        class_name="dialog-facts",
    )


def _decide() -> rx.Component:
    acts = rx.el.div(
        second_button(t("Reject"), on_click=State.begin_reject(_one.id), size="2"),
        button(t("Approve"), on_click=State.approve(_one.id), size="2"),
        class_name="row-acts",
    )
    return rx.cond(_one.is_to_decide, acts, rx.fragment())


def _replace() -> rx.Component:
    search = rx.el.div(
        rx.el.label(t("Let a colleague take the place"), html_for="colleague"),
        rx.el.input(
            id="colleague",
            type="search",
            key="colleague" + State.drawn.to_string(),
            on_change=State.search_colleague.debounce(_TYPING_PAUSE_MILLISECONDS),
            placeholder=t("Name of the colleague"),
            auto_complete="off",
            max_length=80,
            class_name="control small",
        ),
        rx.el.span(State.colleagues.note, class_name="hint", aria_live="polite"),
        rx.el.ul(rx.foreach(State.colleagues.rows, _colleague), class_name="found-list"),
        class_name="field dialog-part",
    )
    return rx.cond(_one.may_replace, search, rx.fragment())


def _colleague(one: rx.Var[Colleague]) -> rx.Component:
    act = second_button(
        t("Gives the place"),
        rx.el.span(": ", one.name, class_name="sr"),
        on_click=State.replace(one.person_id),
        size="1",
    )
    return rx.el.li(
        rx.el.span(rx.el.b(one.name), rx.el.small(one.under_text, class_name="muted")),
        rx.cond(one.barred_text != "", rx.el.span(one.barred_text, class_name="muted"), act),
        key=one.person_id.to_string(),
    )


def _cancel() -> rx.Component:
    act = second_button(t("Cancel the application"), on_click=State.begin_cancel, size="2")
    return rx.fragment(
        rx.cond(_one.may_cancel & ~_one.is_to_decide, rx.el.div(act, class_name="row-acts start"), rx.fragment()),
        rx.cond(_one.acts_text != "", note("", _one.acts_text), rx.fragment()),
    )


def _line(line: rx.Var[HistoryLine]) -> rx.Component:
    return rx.el.li(
        rx.cond(line.is_mail, icon("mail", 15), icon("circle-dot", 15)),
        rx.el.span(rx.el.b(line.what_text), rx.el.small(line.who_text, class_name="muted")),
        rx.el.small(line.when_text, class_name="muted nowrap"),
    )


def reason_dialogs() -> rx.Component:
    """Return the dialogs that ask why."""
    return rx.fragment(
        reason_dialog(
            "reject",
            State.rejecting.length() > 0,
            t("Reject the application?"),
            State.rejecting_text,
            t("Reject"),
            problem=State.problem,
            on_close=State.close_reason,
            on_submit=State.reject,
            label=t("Reason"),
            hint=t("The employee reads it. The place goes to the next in line."),
        ),
        reason_dialog(
            "cancel",
            State.is_cancelling,
            t("Cancel the application?"),
            _one.name,
            t("Cancel the application"),
            problem=State.problem,
            on_close=State.close_reason,
            on_submit=State.cancel,
            label=t("Reason"),
            hint=t("The employee reads it. The place goes to the next in line."),
            keep=t("Keep it"),
        ),
    )
