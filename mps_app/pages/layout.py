"""The shell around every page: top bar for participants, side bar for staff, bottom bar on phones."""

from typing import Any

import reflex as rx

from mps_app.components.account_menu import account_menu
from mps_app.components.basic import button_link, icon, route_link, second_button
from mps_app.components.notice import notice
from mps_app.components.words import PageLanguage, Words, t
from mps_app.pages.menu import DESK, MENU, SCHOOL, Entry
from mps_app.state.notice import NoticeState
from mps_app.state.signed_in import SignedInState

_person = SignedInState.person


def shell(*body: rx.Component, current: str = "") -> rx.Component:
    """Return a page: skip link, bars, main, footer, notice. ``current`` is the menu entry it belongs to."""
    return frame(
        rx.cond(_person.is_staff, _side(current), rx.fragment()),
        rx.el.div(_top(current), _phone_top(), page_main(*body), _foot(), class_name="column"),
        _tabs(current),
        class_name=rx.cond(_person.is_staff, "work", ""),
    )


def frame(
    side: rx.Component, column: rx.Component, tabs: rx.Component, *, class_name: str | rx.Var[str]
) -> rx.Component:
    """Put a page together: skip link, side bar beside the column, the phone's bar, the notice."""
    return rx.fragment(
        PageLanguage.create(),
        rx.el.A.create(t("Skip to content"), href="#saturs", class_name="skip a"),  # no route: a router would load
        rx.el.div(side, column, class_name=class_name),
        tabs,
        notice(NoticeState.notice, on_close=NoticeState.close),
    )


def page_main(*body: rx.Component) -> rx.Component:
    """Return the page's own part, where the skip link leads."""
    return rx.el.main(*body, id="saturs", class_name="page", tab_index=-1)


def brand(*, short: bool = False, under: rx.Var[str] | None = None) -> rx.Component:
    """Return the mark with the name and what stands ``under`` it, leading home."""
    words = t("Training management system") if under is None else under
    small = [] if short else [rx.el.small(words, class_name="ell", style={"display": "block"})]
    return rx.link(
        rx.el.img(src="/logo.svg", width="30px", height="30px", alt=""),
        rx.el.span(rx.el.b("MPS"), *small, style={"minWidth": "0"}),
        href="/",
        class_name="brand",
        underline="none",
        aria_label=t("MPS, home page"),
    )


def _shown(entry: Entry, link: rx.Component) -> rx.Component:
    """Show an entry to those who can use it; the services refuse the others anyway."""
    return link if entry.for_visitors else rx.cond(_person.is_signed_in, link, rx.fragment())


def menu_link(entry: Entry, current: str, look: str, *, with_icon: int = 0) -> rx.Component:
    """Return an entry of the menu as a link, with its icon in this size."""
    parts: list[rx.Component | rx.Var[str]] = [icon(entry.icon, with_icon)] if with_icon else []
    here = {"aria_current": "page"} if entry.route == current else {}
    words = t(entry.short if entry.short and not look else entry.label)
    return _shown(entry, rx.link(*parts, words, href=entry.route, class_name=look, underline="none", **here))


def counted_link(entry: Entry, current: str, counts: rx.Var[Any]) -> rx.Component:  # Any: the view that counts
    """Return an entry of a side bar with what is counted beside it."""
    number = counts[entry.count] if entry.count else rx.Var.create(0)
    here = {"aria_current": "page"} if entry.route == current else {}
    return rx.link(
        icon(entry.icon, 18), t(entry.label), rx.cond(number > 0, rx.el.span(number, class_name="n"), rx.fragment()),
        href=entry.route, class_name="l", underline="none", **here,
    )  # fmt: skip


def _top(current: str) -> rx.Component:
    return rx.el.header(
        rx.el.div(
            brand(),
            rx.el.nav(
                *(menu_link(entry, current, "navl") for entry in MENU),
                rx.cond(_person.is_coordinator, menu_link(DESK, current, "navl"), rx.fragment()),
                aria_label=t("Main menu"),
                style={"marginLeft": "12px"},
            ),
            rx.flex(_help_link(), _account(), align="center", spacing="3", margin_left="auto"),
            class_name="top-in",
        ),
        class_name="top",
    )


def _phone_top() -> rx.Component:
    return rx.el.header(
        brand(short=True),
        rx.flex(_help_link(), _account(short=True), align="center", spacing="2", margin_left="auto"),
        class_name="mtop",
    )


def _help_link() -> rx.Component:
    return route_link(icon("circle-help", 20), to="/palidziba", aria_label=t("Help"), class_name="help-link")


def _account(*, short: bool = False) -> rx.Component:
    return rx.cond(_person.is_signed_in, account_menu(_person, short=short), _sign_in())


def _sign_in() -> rx.Component:
    return second_button(route_link(t("Sign in"), to="/pieslegties"), as_child=True, size="2")


def _side(current: str) -> rx.Component:
    return rx.el.aside(
        brand(),
        rx.el.nav(
            *(menu_link(entry, current, "l", with_icon=18) for entry in MENU),
            rx.cond(_person.is_coordinator, menu_link(DESK, current, "l", with_icon=18), rx.fragment()),
            rx.cond(_person.answers_questions | _person.confirms_coordinators, _school(current), rx.fragment()),
            aria_label=t("Main menu"),
            style={"display": "contents"},
        ),
        rx.el.div(account_menu(_person), class_name="side-foot"),
        class_name="side",
    )


def _school(current: str) -> rx.Component:
    """Return what the school's own people do."""
    entries = (rx.cond(_person[entry.needs], counted_link(entry, current, _person), rx.fragment()) for entry in SCHOOL)
    return rx.fragment(rx.el.h6(t("School")), *entries)


def _tabs(current: str) -> rx.Component:
    return rx.el.nav(
        *(menu_link(entry, current, "", with_icon=22) for entry in MENU),
        class_name="tabbar",
        aria_label=t("Main menu"),
    )


def _foot() -> rx.Component:
    return rx.el.footer(
        rx.el.div(
            rx.el.span(t("School of public administration")),
            route_link(t("Ask a question"), to="/palidziba#jautat", class_name="plain"),
            route_link(t("Check a certificate"), to="/parbaude", class_name="plain"),
            rx.el.a(t("Course feed (iCalendar)"), href="/katalogs.ics", reload_document=True, class_name="plain"),
            rx.el.span(_language_link(), style={"marginLeft": "auto", "display": "flex", "gap": "16px"}),
        ),
        class_name="foot",
    )


def _language_link() -> rx.Component:
    return rx.cond(
        Words.english,
        rx.el.a("Latviski", href="/valoda/lv", reload_document=True, lang="lv", class_name="plain"),
        rx.el.a("English", href="/valoda/en", reload_document=True, lang="en", class_name="plain"),
    )


def message_page(title: str, sentence: str, *, current: str = "") -> rx.Component:
    """Return a page that only says something and leads on: not found, not for you."""
    return shell(message_body(title, sentence), current=current)


def message_body(title: str, sentence: str) -> rx.Component:
    """Return what such a page says, for pages that find only later that there is nothing to show."""
    return rx.el.div(
        rx.heading(t(title), as_="h1", size="7"),
        rx.text(t(sentence), as_="p", size="4", class_name="muted", margin="0"),
        rx.flex(button_link(t("Open the catalogue"), href="/katalogs", size="3"), spacing="3", wrap="wrap"),
        class_name="center-page",
    )
