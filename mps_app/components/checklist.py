"""What was done, what is now, what comes (4.11): the marks of the date scale, from top to bottom."""

import reflex as rx

from mps_app.components.words import t
from mps_app.views.applications import Step


def checklist(steps: rx.Var[list[Step]]) -> rx.Component:
    """Return the steps; the state of each is also spoken."""
    return rx.el.ol(rx.foreach(steps, _step), class_name="steps")


def _step(step: rx.Var[Step]) -> rx.Component:
    mark = rx.match(step.state, ("done", "mk mk-in done"), ("now", "mk now"), ("missing", "mk missing"), "mk later")
    said = rx.match(step.state, ("done", t("done")), ("now", t("now")), ("missing", t("missing")), t("later"))
    return rx.el.li(
        rx.el.i(class_name=mark, aria_hidden="true"),
        rx.el.div(
            rx.el.b(step.title, rx.el.span(" (", said, ")", class_name="sr")),
            rx.cond(step.text != "", rx.el.span(step.text, class_name="muted"), rx.fragment()),
        ),
    )
