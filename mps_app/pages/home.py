"""The home page: the date scale, what is due and the newest courses; a visitor is invited to sign in."""

import reflex as rx

from mps_app.components.basic import button_link, icon, link, mark, page_heading, route_link, second_button
from mps_app.components.certificate_list import certificate_number
from mps_app.components.date_scale import date_scale, scale_on_its_way
from mps_app.components.day_band import Band, Moves
from mps_app.components.words import t
from mps_app.pages.layout import shell
from mps_app.state.date_scale import PickedState, ScaleState
from mps_app.state.home import HomeState
from mps_app.state.signed_in import SignedInState
from mps_app.views.certificates import CertificateRow
from mps_app.views.my_training import CourseTile, TaskRow

_page = HomeState.page


def home() -> rx.Component:
    """Return the page; both faces share the newest courses."""
    return shell(
        # Who looks is known a moment after the page is there: until then neither face, only the shape.
        rx.cond(HomeState.is_loaded, rx.cond(SignedInState.person.is_signed_in, _own(), _invitation()), _on_its_way()),
        _newest(),
        current="/",
    )


def _own() -> rx.Component:
    band = Band(
        phase=ScaleState.phase, is_empty=ScaleState.is_empty, words=ScaleState.words, calendar=ScaleState.calendar,
        months=ScaleState.months, ribbon=ScaleState.ribbon, shown=ScaleState.shown,
        day=PickedState.day, card=PickedState.card, reveal=PickedState.reveal,
    )  # fmt: skip
    moves = Moves(
        pick=PickedState.pick, jump=PickedState.jump, key=PickedState.key, settle=PickedState.settle,
        show=ScaleState.show, scrolled=ScaleState.scrolled, leafed=ScaleState.leafed, retry=ScaleState.load,
        refresh=PickedState.refresh, give_up=PickedState.give_up,
    )  # fmt: skip
    return rx.fragment(
        page_heading(t("Good day!"), _page.sentence),
        date_scale(band, moves),
        rx.el.p(
            icon("calendar-days", 16),
            link(t("All sessions in your own calendar program"), href="/mans-kalendars", size="2"),
            class_name="ds-feed",
        ),
        rx.el.div(
            rx.cond(_page.tasks.length() > 0, _tasks(), rx.fragment()),
            _certificates(),
            class_name="home-columns",
        ),
    )


def _on_its_way() -> rx.Component:
    heading = rx.el.div(
        rx.skeleton(height="36px", width="180px"), rx.skeleton(height="20px", width="min(420px, 100%)"),
        class_name="home-wait", aria_hidden="true",
    )  # fmt: skip
    return rx.fragment(heading, scale_on_its_way())


def _invitation() -> rx.Component:
    return rx.el.div(
        rx.heading(
            t("Training for state and municipal institutions"), as_="h1", size=rx.breakpoints(initial="7", md="8")
        ),
        rx.text(
            t("Apply for courses, follow your sessions and keep your certificates in one place."),
            as_="p", size="4", class_name="muted", margin="var(--space-3) 0 var(--space-5)", max_width="560px",
        ),
        rx.flex(
            button_link(icon("log-in"), t("Sign in with Latvija.lv"), href="/pieslegties", size="3"),
            second_button(route_link(t("Open the catalogue"), to="/katalogs"), as_child=True, size="3"),
            spacing="3", wrap="wrap",
        ),
        class_name="invitation",
    )  # fmt: skip


def _panel(title: rx.Var[str], *body: rx.Component, beside: rx.Component | None = None) -> rx.Component:
    head = rx.el.header(rx.heading(title, as_="h2", size="4", flex="1"), *([beside] if beside else []))
    return rx.el.section(head, *body, class_name="panel")


def _tasks() -> rx.Component:
    count = rx.el.span(_page.tasks.length(), class_name="muted tnum")
    return _panel(t("Things to do"), rx.foreach(_page.tasks, _task), beside=count)


def _task(row: rx.Var[TaskRow]) -> rx.Component:
    shown = rx.match(
        row.icon,
        ("ticket", icon("ticket")), ("message-square-text", icon("message-square-text")),
        ("clipboard-check", icon("clipboard-check")), icon("mail-check"),
    )  # fmt: skip
    tile = rx.el.span(shown, class_name="tile", aria_hidden="true")
    words = rx.el.div(
        rx.el.div(row.title, style={"fontWeight": "600"}),
        rx.text(
            row.sentence,
            " ",
            rx.el.b(row.consequence),
            " ",
            row.when_text,
            as_="p",
            size="2",
            class_name="muted",
            margin="0",
        ),
    )
    act = rx.cond(
        row.is_urgent,
        button_link(row.action, href=row.path, size="2"),
        second_button(route_link(row.action, to=row.path), as_child=True, size="2"),
    )
    return rx.el.div(tile, words, act, class_name="rowlink task")


def _certificates() -> rx.Component:
    none = rx.el.div(t("Your certificates will be here once you have completed a training."), class_name="panel-note")
    return _panel(
        t("Latest certificates"),
        rx.cond(_page.certificates.length() > 0, rx.foreach(_page.certificates, _certificate), none),
        beside=link(t("All certificates"), href="/profils/sertifikati", size="2"),
    )


def _certificate(row: rx.Var[CertificateRow]) -> rx.Component:
    words = rx.el.div(
        rx.text(row.course_title, size="2", weight="bold", as_="div"),
        rx.text(row.summary_text, ", ", certificate_number(row.number), size="2", class_name="muted", as_="div"),
        style={"minWidth": "0"},
    )
    take = rx.icon_button(
        rx.el.a(icon("download"), href=row.pdf_path, reload_document=True),
        as_child=True, variant="ghost", color_scheme="gray", high_contrast=True, margin="0",
        aria_label=t("Download: {course}", course=row.course_title),
    )  # fmt: skip
    return rx.el.div(words, rx.cond(row.is_ready, take, rx.fragment()), class_name="rowlink two-columns")


def _newest() -> rx.Component:
    return rx.el.section(
        rx.flex(
            rx.heading(t("Newest courses"), as_="h2", size="4"),
            link(t("The whole catalogue"), href="/katalogs", size="2"),
            justify="between", align="center", margin_bottom="var(--space-3)",
        ),
        rx.cond(
            HomeState.is_loaded,
            rx.el.div(rx.foreach(_page.courses, _tile), class_name="tiles"),
            rx.el.div(*(rx.skeleton(height="150px") for _ in range(3)), class_name="tiles", aria_hidden="true"),
        ),
        class_name="newest",
    )  # fmt: skip


def _tile(course: rx.Var[CourseTile]) -> rx.Component:
    return rx.el.article(
        rx.el.div(rx.el.span(mark(course.form), course.form_text), class_name="meta"),
        rx.el.h3(route_link(course.title, to=course.path, class_name="plain whole")),
        rx.el.p(course.summary, class_name="muted"),
        rx.el.div(
            rx.el.b(course.when_text), rx.el.span(course.places_text, class_name="muted"), class_name="tile-foot"
        ),
        class_name="panel course-tile",
    )
