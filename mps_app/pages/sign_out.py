"""Signing out asks once, because it ends the session in every open tab."""

import reflex as rx

from mps_app.components.basic import button, link
from mps_app.components.words import t
from mps_app.pages.layout import shell


def sign_out() -> rx.Component:
    """Return the confirmation; a form posts it, so that no foreign link can sign anybody out (1.4)."""
    return shell(
        rx.el.form(
            rx.heading(t("Sign out?"), as_="h1", size="7"),
            rx.text(
                t("Your session will end in every open tab, and at Latvija.lv."),
                as_="p",
                size="4",
                class_name="muted",
                margin="0",
            ),
            rx.flex(
                button(t("Sign out"), type="submit", size="3"),
                link(t("Stay signed in"), href="/"),
                spacing="4",
                align="center",
            ),
            action="/auth/sign-out",
            method="post",
            on_submit=None,  # else Reflex keeps the browser from sending it
            class_name="center-page",
        )
    )
