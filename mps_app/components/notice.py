"""The passing message at the bottom of the screen."""

import reflex as rx

from mps_app.components.basic import icon
from mps_app.components.words import t
from mps_app.views.notice import Notice


def notice(shown: rx.Var[Notice], *, on_close: rx.EventHandler) -> rx.Component:
    """Return the live region and, when something was said, the message in it."""
    message = rx.el.div(
        rx.el.span(shown.text),
        rx.el.button(icon("x"), type="button", aria_label=t("Close"), on_click=on_close),
        class_name=rx.cond(shown.tone == "bad", "notice bad", "notice"),
        key=shown.number.to_string(),
    )
    return rx.el.div(rx.cond(shown.text != "", message, rx.fragment()), role="status", aria_live="polite")
