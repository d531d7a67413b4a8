"""Loading a list of employees: choose or paste it, look through what it would do, save it (11.2)."""

import reflex as rx

from mps_app.components.basic import (
    button,
    danger_button,
    icon,
    icon_button,
    link,
    note,
    quiet_button,
    second_button,
)
from mps_app.components.in_browser import RETURNS_FOCUS
from mps_app.components.words import t
from mps_app.pages.desk import desk
from mps_app.state.employee_import import PAGE
from mps_app.state.employee_import import EmployeeImportState as State
from mps_app.state.institution import HOME, InstitutionState
from mps_app.views.employees import FieldChange, ImportRow

_preview = State.preview
_COLUMNS = (
    ("Personal code", "Given name", "Family name"),
    ("Unit", "Position", "Work e-mail", "First day"),
)


def employee_import() -> rx.Component:
    """Return the page."""
    return desk(
        rx.el.header(
            rx.el.div(
                link(icon("chevron-left", 16), t("Employees"), href=HOME, underline_offset="3px"),
                rx.heading(t("Load a list of employees"), as_="h1", size=rx.breakpoints(initial="5", md="6")),
                rx.el.p(InstitutionState.desk.name, class_name="muted"),
            ),
            class_name="desk-head",
        ),
        rx.cond(
            State.is_loaded,
            rx.cond(_preview.state == "previewed", _looking(), _loading()),
            rx.skeleton(height="320px", width="100%"),
        ),
        current=HOME,
    )


def _loading() -> rx.Component:
    over = rx.match(
        _preview.state,
        ("applied", note("good", icon("check"), rx.el.div(t("This list is saved already."), class_name="body"))),
        ("dropped", note("warn", icon("clock"), rx.el.div(t("This list is no longer kept."), class_name="body"))),
        rx.fragment(),
    )
    return rx.el.div(rx.el.div(over, _form(), class_name="desk-parts"), _explained(), class_name="desk-two")


def _form() -> rx.Component:
    """Return a plain form: a list goes by HTTP, for it may be large."""
    return rx.el.section(
        rx.el.header(rx.heading(t("The list"), as_="h2", size="3")),
        rx.el.form(
            rx.el.input(type="hidden", name="iestade", value=InstitutionState.desk.id.to_string(), read_only=True),
            rx.el.label(t("XLSX or CSV file, at most 5 MB"), html_for="list-file"),
            rx.el.input(type="file", id="list-file", name="fails", accept=".xlsx,.csv,.txt,text/csv,text/plain"),
            rx.el.label(t("Or paste rows copied from a spreadsheet"), html_for="list-text"),
            rx.el.textarea(
                id="list-text",
                name="teksts",
                rows="7",
                spell_check=False,
                placeholder=t("Personal code ⇥ Given name ⇥ Family name …"),
                class_name="control pasted",
            ),
            rx.el.p(t("Nothing is saved yet: you will see first what would change."), class_name="muted"),
            button(icon("scan-search", 16), t("Load and compare"), type="submit", size="3"),
            action=f"{PAGE}/fails",
            method="post",
            enc_type="multipart/form-data",
            on_submit=None,  # else Reflex keeps the browser from sending it
            class_name="check-form list-form",
        ),
        class_name="panel",
    )


def _explained() -> rx.Component:
    needed, others = _COLUMNS
    return rx.el.section(
        rx.el.header(rx.heading(t("What stands in it"), as_="h2", size="3")),
        rx.el.div(
            rx.el.p(t("The first row names the columns, in Latvian or English, in any order.")),
            rx.el.h3(t("Needed")),
            rx.el.ul(*(rx.el.li(t(name)) for name in needed)),
            rx.el.h3(t("May be added")),
            rx.el.ul(*(rx.el.li(t(name)) for name in others)),
            rx.el.p(t("What the list has no column for stays as it is.")),
            rx.el.a(
                icon("download", 16),
                t("An empty list to fill in"),
                href="/darbinieku-saraksts.csv",
                download=True,
                class_name="a with-icon",
            ),
            class_name="list-help",
        ),
        class_name="panel",
    )


def _looking() -> rx.Component:
    return rx.el.div(
        rx.el.section(
            rx.el.header(icon("file-spreadsheet", 18), rx.heading(_name(), as_="h2", size="3", class_name="ell")),
            _kinds(),
            _confirmation(),
            class_name="panel",
            aria_busy=rx.cond(State.is_saving, "true", "false"),
        ),
        rx.el.section(
            _above(),
            rx.cond(
                _preview.rows.length() > 0,
                rx.el.ul(rx.foreach(_preview.rows, _row), class_name="desk-rows import-rows"),
                rx.el.p(t("There are no such rows."), class_name="desk-say"),
            ),
            rx.cond(_preview.page_count > 1, _pages(), rx.fragment()),
            class_name="panel",
            aria_label=t("Which rows are shown"),
        ),
        class_name="desk-parts",
    )


def _name() -> rx.Var[str]:
    return rx.cond(_preview.file_name != "", _preview.file_name, t("Pasted rows"))


def _kinds() -> rx.Component:
    return rx.el.div(
        _kind("new", t("New"), _preview.new),
        _kind("changed", t("Changed"), _preview.changed),
        _kind("ended", t("Ended"), _preview.ended),
        _kind("same", t("The same"), _preview.same),
        _kind("wrong", t("To correct"), _preview.wrong),
        class_name="import-kinds",
        role="group",
        aria_label=t("Which rows are shown"),
    )


def _kind(kind: str, label: rx.Var[str], count: rx.Var[int]) -> rx.Component:
    return rx.el.button(
        rx.el.b(count, class_name="tnum"),
        rx.el.span(label),
        type="button",
        on_click=State.choose_kind(kind),
        disabled=count == 0,
        aria_pressed=rx.cond(_preview.kind == kind, "true", "false"),
        class_name=f"k-{kind}",
    )


def _above() -> rx.Component:
    download = rx.el.a(t("Download these rows"), href=State.bad_rows_path, reload_document=True, class_name="a")
    bad = note(
        "warn",
        icon("triangle-alert"),
        rx.el.div(t("Rows to correct are left out. Put them right and load them again."), " ", download,
                  class_name="body"),
    )  # fmt: skip
    ignored = rx.el.p(t("These columns are not used: {columns}.", columns=_preview.ignored_text), class_name="muted")
    return rx.el.div(
        rx.cond((_preview.wrong > 0) & (_preview.kind == "wrong"), bad, rx.fragment()),
        rx.cond(_preview.ignored_text != "", ignored, rx.fragment()),
        class_name="import-above",
    )


def _row(row: rx.Var[ImportRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(rx.el.b(row.name), rx.el.span(row.code, class_name="muted tnum"), class_name="who"),
            rx.cond(row.under != "", rx.el.div(row.under, class_name="muted"), rx.fragment()),
            rx.foreach(row.changes, _change),
            rx.foreach(row.problems, lambda words: rx.el.div(words, class_name="import-problem")),
        ),
        rx.el.div(
            rx.cond(row.note != "", rx.el.span(row.note, class_name="tnum"), rx.fragment()),
            rx.cond(
                row.number > 0,
                rx.el.span(t("row {number}", number=row.number.to_string()), class_name="muted tnum"),
                rx.fragment(),
            ),
            class_name="beside",
        ),
    )


def _change(change: rx.Var[FieldChange]) -> rx.Component:
    return rx.el.div(
        rx.el.span(change.label, ": ", class_name="muted"),
        rx.el.del_(change.before),
        " → ",
        rx.el.ins(change.after),
        class_name="import-change",
    )


def _pages() -> rx.Component:
    number, count = _preview.page_number, _preview.page_count
    back, on = State.turn(number - 1), State.turn(number + 1)
    return rx.el.div(
        icon_button("chevron-left", t("Previous page"), on_click=back, disabled=number <= 1, size="2"),
        rx.el.span(t("{number} of {count}", number=number.to_string(), count=count.to_string()), class_name="tnum"),
        icon_button("chevron-right", t("Next page"), on_click=on, disabled=number >= count, size="2"),
        class_name="import-pages",
    )


def _confirmation() -> rx.Component:
    count = _preview.new + _preview.changed + _preview.ended
    words = rx.cond(
        State.is_saving,
        t("Saving {count} changes …", count=count.to_string()),
        t("Save {count} changes", count=count.to_string()),
    )
    act = button(words, on_click=State.save, disabled=(count == 0) | State.is_saving, size="3")
    return rx.el.div(
        _whole(),
        rx.cond(State.is_saving, rx.progress(aria_label=t("Saving")), rx.fragment()),
        rx.el.div(
            rx.cond(_preview.ended > 0, _asked(words), act),
            quiet_button(t("Forget the list"), on_click=State.drop, disabled=State.is_saving, size="3"),
            class_name="profile-acts",
        ),
        class_name="import-confirm",
    )


def _whole() -> rx.Component:
    said = t("This list is whole: whoever is not in it works here no more")
    explained = rx.cond(
        _preview.can_be_whole,
        t("Their upcoming training on the institution's account is withdrawn."),
        t("This can be said when no row is left to correct."),
    )
    return rx.el.label(
        rx.checkbox(
            checked=_preview.is_whole,
            on_change=State.choose_whole,
            disabled=~_preview.can_be_whole,
            aria_label=said,
            size="2",
        ),
        rx.el.span(said, rx.el.small(explained, class_name="muted")),
        class_name="import-whole",
    )


def _asked(words: rx.Var[str]) -> rx.Component:
    """Ask once more before employments end."""
    said = t("Employments that end: {count}. What the list does not name can't be brought back with one click.",
             count=_preview.ended.to_string())  # fmt: skip
    return rx.alert_dialog.root(
        rx.alert_dialog.trigger(button(words, disabled=State.is_saving, size="3")),
        rx.alert_dialog.content(
            rx.alert_dialog.title(t("Save the list and end employments?")),
            rx.alert_dialog.description(said, size="3"),
            rx.el.div(
                rx.alert_dialog.cancel(second_button(t("Cancel"), size="3")),
                rx.alert_dialog.action(danger_button(t("Save and end"), on_click=State.save, size="3")),
                class_name="profile-acts",
                style={"marginTop": "16px"},
            ),
            max_width="480px",
            custom_attrs=RETURNS_FOCUS,
        ),
    )
