"""Who speaks for an institution: the lists, nominating a colleague or a deputy, ending, the digest (11.1, 11.7)."""

import reflex as rx

from mps_app.components.basic import (
    button,
    field,
    page_heading,
    quiet_button,
    second_button,
    spoken,
    status,
    text_field,
)
from mps_app.components.ending import reason_dialog
from mps_app.components.words import t
from mps_app.pages.desk import desk
from mps_app.state.coordinators import CoordinatorsState
from mps_app.views.coordinators import ColleagueChoice, CoordinatorRow

_page, _problems = CoordinatorsState.page, CoordinatorsState.problems
_TYPING_PAUSE_MILLISECONDS = 200


def coordinators() -> rx.Component:
    """Return the page."""
    return desk(
        page_heading(t("Coordinators"), t("They enrol employees and decide in the institution's name.")),
        rx.cond(CoordinatorsState.is_loaded, _loaded(), rx.skeleton(height="320px", width="100%")),
        current="/iestade/koordinatori",
    )


def _loaded() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            _list(t("Speak for the institution"), _page.speaking),
            rx.cond(_page.nominated.length() > 0, _list(t("Nominated"), _page.nominated), rx.fragment()),
            rx.cond(_page.ended.length() > 0, _list(t("Before"), _page.ended), rx.fragment()),
            class_name="desk-parts",
        ),
        rx.el.div(_nominate(), _digest(), class_name="desk-parts"),
        _end_dialog(),
        class_name="desk-two",
    )


def _list(title: rx.Var[str], rows: rx.Var[list[CoordinatorRow]]) -> rx.Component:
    return rx.el.section(
        rx.el.header(rx.heading(title, as_="h2", size="3")),
        rx.el.ul(rx.foreach(rows, _row), class_name="desk-rows"),
        class_name="panel",
    )


def _row(row: rx.Var[CoordinatorRow]) -> rx.Component:
    mine = rx.cond(row.is_me, rx.el.span(t("this is you"), class_name="tag"), rx.fragment())
    left = rx.cond(row.has_left, rx.el.span(t("no employee any more"), class_name="tag"), rx.fragment())
    verb = rx.cond(row.was_confirmed, t("End"), t("Take back"))
    act = second_button(
        verb, spoken(rx.Var.create(" ") + row.name), on_click=CoordinatorsState.begin_end(row.id), size="1"
    )
    return rx.el.li(
        rx.el.div(
            rx.el.div(rx.el.b(row.name), mine, left, class_name="who"),
            rx.el.div(row.days_text, class_name="muted tnum"),
            rx.el.div(t("Document: {document}", document=row.document_text), class_name="muted tnum"),
            rx.cond(
                row.end_text != "",
                rx.el.div(t("Ended by: {document}", document=row.end_text), class_name="muted tnum"),
                rx.fragment(),
            ),
        ),
        rx.el.div(status(row.tone, row.state_text), rx.cond(row.can_end, act, rx.fragment()), class_name="beside"),
        key=row.id.to_string(),
    )


def _nominate() -> rx.Component:
    form = rx.el.form(
        _who(),
        _kind(),
        _text("document_number", t("Number of the institution's order"), max_length=60, placeholder="1-5/31"),
        _text("document_on", t("Date of the order"), type="date"),
        _text("from_on", t("First day as coordinator"), type="date"),
        rx.cond(CoordinatorsState.is_deputy, _text("last_on", t("Last day"), type="date"), rx.fragment()),
        rx.el.div(button(t("Nominate"), type="submit", size="2"), class_name="whole-row"),
        on_submit=CoordinatorsState.nominate,
        reset_on_submit=False,
        no_validate=True,
        key=CoordinatorsState.drawn.to_string(),
        class_name="desk-form",
    )
    return rx.el.section(
        rx.el.header(rx.heading(t("Nominate a colleague"), as_="h2", size="3")),
        rx.el.p(t("The school confirms the nomination. Until then the colleague sees nothing."), class_name="desk-say"),
        form,
        class_name="panel",
    )


def _text(name: str, label: rx.Var[str], **attributes: str | int) -> rx.Component:
    return text_field(name, label, problem=getattr(_problems, name), identifier=f"colleague-{name}", **attributes)


def _who() -> rx.Component:
    chosen = CoordinatorsState.chosen
    search = rx.el.input(
        id="colleague",
        name="colleague",
        type="search",
        on_change=CoordinatorsState.search.debounce(_TYPING_PAUSE_MILLISECONDS),
        placeholder=t("Name"),
        auto_complete="off",
        max_length=100,
        aria_describedby="colleague-note",
        aria_invalid=rx.cond(_problems.person_id != "", "true", "false"),
    )
    found = rx.el.ul(rx.foreach(CoordinatorsState.choices, _choice), class_name="desk-found", role="list")
    none = (CoordinatorsState.words.length() > 1) & (CoordinatorsState.choices.length() == 0)
    return rx.cond(
        chosen.person_id > 0,
        rx.el.div(
            rx.el.div(rx.el.b(chosen.name), rx.el.div(chosen.work_text, class_name="muted")),
            quiet_button(t("Another"), type="button", on_click=CoordinatorsState.choose_another, size="1"),
            class_name="desk-chosen whole-row",
        ),
        rx.el.div(
            field("colleague", t("Employee"), search, problem=_problems.person_id),
            rx.cond(CoordinatorsState.choices.length() > 0, found, rx.fragment()),
            rx.cond(none, rx.el.p(t("No employee of that name can be nominated."), role="status"), rx.fragment()),
            class_name="whole-row",
        ),
    )


def _choice(one: rx.Var[ColleagueChoice]) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.b(one.name),
            rx.el.span(one.work_text, class_name="muted"),
            type="button",
            on_click=CoordinatorsState.choose(one.person_id),
        ),
        key=one.person_id.to_string(),
    )


def _kind() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(t("Speaks")),
        _radio("coordinator", t("until further notice"), ~CoordinatorsState.is_deputy),
        _radio("deputy", t("in my place, for some days"), CoordinatorsState.is_deputy),
        class_name="whole-row desk-kind",
    )


def _radio(value: str, label: rx.Var[str], checked: rx.Var[bool]) -> rx.Component:
    choice = rx.el.input(
        type="radio", name="kind", value=value, checked=checked, on_change=CoordinatorsState.choose_kind
    )
    return rx.el.label(choice, label)


def _digest() -> rx.Component:
    return rx.el.section(
        rx.el.header(rx.heading(t("Messages about the institution"), as_="h2", size="3")),
        rx.el.label(
            rx.switch(checked=_page.wants_digest, on_change=CoordinatorsState.choose_digest),
            rx.el.span(
                rx.el.span(t("One digest a day"), class_name="row-title"),
                rx.el.span(
                    t(
                        "On working days at 8:00, when there is something to tell: what waits for approval, new and "
                        "cancelled applications, places about to be released. Otherwise a message comes of each "
                        "application at once."
                    ),
                    class_name="muted row-words",
                ),
            ),
            class_name="profile-switch",
        ),
        class_name="panel",
    )


def _end_dialog() -> rx.Component:
    row = CoordinatorsState.ending
    mine = t("You lose the rights of a coordinator at once, in every open window.")
    theirs = t("{name} loses the rights of a coordinator at once, in every open window.", name=row.name)
    waiting = t("The nomination of {name} is taken back.", name=row.name)
    last = t("Nobody else speaks for the institution. Nobody could enrol employees or approve applications any more.")
    return reason_dialog(
        "end",
        row.id > 0,
        rx.cond(row.was_confirmed, t("End the coordination?"), t("Take the nomination back?")),
        rx.cond(row.was_confirmed, rx.cond(row.is_me, mine, theirs), waiting),
        rx.cond(row.was_confirmed, t("End now"), t("Take back")),
        problem=CoordinatorsState.end_problem,
        on_close=CoordinatorsState.leave_end,
        on_submit=CoordinatorsState.end,
        label=t("The institution's document"),
        hint=t("For example: order No. 1-5/40, 12.11.2026."),
        warning=rx.cond(row.is_last, last, ""),
    )
