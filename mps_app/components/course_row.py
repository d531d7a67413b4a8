"""One course of the catalogue's list, with the button that tells the truth (3.3, 3.4)."""

import reflex as rx

from mps_app.components.basic import button, icon, mark, route_link, second_button
from mps_app.views.catalogue import CourseButton, CourseRow, TextPart


def course_row(row: rx.Var[CourseRow], *, on_apply: rx.EventHandler) -> rx.Component:
    """Return a row; ``on_apply`` is called with the course and the group (0: the next one)."""
    return rx.el.article(
        rx.el.div(
            rx.el.div(
                rx.el.span(mark(row.form), row.form_text),
                rx.el.span(row.topic_text),
                rx.el.span(row.hours_text),
                class_name="meta",
            ),
            rx.el.h2(route_link(rx.foreach(row.title_parts, _part), to=row.address, class_name="plain")),
            rx.el.p(row.summary),
            class_name="what",
        ),
        rx.el.div(
            rx.el.b(row.when_text),
            rx.cond(row.where_text != "", rx.el.span(row.where_text)),
            rx.cond(row.fill_percent >= 0, _places(row)),
            class_name="when",
        ),
        rx.el.div(
            rx.el.div(row.price_text, class_name="price"),
            course_button(row.button, on_click=on_apply(row.id, row.button.group_id), size="2"),
            class_name="act",
        ),
        class_name="crow",
        key=row.id.to_string(),
    )


def _part(part: rx.Var[TextPart]) -> rx.Component:
    return rx.cond(part.is_match, rx.el.mark(part.text), rx.fragment(part.text))


def _places(row: rx.Var[CourseRow]) -> rx.Component:
    return rx.el.div(
        rx.el.span(
            rx.el.b(style={"width": row.fill_percent.to_string() + "%"}),
            role="img",
            aria_label=row.fill_text,
            class_name=rx.cond(row.is_full, "fill s full", "fill s"),
        ),
        rx.el.span(row.places_text, class_name=rx.cond(row.is_scarce, "left scarce", "left")),
        class_name="places",
    )


def course_button(shown: rx.Var[CourseButton], *, on_click: rx.event.EventType[()], size: str) -> rx.Component:
    """Return the button of a course; what can't be done is said, and is no button (3.4)."""
    return rx.cond(
        shown.is_disabled,
        _standing(shown),
        rx.cond(
            shown.is_principal,
            button(shown.label, on_click=on_click, size=size),
            second_button(shown.label, on_click=on_click, size=size, title=shown.reason),
        ),
    )


def _standing(shown: rx.Var[CourseButton]) -> rx.Component:
    applied = rx.el.span(icon("circle-check", 16), shown.label, class_name="st st-ok standing")
    other = rx.el.span(icon("circle-minus", 16), shown.label, title=shown.reason, class_name="st muted standing")
    offered = route_link(
        icon("hand", 16), shown.label, to=shown.leads_to, title=shown.reason, class_name="st st-warn standing a"
    )
    return rx.cond(shown.leads_to != "", offered, rx.cond(shown.kind == "already_applied", applied, other))


def course_row_waiting() -> rx.Component:
    """Return the shape of a row while it is on the way."""
    return rx.el.div(
        rx.el.div(
            rx.skeleton(height="16px", width="55%"), rx.skeleton(height="20px", width="80%"), class_name="what bones"
        ),
        rx.el.div(rx.skeleton(height="18px", width="70%"), rx.skeleton(height="14px", width="50%"), class_name="bones"),
        rx.el.div(rx.skeleton(height="32px", width="100%"), class_name="bones"),
        class_name="crow",
    )
