"""The training record: four figures, people by months with the marks of the date scale (11.5)."""

import reflex as rx

from mps_app.components.address_bar import address_bar
from mps_app.components.basic import empty, icon, mark, second_button
from mps_app.components.finding import page_steps, search_field
from mps_app.components.words import t
from mps_app.pages.desk import desk
from mps_app.pages.training_dialogs import due_dialog, person_dialog
from mps_app.pages.training_plan import plan_part, requirement_part
from mps_app.state.training_record import TrainingRecordState as State
from mps_app.views.training_records import Figure, MonthCell, MonthHead, RecordRow, TrainingMark

_page, _found = State.page, State.found
_FORMS = (("in_person", "in person"), ("online", "online"), ("hybrid", "hybrid"), ("elearning", "e-learning"))


def training_record() -> rx.Component:
    """Return the page."""
    return desk(
        address_bar(State.quiet_address),
        _head(),
        rx.cond(State.is_loaded, _loaded(), rx.skeleton(height="320px", width="100%")),
        person_dialog(),
        due_dialog(),
        current="/iestade/uzskaite",
    )


def _loaded() -> rx.Component:
    return rx.fragment(
        rx.el.div(rx.foreach(_page.figures, _figure), class_name="panel strip record-strip"),
        rx.el.section(_bar(), _table(), _foot(), class_name="panel", aria_label=t("Training record")),
        rx.el.div(requirement_part(), plan_part(), class_name="record-two"),
    )


def _head() -> rx.Component:
    years = rx.el.select(
        rx.foreach(_page.years, lambda year: rx.el.option(t("Year {year}", year=year), value=year)),
        value=_page.year.to_string(),
        on_change=State.choose_year,
        aria_label=t("Year"),
        class_name="control small",
    )
    sheet = second_button(
        rx.el.a(icon("download", 16), "Excel", href=_found.export_path, reload_document=True), as_child=True, size="2"
    )
    archive = second_button(
        rx.el.a(icon("file-archive", 16), t("Certificates"), href=_found.archive_path, reload_document=True),
        as_child=True,
        size="2",
    )
    return rx.el.header(
        rx.el.div(
            rx.heading(t("Training record"), as_="h1", size=rx.breakpoints(initial="5", md="6")),
            rx.el.p(_page.under_text, class_name="muted"),
        ),
        rx.cond(
            State.is_loaded,
            rx.el.div(
                years,
                sheet,
                rx.cond(_page.certificate_count > 0, archive, rx.fragment()),
                class_name="row-acts record-acts",
            ),
            rx.fragment(),
        ),
        class_name="desk-head",
    )


def _figure(figure: rx.Var[Figure]) -> rx.Component:
    return rx.el.div(
        rx.el.b(figure.number),
        rx.el.span(figure.label),
        rx.el.em(figure.note, class_name=rx.cond(figure.warns, "warns", "muted")),
        class_name="stat",
    )


def _bar() -> rx.Component:
    units = rx.el.select(
        rx.el.option(t("All units"), value=""),
        rx.foreach(_page.units, lambda unit: rx.el.option(unit, value=unit)),
        value=State.unit,
        on_change=State.choose_unit,
        aria_label=t("Unit"),
        class_name="control small",
    )
    untrained = rx.el.label(
        rx.el.input(type="checkbox", checked=State.only_untrained, on_change=State.choose_untrained, class_name="box"),
        t("only without training"),
        class_name="tick-label",
    )
    legend = rx.el.div(*(rx.el.span(mark(form), t(words)) for form, words in _FORMS), class_name="meta hide-s legend")
    return rx.el.div(_search(), units, untrained, legend, class_name="bar")


def _search() -> rx.Component:
    words = {"placeholder": t("Search for an employee"), "label": t("Search among employees")}
    return search_field(State.query, State.search, drawn=State.drawn, **words)


def _table() -> rx.Component:
    table = rx.el.table(
        rx.el.thead(
            rx.el.tr(
                rx.el.th(t("Employee"), class_name="stuck"),
                rx.el.th(t("Unit"), class_name="hide-s"),
                rx.foreach(_page.months, _month),
                rx.el.th(t("Hours"), class_name="num"),
                rx.el.th(t("Costs"), class_name="num"),
            )
        ),
        rx.el.tbody(rx.foreach(_found.rows, _row)),
        class_name="mtx",
    )
    region = rx.el.div(table, class_name="scrollx", tab_index=0, role="region", aria_label=t("Training by months"))
    nobody = empty("history", t("Nobody found"), t("Change what you typed or remove filters."))
    return rx.cond(_found.total > 0, region, nobody)


def _month(month: rx.Var[MonthHead]) -> rx.Component:
    return rx.el.th(month.label, class_name=rx.cond(month.is_now, "m now", "m"))


def _row(row: rx.Var[RecordRow]) -> rx.Component:
    name = rx.el.button(row.name, type="button", on_click=State.open_person(row.person_id), class_name="name-link")
    return rx.el.tr(
        rx.el.th(name, scope="row", class_name="stuck"),
        rx.el.td(row.unit, class_name="muted hide-s"),
        rx.foreach(row.cells, _cell),
        rx.el.td(row.hours, class_name=rx.cond(row.has_none, "num warns", "num")),
        rx.el.td(row.cost, class_name="num"),
        key=row.person_id.to_string(),
    )


def _cell(cell: rx.Var[MonthCell]) -> rx.Component:
    return rx.el.td(
        rx.foreach(cell.marks, _mark),
        rx.cond(cell.spoken != "", rx.el.span(cell.spoken, class_name="sr"), rx.fragment()),
        class_name=rx.cond(cell.is_now, "m now", "m"),
    )


def _mark(one: rx.Var[TrainingMark]) -> rx.Component:
    return rx.el.span(mark(one.form), class_name=rx.cond(one.is_coming, "f", "p"))


def _foot() -> rx.Component:
    return rx.el.footer(
        rx.el.span(_found.range_text, class_name="tnum", aria_live="polite"),
        rx.el.div(*page_steps(_found.page, _found.page_count, State.turn_page), class_name="turn"),
        class_name="roster-foot",
    )
