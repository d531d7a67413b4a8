"""The dialogs of a single employee: adding, changing, ending with what it takes along (11.2, 2.5)."""

from collections.abc import Callable

import reflex as rx

from mps_app.components.basic import button, danger_button, icon, note, quiet_button, second_button, text_field
from mps_app.components.in_browser import RETURNS_FOCUS
from mps_app.components.words import t
from mps_app.views.employees import (
    EmployeeCard,
    EmployeeProblems,
    EmploymentEnding,
    NewEmployee,
    WithdrawnApplication,
)


def add_dialog(  # noqa: PLR0913  # what it shows and every way to answer
    is_open: rx.Var[bool],
    fields: rx.Var[NewEmployee],
    problems: rx.Var[EmployeeProblems],
    problem: rx.Var[str],
    *,
    drawn: rx.Var[int],
    on_submit: rx.EventHandler,
    on_close: rx.EventHandler,
) -> rx.Component:
    """Return the dialog in which a new employee is described."""
    form = rx.el.form(
        _problem(problem),
        _text("personal_code", t("Personal code"), fields, problems, placeholder="010180-12345", spell_check=False),
        _text("from_on", t("First day"), fields, problems, type="date", hint=t("Empty: from today.")),
        *_common(fields, problems),
        _answers(button(t("Add"), type="submit", size="3")),
        on_submit=on_submit,
        reset_on_submit=False,
        no_validate=True,
        key=drawn.to_string(),
        class_name="desk-form flush",
    )
    words = t("The school finds the person by the code when they sign in. They get access to nothing of others.")
    return _dialog(is_open, on_close, t("Add an employee"), words, form)


def change_dialog(  # noqa: PLR0913  # what it shows and every way to answer
    card: rx.Var[EmployeeCard],
    problems: rx.Var[EmployeeProblems],
    problem: rx.Var[str],
    *,
    drawn: rx.Var[int],
    on_submit: rx.EventHandler,
    on_end: rx.EventHandler,
    on_close: rx.EventHandler,
) -> rx.Component:
    """Return the dialog in which what is kept of an employee is changed."""
    form = rx.el.form(
        _problem(problem),
        *_common(card, problems),
        _answers(
            button(t("Save"), type="submit", size="3"),
            quiet_button(
                t("End the employment"),
                "…",
                type="button",
                on_click=on_end(card.employment_id),
                size="3",
                margin_left="auto",
            ),
        ),
        on_submit=on_submit,
        reset_on_submit=False,
        no_validate=True,
        key=drawn.to_string(),
        class_name="desk-form flush",
    )
    words = t("Works here since {day}. The person's own profile does not change.", day=card.since_text)
    return _dialog(card.employment_id > 0, on_close, t("Change the employee's data"), words, form)


def end_dialog(  # noqa: PLR0913  # what it shows and every way to answer
    ending: rx.Var[EmploymentEnding],
    problems: rx.Var[EmployeeProblems],
    problem: rx.Var[str],
    *,
    on_day: rx.EventHandler,
    on_end: rx.EventHandler,
    on_close: rx.EventHandler,
) -> rx.Component:
    """Return the dialog that shows what ends with an employment before it is ended."""
    return rx.alert_dialog.root(
        rx.alert_dialog.content(
            rx.alert_dialog.title(t("End the employment of {name}?", name=ending.name)),
            rx.alert_dialog.description(
                t("The person keeps the account and the history, and can study on their own account."), size="3"
            ),
            rx.el.div(
                _problem(problem),
                _day(ending, problems, on_day),
                rx.cond(ending.withdrawn.length() > 0, _withdrawn(ending), _nothing()),
                rx.cond(ending.coordinates, _coordinates(), rx.fragment()),
                rx.el.div(
                    rx.alert_dialog.cancel(second_button(t("Cancel"), size="3")),
                    danger_button(t("End the employment"), on_click=on_end, size="3"),
                    class_name="profile-acts",
                ),
                class_name="reason-form",
            ),
            max_width="520px",
            custom_attrs=RETURNS_FOCUS,
        ),
        open=ending.employment_id > 0,
        on_open_change=on_close,
    )


def _day(ending: rx.Var[EmploymentEnding], problems: rx.Var[EmployeeProblems], on_day: rx.EventHandler) -> rx.Component:
    return text_field(
        "until_on",
        t("The first day on which the person is no employee any more"),
        value=ending.until_on,
        problem=problems.until_on,
        identifier="employment-until-on",
        type="date",
        min=ending.earliest,
        on_change=on_day,
    )


def _withdrawn(ending: rx.Var[EmploymentEnding]) -> rx.Component:
    return note(
        "warn",
        icon("triangle-alert"),
        rx.el.div(
            rx.el.b(t("These applications on the institution's account are withdrawn; the person is told:")),
            rx.el.ul(rx.foreach(ending.withdrawn, _training), class_name="withdrawn"),
            class_name="body",
        ),
    )


def _coordinates() -> rx.Component:
    words = t("The person goes on coordinating the institution's training. End that under “Coordinators”.")
    return note("warn", icon("triangle-alert"), rx.el.div(words, class_name="body"))


def _training(one: rx.Var[WithdrawnApplication]) -> rx.Component:
    return rx.el.li(one.course_title, rx.el.span(one.when_text, class_name="muted"))


def _nothing() -> rx.Component:
    return rx.el.p(t("No upcoming training on the institution's account ends with it."), class_name="muted quiet-say")


def _common(
    fields: rx.Var[NewEmployee] | rx.Var[EmployeeCard], problems: rx.Var[EmployeeProblems]
) -> list[rx.Component]:
    return [
        _text("given_name", t("Given name"), fields, problems, max_length=100, auto_complete="off"),
        _text("family_name", t("Family name"), fields, problems, max_length=100, auto_complete="off"),
        _text("unit", t("Unit"), fields, problems, max_length=200),
        _text("position", t("Position"), fields, problems, max_length=200),
        rx.el.div(
            _text(
                "work_email", t("Work e-mail"), fields, problems, type="email", max_length=254, auto_complete="off",
                hint=t("News about what you arrange goes here until the person gives an own address."),
            ),
            class_name="whole-row",
        ),
    ]  # fmt: skip


def _text(
    name: str,
    label: rx.Var[str],
    fields: rx.Var[NewEmployee] | rx.Var[EmployeeCard],
    problems: rx.Var[EmployeeProblems],
    **attributes: rx.Var[str] | str | int | bool,
) -> rx.Component:
    return text_field(
        name,
        label,
        value=getattr(fields, name),
        problem=getattr(problems, name),
        identifier=f"employee-{name}",
        **attributes,
    )


def _problem(problem: rx.Var[str]) -> rx.Component:
    shown = rx.el.div(note("bad", icon("circle-alert"), rx.el.div(problem, class_name="body"), role="alert"))
    return rx.cond(problem != "", rx.el.div(shown, class_name="whole-row"), rx.fragment())


def _answers(*acts: rx.Component) -> rx.Component:
    closes: Callable[[rx.Component], rx.Component] = rx.dialog.close
    return rx.el.div(
        closes(second_button(t("Cancel"), type="button", size="3")), *acts, class_name="profile-acts whole-row"
    )


def _dialog(
    is_open: rx.Var[bool], on_close: rx.EventHandler, title: rx.Var[str], words: rx.Var[str], form: rx.Component
) -> rx.Component:
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title(title),
            rx.dialog.description(words, size="3", class_name="muted"),
            rx.el.div(form, class_name="employee-form"),
            max_width="560px",
            class_name="apply",
            custom_attrs=RETURNS_FOCUS,
        ),
        open=is_open,
        on_open_change=on_close,
    )
