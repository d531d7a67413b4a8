"""The head of a page without distractions: what it is about, how far one is, and the way out."""

import reflex as rx

from mps_app.components.basic import Child, icon, route_link
from mps_app.components.words import t


def focused_head(
    title: Child, *under: Child, beside: rx.Component, percent: rx.Var[int], shows_bar: rx.Var[bool]
) -> rx.Component:
    """Return the head; ``beside`` stands before the way out, the bar under all of it."""
    close = route_link(icon("x", 20), to="/", aria_label=t("Close; the answers are kept"), class_name="foc-close")
    return rx.el.header(
        rx.el.div(
            rx.el.img(src="/logo.svg", width="28px", height="28px", alt="", class_name="hide-s"),
            rx.el.div(
                rx.el.b(title, class_name="ell", style={"display": "block"}),
                rx.el.small(*under, class_name="muted ell", style={"display": "block"}),
                style={"minWidth": "0"},
            ),
            rx.flex(beside, close, align="center", spacing="3", margin_left="auto"),
            class_name="foc-head",
        ),
        rx.cond(shows_bar, _bar(percent), rx.fragment()),
    )


def _bar(percent: rx.Var[int]) -> rx.Component:
    return rx.el.div(
        rx.el.b(style={"width": percent.to_string() + "%"}),
        class_name="pbar",
        role="progressbar",
        aria_valuenow=percent,
        aria_valuemin=0,
        aria_valuemax=100,
        aria_label=t("Filled in so far"),
    )
