"""Mandatory training and the plan of the year, beside the record (11.5)."""

import reflex as rx

from mps_app.components.basic import button, danger_button, icon, icon_button, link, second_button, spoken, text_field
from mps_app.components.in_browser import RETURNS_FOCUS
from mps_app.components.words import t
from mps_app.state.training_plan import TrainingPlanState as Editing
from mps_app.state.training_record import TrainingRecordState as State
from mps_app.views.training_records import CourseChoice, PlanCourseRow, RequirementRow

_plan = State.plan
_TYPING_PAUSE_MILLISECONDS = 250


def requirement_part() -> rx.Component:
    """Return what binds the employees, with how many stand how."""
    nothing = rx.el.p(t("Nothing is mandatory yet."), class_name="desk-say")
    return rx.el.section(
        rx.el.header(
            rx.heading(t("Mandatory training"), as_="h2", size="3"),
            second_button(
                icon("plus", 16), t("Add"), on_click=Editing.begin_requirement(0), size="1", margin_left="auto"
            ),
        ),
        rx.cond(
            State.requirements.length() > 0,
            rx.el.ul(rx.foreach(State.requirements, _requirement), class_name="record-list"),
            nothing,
        ),
        rx.el.p(
            link(t("Show employees who lack mandatory training"), href="/iestade/darbinieki?obligatas=1"),
            class_name="desk-say",
        ),
        _requirement_dialog(),
        class_name="panel",
    )


def _requirement(row: rx.Var[RequirementRow]) -> rx.Component:
    edit = icon_button(
        "pencil",
        t("Change: {title}", title=row.title),
        on_click=Editing.begin_requirement(row.id),
        size="1",
        margin="0",
    )
    return rx.el.li(
        rx.el.div(rx.el.b(row.title), rx.cond(row.is_own, edit, rx.fragment()), class_name="top-line"),
        rx.el.small(row.under_text, class_name="muted"),
        rx.el.small(row.courses_text, class_name="muted"),
        rx.el.div(
            _count(row, "never", "bad", row.never, t("have never been trained")),
            _count(row, "overdue", "bad", row.overdue, t("overdue")),
            _count(row, "soon", "warn", row.soon, t("due within 60 days")),
            _count(row, "fine", "ok", row.fine, t("in order")),
            class_name="counts",
        ),
        key=row.id.to_string(),
    )


def _count(
    row: rx.Var[RequirementRow], standing: str, tone: str, count: rx.Var[int], words: rx.Var[str]
) -> rx.Component:
    shown = rx.el.button(
        rx.el.span(rx.el.i(), rx.el.b(count), " ", words, class_name=f"st st-{tone}"),
        spoken(rx.Var.create(": ") + row.title),
        type="button",
        on_click=State.open_due(row.id, standing),
        class_name="count-link",
    )
    return rx.cond(count > 0, shown, rx.fragment())


def _found(key: str, act: rx.EventHandler) -> rx.Component:
    """Return the search for a course, with what it found; in no form, so that Enter sends none."""
    return rx.fragment(
        rx.el.input(
            id=key,
            name=key,
            type="search",
            key=key + Editing.drawn.to_string(),
            on_change=Editing.search_course.debounce(_TYPING_PAUSE_MILLISECONDS),
            placeholder=t("Title or code of the course"),
            auto_complete="off",
            max_length=80,
            form="none",
            class_name="control small",
        ),
        rx.el.span(
            rx.cond(Editing.found_nothing, t("No such course that is not chosen yet."), ""),
            class_name="hint",
            aria_live="polite",
        ),
        rx.el.ul(
            rx.foreach(
                Editing.found,
                lambda one: rx.el.li(
                    rx.el.button(
                        rx.el.b(one.title),
                        " ",
                        rx.el.small(one.code, class_name="muted"),
                        type="button",
                        on_click=act(one.id),
                        class_name="name-link",
                    ),
                    key=one.id.to_string(),
                ),
            ),
            class_name="found-list",
        ),
    )


def _requirement_dialog() -> rx.Component:
    form = rx.el.form(
        text_field(
            "title", t("Title"), value=Editing.title, problem=Editing.problems.get("title", ""), max_length=120,
            identifier="requirement-title",
        ),
        text_field(
            "months", t("To be taken again after so many months"), value=Editing.months,
            problem=Editing.problems.get("months", ""), input_mode="numeric", max_length=3,
            identifier="requirement-months",
        ),
        _units(),
        _courses(),
        _dialog_acts(rx.cond(Editing.requirement_id > 0, _remove(), rx.fragment())),
        on_submit=Editing.keep_requirement,
        reset_on_submit=False,
        class_name="reason-form",
    )  # fmt: skip
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title(t("Mandatory training of the institution"), size="5"),
            rx.dialog.description(t("Who must be trained, in what, and how often."), size="2", class_name="muted"),
            form,
            max_width="520px",
            custom_attrs=RETURNS_FOCUS,
        ),
        open=Editing.is_editing,
        on_open_change=Editing.close,
    )


def _remove() -> rx.Component:
    return danger_button(t("Remove"), type="button", on_click=Editing.remove_requirement, size="3")


def _units() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(t("Units it binds; none chosen: everybody")),
        rx.foreach(
            State.page.units,
            lambda unit: rx.el.label(
                rx.el.input(
                    type="checkbox", checked=Editing.units.contains(unit), on_change=Editing.toggle_unit(unit),
                    class_name="box",
                ),
                unit,
                class_name="tick-label",
            ),
        ),
        class_name="unit-list",
    )  # fmt: skip


def _courses() -> rx.Component:
    def chosen(one: rx.Var[CourseChoice]) -> rx.Component:
        drop = icon_button(
            "x", t("Take out: {title}", title=one.title), type="button", on_click=Editing.drop_course(one.id), size="1",
            margin="0",
        )  # fmt: skip
        return rx.el.li(rx.el.b(one.title), drop, key=one.id.to_string())

    problem = Editing.problems.get("course_ids", "")
    return rx.el.div(
        rx.el.label(t("Courses that fulfil it"), html_for="requirement-course"),
        rx.el.ul(rx.foreach(Editing.courses, chosen), class_name="found-list"),
        _found("requirement-course", Editing.add_course),
        rx.cond(problem != "", rx.el.span(problem, class_name="problem", role="alert"), rx.fragment()),
        class_name="field",
    )


def _dialog_acts(more: rx.Component) -> rx.Component:
    return rx.el.div(
        more,
        rx.dialog.close(second_button(t("Cancel"), type="button", size="3")),
        button(t("Save"), type="submit", size="3"),
        class_name="profile-acts",
    )


def plan_part() -> rx.Component:
    """Return the plan of the year against what is done."""
    made = rx.fragment(
        _gauge(t("Academic hours"), _plan.hours_text, _plan.hours_percent, rx.Var.create(False)),
        _gauge(t("Budget"), _plan.money_text, _plan.money_percent, _plan.is_over_budget),
    )
    return rx.el.section(
        rx.el.header(
            rx.heading(t("Plan for {year}", year=_plan.year.to_string()), as_="h2", size="3"),
            second_button(icon("pencil", 15), t("Change"), on_click=Editing.begin_plan, size="1", margin_left="auto"),
        ),
        rx.cond(_plan.is_made, made, rx.el.p(t("Nothing is planned for this year yet."), class_name="desk-say")),
        rx.el.ul(rx.foreach(_plan.courses, _planned), class_name="record-list"),
        _plan_dialog(),
        class_name="panel",
    )


def _gauge(label: rx.Var[str], words: rx.Var[str], percent: rx.Var[int], is_over: rx.Var[bool]) -> rx.Component:
    return rx.el.div(
        rx.el.div(rx.el.span(label), rx.el.b(words, class_name=rx.cond(is_over, "warns", "")), class_name="ends"),
        rx.el.div(rx.el.b(style={"width": percent.to_string() + "%"}), class_name="fill s"),
        class_name="gauge",
    )


def _planned(row: rx.Var[PlanCourseRow]) -> rx.Component:
    tone = rx.cond(row.is_done, "st st-ok", "st st-open")
    return rx.el.li(
        rx.el.div(
            rx.el.span(row.title),
            rx.el.span(rx.el.i(), row.done_text, class_name=tone),
            class_name="top-line",
        ),
        key=row.course_id.to_string(),
    )


def _plan_dialog() -> rx.Component:
    form = rx.el.form(
        text_field(
            "hours", t("Academic hours for each employee"), value=_plan.hours_per_employee.to_string(),
            problem=Editing.problems.get("hours_per_employee", ""), input_mode="numeric", max_length=4,
            identifier="plan-hours",
        ),
        text_field(
            "budget", t("Budget, EUR"), value=_plan.budget_text, problem=Editing.problems.get("budget_cents", ""),
            input_mode="decimal", max_length=14, identifier="plan-budget",
        ),
        _dialog_acts(rx.fragment()),
        on_submit=Editing.keep_plan,
        reset_on_submit=False,
        class_name="reason-form",
    )  # fmt: skip
    courses = rx.el.div(
        rx.el.label(t("Courses and how many people; each is saved at once"), html_for="plan-course"),
        rx.el.ul(rx.foreach(_plan.courses, _plan_row), class_name="found-list"),
        _found("plan-course", lambda course_id: Editing.plan_course(course_id, "1")),
        class_name="field dialog-part",
    )
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title(t("Plan for {year}", year=_plan.year.to_string()), size="5"),
            rx.dialog.description(t("It stands beside what is done."), size="2", class_name="muted"),
            form,
            courses,
            max_width="520px",
            class_name="acct-dialog",
            custom_attrs=RETURNS_FOCUS,
        ),
        open=Editing.is_planning,
        on_open_change=Editing.close,
    )


def _plan_row(row: rx.Var[PlanCourseRow]) -> rx.Component:
    count = rx.el.input(
        type="number", min="0", max="99999", default_value=row.people.to_string(),
        key=row.course_id.to_string() + "-" + row.people.to_string(),
        aria_label=t("People to be trained: {title}", title=row.title),
        on_blur=lambda people: Editing.plan_course(row.course_id, people),
        class_name="control small count",
    )  # fmt: skip
    drop = icon_button(
        "x", t("Take out: {title}", title=row.title), on_click=Editing.plan_course(row.course_id, "0"), size="1",
        margin="0",
    )  # fmt: skip
    return rx.el.li(rx.el.b(row.title), rx.el.span(count, drop, class_name="row-acts"), key=row.course_id.to_string())
