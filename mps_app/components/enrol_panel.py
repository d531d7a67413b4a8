"""The side panel of the roster: where, who can, what it costs, one button; a sheet on phones (11.3)."""

from collections.abc import Callable
from dataclasses import dataclass

import reflex as rx

from mps_app.components.basic import button, icon, icon_button, mark, second_button, spoken
from mps_app.components.in_browser import RETURNS_FOCUS, inline
from mps_app.components.words import t
from mps_app.views.enrolments import CourseOption, EnrolChoices, Enrolled, EnrolPanel, EnrolReceipt, PanelLine

_MODES = (
    ("fit", "Enrol as many as fit"),
    ("line", "Put the rest on the waiting list"),
    ("all", "Everybody or nobody"),
)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What the panel shows, and what is called by it."""

    panel: rx.Var[EnrolPanel]
    options: rx.Var[EnrolChoices]
    receipt: rx.Var[EnrolReceipt]
    course_id: rx.Var[int]
    group_id: rx.Var[int]
    on_course: rx.EventHandler
    on_group: rx.EventHandler
    on_mode: rx.EventHandler
    on_leave_out: rx.EventHandler
    on_confirm: rx.EventHandler
    on_undo: rx.EventHandler
    on_go_on: rx.EventHandler


def enrol_panel(enrolment: Enrolment) -> rx.Component:
    """Return the panel beside the table."""
    return rx.el.aside(
        rx.el.div(
            rx.el.header(rx.heading(t("Enrol into a group"), as_="h2", size="4")),
            _body(enrolment),
            class_name="panel enrol",
        ),
        aria_label=t("Enrol into a group"),
        class_name="on-desk",
    )


def enrol_sheet(
    enrolment: Enrolment, is_open: rx.Var[bool], chosen: rx.Var[int], *, on_open: rx.EventHandler
) -> rx.Component:
    """Return the phone's dark bar with the count, and the sheet that it opens."""
    panel = enrolment.panel
    closes: Callable[[rx.Component], rx.Component] = rx.dialog.close
    bar = rx.el.div(
        rx.el.div(
            rx.el.b(t("Chosen"), " ", chosen),
            rx.el.span(rx.cond(panel.group_text != "", panel.group_text, t("Choose a group")), class_name="ell"),
            class_name="said",
        ),
        rx.dialog.trigger(rx.el.button(t("Enrol"), type="button", class_name="enrol-act")),
        class_name="bulk on-phone",
    )
    return rx.dialog.root(
        rx.cond((chosen > 0) | is_open, bar, rx.fragment()),
        rx.dialog.content(
            rx.el.header(
                rx.dialog.title(t("Enrol into a group"), size="4", margin="0"),
                closes(icon_button("x", t("Close"))),
            ),
            rx.el.div(_body(enrolment), class_name="sheet-body enrol"),
            aria_describedby="",
            class_name="sheet",
            custom_attrs=RETURNS_FOCUS,
        ),
        open=is_open,
        on_open_change=on_open,
    )


def _body(enrolment: Enrolment) -> rx.Component:
    panel = enrolment.panel
    return rx.fragment(
        rx.el.div(
            _course(enrolment),
            rx.cond(enrolment.options.groups.length() > 0, _group(enrolment), rx.fragment()),
            rx.cond(panel.group_id > 0, _facts(panel), rx.el.p(t("Choose a course and a group."), class_name="muted")),
            class_name="where",
        ),
        rx.cond(
            enrolment.receipt.title != "",
            _receipt(enrolment),
            rx.cond(panel.group_id > 0, rx.fragment(_people(enrolment), _act(enrolment)), rx.fragment()),
        ),
    )


def _course(enrolment: Enrolment) -> rx.Component:
    def one(course: rx.Var[CourseOption]) -> rx.Component:
        return rx.el.option(course.title, value=course.id.to_string())

    options = enrolment.options
    return rx.el.select(
        rx.el.option(t("Choose a course"), value="0"),
        rx.cond(
            options.closed.length() > 0,
            rx.el.optgroup(rx.foreach(options.closed, one), label=t("For your institution only")),
            rx.fragment(),
        ),
        rx.el.optgroup(rx.foreach(options.courses, one), label=t("Catalogue")),
        value=enrolment.course_id.to_string(),
        key=options.courses.length().to_string(),  # choices that come later than the value would not show it
        on_change=enrolment.on_course,
        aria_label=t("Course"),
        class_name="control small",
    )


def _group(enrolment: Enrolment) -> rx.Component:
    return rx.el.select(
        rx.cond(enrolment.group_id == 0, rx.el.option(t("Choose a group"), value="0"), rx.fragment()),
        rx.foreach(enrolment.options.groups, lambda one: rx.el.option(one.label, value=one.id.to_string())),
        value=enrolment.group_id.to_string(),
        key=enrolment.options.groups.length().to_string(),
        on_change=enrolment.on_group,
        aria_label=t("Group"),
        class_name="control small",
    )


def _facts(panel: rx.Var[EnrolPanel]) -> rx.Component:
    return rx.fragment(
        rx.el.div(rx.el.span(mark(panel.format), panel.format_text), rx.el.span(panel.price_text), class_name="meta"),
        rx.el.div(
            rx.el.div(
                rx.el.span(panel.taken_text, rx.cond(panel.added > 0, rx.el.b(" + ", panel.added), rx.fragment())),
                rx.el.span(panel.left_text, class_name="muted"),
                class_name="ends tnum",
            ),
            capacity(panel.taken_width, panel.added_width, panel.bar_text, panel.minimum_width),
        ),
        rx.foreach(panel.notes, lambda words: rx.el.p(words, class_name="muted small")),
    )


def capacity(
    taken: rx.Var[str], added: rx.Var[str], words: rx.Var[str], minimum: rx.Var[str] | None = None
) -> rx.Component:
    """Return the bar of places: those taken in ink, those of the institution in carmine, the minimum as a notch."""
    notch = [] if minimum is None else [rx.el.i(custom_attrs=inline(w=minimum))]
    return rx.el.span(
        rx.el.b(class_name="new", custom_attrs=inline(w=added)),
        rx.el.b(custom_attrs=inline(w=taken)),
        *notch,
        role="img",
        aria_label=words,
        class_name="fill capacity",
    )


def _people(enrolment: Enrolment) -> rx.Component:
    panel = enrolment.panel
    return rx.el.ul(
        rx.cond(
            panel.can > 0,
            rx.el.li(icon("check", 18), rx.el.span(panel.can_text), rx.el.span(), class_name="good"),
            rx.fragment(),
        ),
        rx.foreach(panel.lines, lambda line: _line(line, enrolment.on_leave_out)),
        rx.cond(
            panel.more_text != "",
            rx.el.li(rx.el.span(), rx.el.span(panel.more_text, class_name="muted"), rx.el.span()),
            rx.fragment(),
        ),
        class_name="sums",
    )


def _line(line: rx.Var[PanelLine], on_leave_out: rx.EventHandler) -> rx.Component:
    shape = rx.match(
        line.kind,
        ("in_group", icon("circle-check", 18)),
        ("pending", icon("clock", 18)),
        ("in_line", icon("clock", 18)),
        ("no_email", icon("mail-x", 18)),
        ("over_share", icon("users", 18)),
        ("overlaps", icon("triangle-alert", 18)),
        icon("ban", 18),
    )
    is_there = (line.kind == "in_group") | (line.kind == "pending") | (line.kind == "in_line")
    leaves = rx.el.button(
        t("Leave out"), spoken(rx.Var.create(" ") + line.title), type="button", class_name="a",
        on_click=on_leave_out(line.person_id),
    )  # fmt: skip
    return rx.el.li(
        shape,
        rx.el.span(rx.el.b(line.title), rx.el.span(line.text, class_name="muted")),
        rx.cond(is_there, rx.el.span(), leaves),
        class_name="k-" + line.kind,
    )


def _act(enrolment: Enrolment) -> rx.Component:
    panel = enrolment.panel
    return rx.el.div(
        rx.cond(panel.is_short, _modes(enrolment), rx.fragment()),
        rx.cond(
            panel.total_text != "",
            rx.el.div(
                rx.el.span(t("Total for the institution"), class_name="muted"),
                rx.el.b(panel.total_text, class_name="tnum"),
                class_name="ends total",
            ),
            rx.fragment(),
        ),
        button(panel.button_text, on_click=enrolment.on_confirm, disabled=~panel.is_ready, size="3"),
        rx.el.p(panel.hint_text, class_name="muted small under"),
        class_name="act",
    )


def _modes(enrolment: Enrolment) -> rx.Component:
    """Return the choice that matters only when there are too few places."""
    panel = enrolment.panel

    def one(mode: str, label: str) -> rx.Component:
        return rx.el.label(
            rx.el.input(
                type="radio",
                name="enrol-mode",
                value=mode,
                checked=panel.mode == mode,
                on_change=enrolment.on_mode(mode),
            ),
            rx.el.span(t(label)),
        )

    title = rx.cond(panel.short_text != "", panel.short_text, t("Not everybody can be enrolled"))
    fit, line, whole = (one(*mode) for mode in _MODES)
    return rx.el.fieldset(
        rx.el.legend(title), fit, rx.cond(panel.short_text != "", line, rx.fragment()), whole, class_name="modes"
    )


def _receipt(enrolment: Enrolment) -> rx.Component:
    receipt = enrolment.receipt

    def one(row: rx.Var[Enrolled]) -> rx.Component:
        return rx.el.li(
            icon("circle-minus", 18),
            rx.el.span(rx.el.b(row.name), rx.el.span(row.text, class_name="muted")),
            rx.el.span(),
        )

    return rx.fragment(
        rx.el.ul(
            rx.el.li(
                icon(name="circle-check", size=18),
                rx.el.span(rx.el.b(receipt.title), rx.el.span(receipt.group_code, class_name="muted")),
                rx.el.span(),
                class_name="good",
            ),
            rx.foreach(receipt.rest, one),
            rx.cond(
                receipt.more_text != "",
                rx.el.li(rx.el.span(), rx.el.span(receipt.more_text, class_name="muted"), rx.el.span()),
                rx.fragment(),
            ),
            class_name="sums",
        ),
        rx.el.div(
            button(t("Enrol others"), on_click=enrolment.on_go_on, size="3"),
            rx.cond(
                receipt.undo_until_text != "",
                second_button(
                    t("Take back until {moment}", moment=receipt.undo_until_text), on_click=enrolment.on_undo, size="3"
                ),
                rx.fragment(),
            ),
            class_name="act",
        ),
    )
