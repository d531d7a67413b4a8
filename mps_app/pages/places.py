"""Groups to which an institution can enrol, and the places it holds in them (11.6, 3.5)."""

from collections.abc import Callable

import reflex as rx

from mps_app.components.basic import (
    button,
    danger_button,
    empty,
    icon,
    mark,
    note,
    route_link,
    second_button,
    spoken,
    text_field,
)
from mps_app.components.enrol_panel import capacity
from mps_app.components.finding import search_field
from mps_app.components.in_browser import RETURNS_FOCUS
from mps_app.components.words import t
from mps_app.pages.desk import desk
from mps_app.state.institution import InstitutionState
from mps_app.state.places import PlacesState as State
from mps_app.views.enrolments import PlaceCard

_page, _card, _desk = State.page, State.card, InstitutionState.desk


def places() -> rx.Component:
    """Return the page."""
    return desk(
        rx.el.header(
            rx.el.div(
                rx.heading(t("Groups and places"), as_="h1", size=rx.breakpoints(initial="5", md="6")),
                rx.el.p(_desk.name, class_name="muted"),
            ),
            class_name="desk-head",
        ),
        rx.cond(State.is_loaded, _loaded(), rx.skeleton(height="320px", width="100%")),
        _reserve_dialog(),
        current="/iestade/grupas",
    )


def _loaded() -> rx.Component:
    return rx.el.div(
        rx.cond(_page.closed.length() > 0, _closed(), rx.fragment()),
        rx.el.section(
            rx.el.header(
                rx.heading(t("Groups of the catalogue"), as_="h2", size="3"),
                rx.el.span(_page.found_text, class_name="muted beside"),
                _search(),
                class_name="with-find",
            ),
            rx.cond(
                _page.cards.length() > 0,
                rx.el.ul(rx.foreach(_page.cards, _row), class_name="desk-rows places"),
                empty("ticket", t("No group was found"), t("Look for another word, or come back later.")),
            ),
            rx.cond(
                _page.has_more,
                rx.el.div(second_button(t("Show more"), on_click=State.show_more, size="2"), class_name="more-row"),
                rx.fragment(),
            ),
            class_name="panel",
        ),
        class_name="desk-parts",
    )


def _closed() -> rx.Component:
    return rx.el.section(
        rx.el.header(
            icon("lock", 16),
            rx.heading(t("For your institution only"), as_="h2", size="3"),
            rx.el.span(t("The catalogue does not show these groups."), class_name="muted beside hide-s"),
        ),
        rx.el.ul(rx.foreach(_page.closed, _row), class_name="desk-rows places"),
        class_name="panel",
    )


def _search() -> rx.Component:
    words = t("Search for a course or a group")
    return search_field(State.query, State.search, placeholder=words, label=words, look="desk-find")


def _row(card: rx.Var[PlaceCard]) -> rx.Component:
    return rx.el.li(
        _about(card),
        rx.el.div(
            rx.el.div(rx.el.span(card.left_text), class_name="ends tnum"),
            capacity(card.others_width, card.all_width, card.bar_text),
            rx.el.div(card.until_text, class_name="muted"),
            class_name="filling",
        ),
        _acts(card),
        class_name="place-row",
    )


def _about(card: rx.Var[PlaceCard]) -> rx.Component:
    own = rx.cond(card.own_text != "", rx.el.span(card.own_text, class_name="tag"), rx.fragment())
    held = rx.cond(card.reserved > 0, rx.el.span(card.reserved_text, class_name="tag held"), rx.fragment())
    share = rx.cond(card.share_text != "", rx.el.span(card.share_text, class_name="muted"), rx.fragment())
    return rx.el.div(
        rx.el.b(card.course_title),
        rx.el.div(
            rx.el.span(card.code, class_name="tnum"),
            rx.el.span(mark(card.form), spoken(card.form_text), card.when_text),
            rx.el.span(card.price_text, class_name="tnum"),
            class_name="meta",
        ),
        rx.el.div(own, held, share, class_name="tags"),
    )


def _acts(card: rx.Var[PlaceCard]) -> rx.Component:
    of_this = spoken(rx.Var.create(" ") + card.code)
    label = rx.cond(card.reserved > 0, t("Change the reservation"), t("Reserve places"))
    return rx.el.div(
        second_button(route_link(t("Enrol employees"), of_this, to=card.enrol_path), as_child=True, size="2"),
        rx.cond(
            (card.most > 0) | (card.reserved > 0),
            second_button(label, of_this, on_click=State.begin(card.group_id), size="2"),
            rx.fragment(),
        ),
        class_name="acts",
    )


def _reserve_dialog() -> rx.Component:
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title(t("Reserve places without names")),
            rx.dialog.description(_card.course_title, ", ", _card.code, size="3"),
            rx.el.form(
                *_fields(), _answers(), on_submit=State.reserve, reset_on_submit=False, class_name="reason-form"
            ),
            max_width="480px",
            custom_attrs=RETURNS_FOCUS,
        ),
        open=_card.group_id > 0,
        on_open_change=State.close,
    )


def _fields() -> list[rx.Component]:
    places = text_field(
        "places",
        t("Places in all"),
        value=_card.wanted_text,
        hint=t("At most {most}", most=_card.most.to_string()),
        type="number",
        min="1",
        max=_card.most.to_string(),
        required=True,
    )
    day = text_field(
        "release_on",
        t("Give back unnamed places on"),
        value=_card.release_on,
        hint=t("On that morning the places without names are free for others."),
        type="date",
        min=_card.first_release_on,
        max=_card.last_release_on,
        required=True,
    )
    return [rx.cond(State.problem != "", note("bad", State.problem, role="alert"), rx.fragment()), places, day]


def _answers() -> rx.Component:
    give_back = danger_button(t("Give all back"), type="button", on_click=State.give_back, size="3")
    closes: Callable[[rx.Component], rx.Component] = rx.dialog.close
    return rx.el.div(
        closes(second_button(t("Cancel"), type="button", size="3")),
        rx.cond(_card.reserved > 0, give_back, rx.fragment()),
        button(t("Reserve"), type="submit", size="3"),
        class_name="profile-acts",
    )
