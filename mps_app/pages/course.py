"""A course in full (3.1): what it teaches, who teaches, when, and the button that tells the truth."""

import reflex as rx

from mps_app.components.basic import icon, link
from mps_app.components.course_panel import course_bar, course_panel
from mps_app.components.words import t
from mps_app.pages.applying import applying
from mps_app.pages.layout import message_body, shell
from mps_app.state.apply import ApplyState
from mps_app.state.course import CourseState
from mps_app.text import N_
from mps_app.views.catalogue import LecturerCard, ProgrammePart

_page = CourseState.page


def course() -> rx.Component:
    """Return the page; a course that is not there for the reader looks like any that never was (3.5)."""
    there = rx.cond(_page.title != "", _course(), _nowhere())
    return shell(rx.cond(CourseState.is_loaded, there, _waiting()), applying(CourseState.load), current="/katalogs")


def _course() -> rx.Component:
    return rx.fragment(
        rx.el.title(_page.title + " · MPS"),
        rx.el.link(rel="alternate", type="application/ld+json", href=_page.address + ".jsonld"),
        rx.el.script(_page.structured, type="application/ld+json"),
        rx.el.nav(
            link(t("Catalogue"), href="/katalogs", size="2"),
            rx.el.span(" / ", aria_hidden="true", class_name="muted"),
            link(_page.topic_text, href=_page.topic_address, size="2"),
            aria_label=t("You are here"),
            class_name="crumbs hide-s",
        ),
        rx.heading(_page.title, as_="h1", size=rx.breakpoints(initial="6", md="8"), class_name="course-title"),
        _facts(),
        rx.el.div(
            rx.el.div(_contents(), _about(), _programme(), _lecturers(), class_name="course-body"),
            course_panel(_page, CourseState.group_id, on_choose=CourseState.choose_group, on_apply=ApplyState.open),
            class_name="cp",
        ),
        course_bar(_page, CourseState.group_id, on_apply=ApplyState.open),
    )


def _facts() -> rx.Component:
    return rx.el.div(
        rx.el.span(icon("clock", 16), _page.hours_text),
        rx.el.span(icon("languages", 16), _page.language_text),
        rx.el.span(icon("award", 16), _page.certificate_text),
        rx.cond(_page.exam_text != "", rx.el.span(icon("clipboard-check", 16), _page.exam_text)),
        class_name="meta course-facts",
    )


def _contents() -> rx.Component:
    return rx.el.nav(
        rx.el.a(t("Description"), href="#apraksts", aria_current="true"),
        rx.cond(_page.programme.length() > 0, rx.el.a(t("Programme"), href="#programma")),
        rx.cond(_page.lecturers.length() > 0, rx.el.a(t("Lecturers"), href="#pasniedzeji")),
        aria_label=t("Contents of the page"),
        class_name="toc",
    )


def _about() -> rx.Component:
    outcomes = rx.fragment(
        rx.heading(t("What you will learn"), as_="h2", size="4", class_name="under"),
        rx.el.ul(rx.foreach(_page.outcomes, lambda said: rx.el.li(icon("check", 16), said)), class_name="out"),
    )
    audience = rx.fragment(
        rx.heading(t("Who it is for"), as_="h2", size="4", class_name="under"), rx.el.p(_page.audience_text)
    )
    return rx.el.section(
        rx.foreach(_page.description, _paragraph),
        rx.cond(_page.outcomes.length() > 0, outcomes),
        rx.cond(_page.audience_text != "", audience),
        id="apraksts",
        class_name="prose",
    )


def _paragraph(said: rx.Var[str]) -> rx.Component:
    return rx.el.p(said)


def _programme() -> rx.Component:
    def part(one: rx.Var[ProgrammePart]) -> rx.Component:
        return rx.el.div(
            rx.el.span(one.day_text, class_name="muted day"),
            rx.el.div(rx.el.b(one.title), rx.cond(one.text != "", rx.el.p(one.text, class_name="muted"))),
            rx.el.span(one.hours_text, class_name="muted nowrap"),
            class_name="prog",
        )

    return rx.cond(
        _page.programme.length() > 0,
        rx.el.section(
            rx.heading(t("Programme"), as_="h2", size="5", class_name="part"),
            rx.foreach(_page.programme, part),
            id="programma",
        ),
    )


def _lecturers() -> rx.Component:
    def card(one: rx.Var[LecturerCard]) -> rx.Component:
        return rx.el.div(
            rx.el.span(one.initials, class_name="avatar soft", aria_hidden="true"),
            rx.el.div(rx.el.b(one.name), rx.el.span(one.biography, class_name="muted")),
            class_name="lecturer",
        )

    return rx.cond(
        _page.lecturers.length() > 0,
        rx.el.section(
            rx.heading(t("Lecturers"), as_="h2", size="5", class_name="part"),
            rx.el.div(rx.foreach(_page.lecturers, card), class_name="lecturers"),
            id="pasniedzeji",
        ),
    )


def _nowhere() -> rx.Component:
    return message_body(N_("There is no such course"), N_("The course may have been removed, or the address mistyped."))


def _waiting() -> rx.Component:
    return rx.el.div(
        rx.el.span(t("Loading"), class_name="sr", role="status"),
        rx.skeleton(height="44px", width="min(520px, 90%)"),
        rx.skeleton(height="20px", width="min(360px, 70%)"),
        rx.el.div(rx.skeleton(height="260px"), rx.skeleton(height="320px"), class_name="cp"),
        class_name="bones",
        aria_busy="true",
    )
