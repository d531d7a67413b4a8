"""One's own data: the download, who looked, the request for erasure (2.6)."""

import reflex as rx

from mps_app.components.basic import button, field, icon, page_heading, second_button, status
from mps_app.components.profile_sections import OWN_DATA, profile_sections
from mps_app.components.words import t
from mps_app.pages.layout import shell
from mps_app.state.my_data import MyDataState
from mps_app.views.my_data import ErasureRow, KeptRow, LookRow

_page = MyDataState.page
_LONGEST_WISH = 2_000


def my_data() -> rx.Component:
    """Return the page."""
    loaded = rx.el.div(_download(), _looks(), _erasure(), class_name="profile-parts")
    return shell(
        page_heading(t("Profile")),
        rx.el.div(
            profile_sections(OWN_DATA),
            rx.cond(MyDataState.is_loaded, loaded, rx.skeleton(height="320px", width="100%")),
            class_name="profile",
        ),
        current="/profils",
    )


def _download() -> rx.Component:
    saved = rx.el.a(icon("download", 16), t("Download my data"), href="/profils/mani-dati.zip", reload_document=True)
    return rx.el.section(
        rx.el.header(rx.heading(t("My data"), as_="h2", size="4")),
        rx.el.div(
            rx.el.p(
                t(
                    "Everything the system keeps about you in one file (ZIP): your records as JSON and your "
                    "certificates as PDF. Keep the file safe: it also holds your personal code."
                )
            ),
            rx.el.div(button(saved, as_child=True, size="3")),
            class_name="own-data",
        ),
        class_name="panel",
    )


def _looks() -> rx.Component:
    nobody = rx.el.p(t("Nobody has opened your record yet."), class_name="panel-note muted")
    older = rx.cond(
        _page.older_looks_text != "", rx.el.p(_page.older_looks_text, class_name="panel-note muted"), rx.fragment()
    )
    return rx.el.section(
        rx.el.header(rx.heading(t("Who looked at my record"), as_="h2", size="4")),
        rx.cond(
            MyDataState.looks.length() > 0,
            rx.fragment(rx.el.ul(rx.foreach(MyDataState.looks, _look), class_name="profile-rows"), older),
            nobody,
        ),
        class_name="panel",
    )


def _look(row: rx.Var[LookRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(row.who_text, class_name="row-title"), rx.el.div(row.why_text, class_name="muted row-words")
        ),
        rx.el.span(row.when_text, class_name="muted row-words tnum"),
    )


def _erasure() -> rx.Component:
    return rx.el.section(
        rx.el.header(rx.heading(t("Erasure of my data"), as_="h2", size="4")),
        rx.cond(
            MyDataState.requests.length() > 0,
            rx.el.ul(rx.foreach(MyDataState.requests, _request), class_name="profile-rows"),
        ),
        rx.el.div(
            rx.el.p(
                t(
                    "You can ask the school to erase your data. It answers within a month. The following has to be "
                    "kept as long as the law says; after that it is erased or made anonymous."
                )
            ),
            rx.el.ul(rx.foreach(MyDataState.kept, _kept), class_name="kept-by-law"),
            class_name="own-data",
        ),
        rx.cond(_page.may_request, _form()),
        class_name="panel",
    )


def _request(row: rx.Var[ErasureRow]) -> rx.Component:
    withdraw = rx.cond(
        row.is_open, second_button(t("Withdraw the request"), on_click=MyDataState.withdraw_erasure, size="2")
    )
    return rx.el.li(
        rx.el.div(
            rx.el.div(t("Asked on {day}", day=row.asked_text), class_name="row-title"),
            rx.cond(row.wish != "", rx.el.div(row.wish, class_name="as-typed muted row-words")),
            rx.cond(row.answer_text != "", rx.el.div(row.answer_text, class_name="as-typed row-words")),
        ),
        status(row.tone, row.status_text),
        withdraw,
    )


def _kept(row: rx.Var[KeptRow]) -> rx.Component:
    return rx.el.li(
        rx.el.span(row.what_text), rx.el.b(row.how_long_text), rx.el.span(row.basis_text, class_name="muted")
    )


def _form() -> rx.Component:
    wish = rx.el.textarea(
        id="wish",
        name="wish",
        default_value=MyDataState.wish,
        key="wish" + MyDataState.drawn.to_string(),
        rows=4,
        max_length=_LONGEST_WISH,
        aria_describedby="wish-note",
    )
    return rx.el.form(
        field(
            "wish",
            t("What should be erased, and why (optional)"),
            wish,
            problem=MyDataState.wish_problem,
        ),
        rx.el.div(second_button(t("Ask for erasure"), type="submit", size="3")),
        on_submit=MyDataState.request_erasure,
        class_name="ask-form",
    )
