"""The shell around the pages of an institution: its own side bar, and on phones its own bar and menu (rule 11)."""

import reflex as rx

from mps_app.components.account_menu import account_menu
from mps_app.components.basic import icon
from mps_app.components.words import t
from mps_app.pages.layout import brand, counted_link, frame, menu_link, page_main
from mps_app.pages.menu import INSTITUTION, Entry
from mps_app.state.institution import InstitutionState
from mps_app.state.signed_in import SignedInState

_person, _desk = SignedInState.person, InstitutionState.desk
_IN_BAR = INSTITUTION[0][1]


def desk(*body: rx.Component, current: str) -> rx.Component:
    """Return a page of an institution; ``current`` is the menu entry it belongs to."""
    return frame(
        _side(current),
        rx.el.div(_phone_top(), page_main(*body), class_name="column"),
        rx.el.nav(
            *(menu_link(entry, current, "", with_icon=22) for entry in _IN_BAR),
            class_name="tabbar",
            aria_label=t("Main menu"),
        ),
        class_name="work",
    )


def _side(current: str) -> rx.Component:
    return rx.el.aside(
        brand(under=_desk.name),
        _chooser(),
        rx.el.nav(
            *(part for heading, entries in INSTITUTION for part in _part(heading, entries, current)),
            aria_label=t("Main menu"),
            style={"display": "contents"},
        ),
        rx.el.div(account_menu(_person), class_name="side-foot"),
        class_name="side",
    )


def _part(heading: str, entries: tuple[Entry, ...], current: str) -> list[rx.Component]:
    title = [rx.el.h6(t(heading))] if heading else []
    return [*title, *(counted_link(entry, current, _desk) for entry in entries)]


def _chooser() -> rx.Component:
    """Return the choice among several institutions."""
    choice = rx.el.select(
        rx.foreach(_desk.choices, lambda one: rx.el.option(one.name, value=one.id.to_string())),
        value=_desk.id.to_string(),
        on_change=InstitutionState.choose_institution,
        aria_label=t("Institution"),
        class_name="control desk-choice",
    )
    return rx.cond(_desk.choices.length() > 1, choice, rx.fragment())


def _phone_top() -> rx.Component:
    return rx.el.header(
        brand(short=True),
        rx.el.span(_desk.name, class_name="ell desk-phone-name"),
        rx.menu.root(
            rx.menu.trigger(
                rx.el.button(icon("menu", 20), type="button", class_name="icon-plain", aria_label=t("Menu"))
            ),
            rx.menu.content(
                *(_menu_item(entry) for _heading, entries in INSTITUTION for entry in entries),
                color_scheme="gray",
                high_contrast=True,
                variant="soft",
            ),
            modal=False,
        ),
        account_menu(_person, short=True),
        class_name="mtop",
    )


def _menu_item(entry: Entry) -> rx.Component:
    return rx.menu.item(icon(entry.icon, 16), t(entry.label), on_select=rx.redirect(entry.route))
