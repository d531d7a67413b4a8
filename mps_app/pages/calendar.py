"""The page of the own calendar address (6.2)."""

import reflex as rx

from mps_app.components.basic import button, danger_button, icon, page_heading, quiet_button, second_button
from mps_app.components.in_browser import RETURNS_FOCUS
from mps_app.components.words import t
from mps_app.pages.layout import shell
from mps_app.state.calendar import CalendarState

_feed, _address = CalendarState.feed, CalendarState.address


def calendar() -> rx.Component:
    """Return the page: what it is for, the address, what it carries."""
    return shell(
        page_heading(
            t("My calendar"),
            t("Your sessions in the calendar you use: with place, online link, changes and cancellations."),
        ),
        rx.cond(CalendarState.is_loaded, rx.cond(_feed.is_on, _on(), _off()), _waiting()),
        current="/",
    )


def _off() -> rx.Component:
    return rx.el.section(
        rx.el.p(
            t("Make an address and add it to your calendar program as a subscription."),
            " ",
            t("Whoever knows it sees your sessions, so keep it to yourself. You can revoke it at any time."),
        ),
        button(icon("calendar-plus", 16), t("Make the address"), on_click=CalendarState.renew, size="3"),
        class_name="panel calendar-panel",
    )  # fmt: skip


def _on() -> rx.Component:
    return rx.el.section(
        rx.el.p(t("Your address has been in force since {day}. Keep it to yourself.", day=_feed.since_text)),
        rx.cond(_address.https != "", _shown(), _hidden()),
        rx.el.label(
            rx.checkbox(checked=_feed.has_deadlines, on_change=CalendarState.choose_deadlines, size="2"),
            rx.el.span(
                t("Also the deadlines of my applications"),
                rx.el.small(t("Until when an offered place can be taken, until when one can withdraw")),
            ),
            class_name="calendar-choice",
        ),
        rx.el.div(_renewing(), _revoking(), class_name="calendar-acts"),
        class_name="panel calendar-panel",
    )


def _hidden() -> rx.Component:
    return rx.el.div(second_button(icon("eye", 16), t("Show the address"), on_click=CalendarState.show, size="3"))


def _shown() -> rx.Component:
    return rx.el.div(
        rx.el.label(t("Address for the calendar program"), html_for="calendar-address"),
        rx.el.input(id="calendar-address", value=_address.https, read_only=True, class_name="control", auto_focus=True),
        rx.el.div(
            second_button(
                rx.el.a(icon("calendar-plus", 16), t("Add to the calendar program"), href=_address.webcal),
                as_child=True,
            ),
            quiet_button(t("Hide"), on_click=CalendarState.hide),
            class_name="calendar-acts",
        ),
        class_name="field",
    )


def _renewing() -> rx.Component:
    return _asked(
        t("Make a new address"),
        t("Make a new address?"),
        t("The present one stops working at once. You will have to add the new one to your calendar program."),
        button(t("Make a new address"), on_click=CalendarState.renew, size="3"),
    )


def _revoking() -> rx.Component:
    return _asked(
        t("Revoke the address"),
        t("Revoke the address?"),
        t("Calendar programs will no longer see your sessions. You can make a new address at any time."),
        danger_button(t("Revoke the address"), on_click=CalendarState.switch_off, size="3"),
    )


def _asked(label: rx.Var[str], title: rx.Var[str], words: rx.Var[str], act: rx.Component) -> rx.Component:
    return rx.alert_dialog.root(
        rx.alert_dialog.trigger(quiet_button(label, class_name="ds-quiet")),
        rx.alert_dialog.content(
            rx.alert_dialog.title(title, size="5"),
            rx.alert_dialog.description(words, size="3"),
            rx.el.div(
                rx.alert_dialog.cancel(second_button(t("Leave it as it is"), size="3")),
                rx.alert_dialog.action(act),
                class_name="dialog-acts",
            ),
            max_width="460px",
            custom_attrs=RETURNS_FOCUS,
        ),
    )


def _waiting() -> rx.Component:
    return rx.el.div(
        rx.skeleton(height="20px", width="60%"), rx.skeleton(height="40px", width="100%"),
        class_name="panel calendar-panel", aria_hidden="true",
    )  # fmt: skip
