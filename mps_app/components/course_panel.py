"""The side of a course's page: its groups, its price, and the way in (3.4, 4.1)."""

from collections.abc import Callable

import reflex as rx

from mps_app.components.basic import link, mark, second_button
from mps_app.components.course_row import course_button
from mps_app.components.words import t
from mps_app.views.catalogue import CourseButton, CoursePage, GroupOption


def course_panel(
    page: rx.Var[CoursePage],
    group_id: rx.Var[int],
    *,
    on_choose: rx.EventHandler,
    on_apply: Callable[[rx.Var[int], rx.Var[int] | int], rx.event.EventType[()]],
) -> rx.Component:
    """Return the panel; ``on_apply`` is called with the course and the group (0: the next one)."""
    return rx.el.aside(
        rx.el.div(
            rx.el.span(page.price_text, class_name="sum tnum"),
            rx.el.span(page.price_note, class_name="muted"),
            class_name="panel-price",
        ),
        rx.cond(
            page.groups.length() > 0,
            rx.el.div(
                rx.foreach(page.groups, lambda group: _group(group, group_id, on_choose)),
                role="radiogroup",
                aria_label=t("Choose a group"),
                class_name="grps",
            ),
            rx.el.p(t("There is no planned group now."), class_name="muted none"),
        ),
        rx.el.div(_actions(page, group_id, on_apply), class_name="panel-acts"),
        aria_label=t("Applying"),
        class_name="panel course-panel",
    )


def _group(group: rx.Var[GroupOption], group_id: rx.Var[int], on_choose: rx.EventHandler) -> rx.Component:
    is_on = (group.id == group_id) | (group.own_text != "")
    look = rx.cond(is_on, "grp on", rx.cond(group.can_choose, "grp", "grp no"))
    return rx.el.label(
        rx.el.input(
            type="radio",
            name="group",
            value=group.id.to_string(),
            checked=is_on,
            disabled=~group.can_choose,
            on_change=on_choose(group.id),
            class_name="dot",
        ),
        rx.el.div(
            rx.el.b(group.when_text),
            rx.el.span(group.where_text, class_name="muted where"),
            rx.el.span(
                rx.el.span(mark(group.form), group.form_text, class_name="form"),
                _places(group),
                class_name="grp-foot",
            ),
        ),
        class_name=look,
        key=group.id.to_string(),
    )


def _places(group: rx.Var[GroupOption]) -> rx.Component:
    left = rx.el.span(group.places_text, class_name=rx.cond(group.is_scarce, "scarce", "muted"))
    reason = rx.el.span(group.reason, class_name="muted")
    return rx.cond(
        group.own_text != "", rx.el.span(group.own_text, class_name="own"), rx.cond(group.reason != "", reason, left)
    )


def _actions(
    page: rx.Var[CoursePage],
    group_id: rx.Var[int],
    on_apply: Callable[[rx.Var[int], rx.Var[int] | int], rx.event.EventType[()]],
) -> rx.Component:
    next_group = second_button(t("Apply for the next group"), on_click=on_apply(page.id, 0), size="3")
    sign_in = rx.el.span(t("When applying you sign in with Latvija.lv."), class_name="muted note-under")
    return rx.fragment(
        course_button(page.button, on_click=on_apply(page.id, group_id), size="3"),
        rx.cond(page.can_wait, next_group),
        rx.cond(page.button.reason != "", _reason(page.button)),
        rx.foreach(page.groups, lambda group: _cancel_text(group, group_id)),
        rx.cond(page.is_signed_in | page.button.is_disabled, rx.fragment(), sign_in),
    )


def _reason(shown: rx.Var[CourseButton]) -> rx.Component:
    words = rx.cond(shown.leads_to != "", link(shown.reason, href=shown.leads_to), rx.fragment(shown.reason))
    return rx.el.span(words, class_name="muted note-under")


def _cancel_text(group: rx.Var[GroupOption], group_id: rx.Var[int]) -> rx.Component:
    is_told = (group.id == group_id) & (group.cancel_text != "")
    return rx.cond(is_told, rx.el.span(group.cancel_text, class_name="muted note-under"))


def course_bar(
    page: rx.Var[CoursePage],
    group_id: rx.Var[int],
    *,
    on_apply: Callable[[rx.Var[int], rx.Var[int] | int], rx.event.EventType[()]],
) -> rx.Component:
    """Return the phone's bar above the menu: price, dates and the one action."""
    return rx.el.div(
        rx.el.div(
            rx.el.b(page.price_text),
            rx.el.span(_chosen_dates(page, group_id), class_name="muted ell"),
            class_name="bar-words",
        ),
        course_button(page.button, on_click=on_apply(page.id, group_id), size="3"),
        class_name="barb",
    )


def _chosen_dates(page: rx.Var[CoursePage], group_id: rx.Var[int]) -> rx.Component:
    chosen = rx.foreach(page.groups, lambda group: rx.cond(group.id == group_id, rx.fragment(group.when_text)))
    return rx.cond(group_id > 0, rx.fragment(chosen), rx.fragment(page.when_text))
