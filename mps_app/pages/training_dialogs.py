"""One person's training record, and who stands how towards a requirement (11.5)."""

import reflex as rx

from mps_app.components.basic import icon, icon_button, link, mark
from mps_app.components.in_browser import RETURNS_FOCUS
from mps_app.components.words import t
from mps_app.state.training_record import TrainingRecordState as State
from mps_app.views.training_records import DueLine, DuePerson, TrainingLine

_one, _due = State.person, State.due


def person_dialog() -> rx.Component:
    """Return the dialog of the person who is looked at."""
    nothing = rx.el.p(t("No training on the institution's account yet."), class_name="muted")
    return rx.dialog.root(
        rx.dialog.content(
            _top(_one.name),
            rx.dialog.description(_one.under_text, size="2", class_name="muted"),
            rx.el.p(_one.employed_text, ", ", _one.hours_text, class_name="muted small-p"),
            rx.cond(
                _one.dues.length() > 0,
                rx.el.section(
                    rx.heading(t("Mandatory training"), as_="h2", size="3"),
                    rx.el.ul(rx.foreach(_one.dues, _due_line), class_name="found-list"),
                    class_name="dialog-part",
                ),
                rx.fragment(),
            ),
            rx.el.section(
                rx.heading(t("Trainings"), as_="h2", size="3"),
                rx.cond(
                    _one.lines.length() > 0,
                    rx.el.ul(rx.foreach(_one.lines, _line), class_name="found-list"),
                    nothing,
                ),
                class_name="dialog-part",
            ),
            max_width="640px",
            class_name="acct-dialog",
            custom_attrs=RETURNS_FOCUS,
        ),
        open=_one.person_id > 0,
        on_open_change=State.close,
    )


def _top(title: rx.Var[str]) -> rx.Component:
    return rx.el.div(
        rx.dialog.title(title, size="5", margin="0"),
        rx.dialog.close(icon_button("x", t("Close"), size="2", margin="0")),
        class_name="dialog-top",
    )


def _status(tone: rx.Var[str], words: rx.Var[str]) -> rx.Component:
    return rx.el.span(rx.el.i(), words, class_name=rx.Var.create("st st-") + tone)


def _due_line(line: rx.Var[DueLine]) -> rx.Component:
    return rx.el.li(rx.el.b(line.title), _status(line.tone, line.text))


def _line(line: rx.Var[TrainingLine]) -> rx.Component:
    certificate = rx.el.a(
        icon("download", 15),
        line.certificate_text,
        href=line.certificate_path,
        reload_document=True,
        class_name="a with-icon",
    )
    waiting = rx.el.span(line.certificate_text, class_name="muted")
    return rx.el.li(
        rx.el.span(
            rx.el.b(mark(line.form), line.course_title, class_name="days"),
            rx.el.small(line.when_text, ", ", line.hours_text, ", ", line.price_text, class_name="muted"),
        ),
        rx.el.span(
            rx.el.small(line.status_text, class_name="muted"),
            rx.cond(line.certificate_path != "", certificate, waiting),
            class_name="beside",
        ),
    )


def due_dialog() -> rx.Component:
    """Return the dialog of people towards a requirement."""
    return rx.dialog.root(
        rx.dialog.content(
            _top(_due.title),
            rx.dialog.description(
                rx.match(
                    _due.standing,
                    ("fine", t("In order")),
                    ("soon", t("Due within 60 days")),
                    ("overdue", t("Overdue")),
                    t("Never trained"),
                ),
                size="2",
                class_name="muted",
            ),
            rx.cond(
                _due.rows.length() > 0,
                rx.el.ul(rx.foreach(_due.rows, _person), class_name="found-list"),
                rx.el.p(t("Nobody."), class_name="muted"),
            ),
            rx.el.p(_due.more_text, class_name="muted small-p"),
            rx.cond(
                (_due.standing == "never") | (_due.standing == "overdue"),
                link(t("Enrol them: show all who lack training"), href="/iestade/darbinieki?obligatas=1"),
                rx.fragment(),
            ),
            max_width="560px",
            class_name="acct-dialog",
            custom_attrs=RETURNS_FOCUS,
        ),
        open=_due.requirement_id > 0,
        on_open_change=State.close,
    )


def _person(one: rx.Var[DuePerson]) -> rx.Component:
    return rx.el.li(
        rx.el.span(rx.el.b(one.name), rx.el.small(one.unit, class_name="muted")),
        _status(one.tone, one.text),
        key=one.person_id.to_string(),
    )
