"""The profile's messages and sessions: what was sent to the person, and where they are signed in (2.7, 1.4)."""

import reflex as rx

from mps_app.components.basic import icon, second_button, spoken, status
from mps_app.components.words import t
from mps_app.views.identity import SessionRow
from mps_app.views.messages import SentMessageRow
from mps_app.views.people import ProfilePage


def messages_part(
    page: rx.Var[ProfilePage],
    messages: rx.Var[list[SentMessageRow]],
    has_older: rx.Var[bool],
    *,
    on_switch: rx.EventHandler,
    on_older: rx.EventHandler,
) -> rx.Component:
    """Return the switch of optional messages, the latest ones, and the way to older ones."""
    older = rx.el.p(
        second_button(t("Show older"), on_click=on_older, size="2"), class_name="panel-note", style={"margin": "0"}
    )
    none = rx.el.p(t("Nothing has been sent to you yet."), class_name="panel-note muted", style={"margin": "0"})
    return rx.el.section(
        rx.el.header(rx.heading(t("Messages"), as_="h2", size="4")),
        rx.el.label(
            rx.switch(checked=page.optional_mail, on_change=on_switch),
            rx.el.span(
                rx.el.span(t("Reminders before sessions"), class_name="row-title"),
                rx.el.span(
                    t("Confirmations, changes, cancellations and invoices are always sent."),
                    class_name="muted row-words",
                ),
            ),
            class_name="profile-switch",
        ),
        rx.cond(messages.length() > 0, rx.el.ul(rx.foreach(messages, _message), class_name="profile-rows"), none),
        rx.cond(has_older, older, rx.fragment()),
        id="zinas",
        class_name="panel",
    )


def _message(row: rx.Var[SentMessageRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(row.subject_text, class_name="row-title"),
            rx.el.div(row.when_text, ", ", row.address_text, class_name="muted row-words tnum"),
        ),
        status(rx.cond(row.is_delivered, "ok", "none"), row.state_text),
    )


def sessions_part(
    sessions: rx.Var[list[SessionRow]], *, on_end: rx.EventHandler, on_end_others: rx.EventHandler
) -> rx.Component:
    """Return where the person is signed in, and the ways to end it."""
    end_others = second_button(t("End all others"), on_click=on_end_others, size="2", margin_left="auto")
    return rx.el.section(
        rx.el.header(
            rx.heading(t("Your sessions"), as_="h2", size="4"),
            rx.cond(sessions.length() > 1, end_others, rx.fragment()),
        ),
        rx.el.ul(rx.foreach(sessions, lambda row: _session(row, on_end)), class_name="profile-rows"),
        id="sesijas",
        class_name="panel",
    )


def _session(row: rx.Var[SessionRow], on_end: rx.EventHandler) -> rx.Component:
    end = second_button(t("End"), spoken(rx.Var.create(" ") + row.device_text), on_click=on_end(row.id), size="2")
    return rx.el.li(
        rx.el.span(icon("monitor-smartphone"), class_name="tile", aria_hidden="true"),
        rx.el.div(
            rx.el.div(row.device_text, class_name="row-title"),
            rx.el.div(
                t("Signed in {started}, last active {seen}", started=row.started_text, seen=row.seen_text),
                class_name="muted row-words tnum",
            ),
        ),
        rx.cond(row.is_current, status("ok", t("This session")), end),
    )
