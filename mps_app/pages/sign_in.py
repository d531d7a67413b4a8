"""Signing in: one button, and the real calendar of open sessions beside it. Also the page after signing out."""

import reflex as rx

from mps_app.components.basic import icon, link, mark, note
from mps_app.components.words import Words, t
from mps_app.pages.layout import brand
from mps_app.state.sign_in import SignInState
from mps_app.state.signed_in import Ended
from mps_app.views.open_calendar import CalendarMark, CalendarMonth


def sign_in() -> rx.Component:
    """Return the page that every protected page leads to."""
    return _public(
        rx.heading(
            t("Training for state and municipal institutions"), as_="h1", size=rx.breakpoints(initial="7", md="8")
        ),
        _sentence(t("Apply for courses, follow your sessions and keep your certificates in one place.")),
        rx.match(
            SignInState.ended,
            (Ended.BY_ITSELF, _ended(t("Your session has ended. Sign in again to go on."))),
            (Ended.KEPT, _ended(t("Your session has ended. What you typed is kept."))),
            (Ended.ELSEWHERE, _ended(t("This session was ended in another window or on another device."))),
            rx.fragment(),
        ),
        _button(t("Sign in with Latvija.lv")),
    )


def _ended(words: rx.Var[str]) -> rx.Component:
    return rx.box(note("warn", icon("clock-alert"), words), max_width="420px", margin_bottom="var(--space-4)")


def signed_out() -> rx.Component:
    """Return the page after signing out; shared computers deserve a warning (facts: the provider may remember)."""
    return _public(
        rx.heading(t("You have signed out"), as_="h1", size=rx.breakpoints(initial="7", md="8")),
        _sentence(t("On a shared computer, close the browser too: the sign-in service may still remember you.")),
        _button(t("Sign in again")),
    )


def _public(*words: rx.Component) -> rx.Component:
    return rx.el.div(
        rx.el.header(
            brand(),
            rx.box(
                rx.cond(
                    Words.english,
                    rx.el.a("Latviski", href="/valoda/lv", reload_document=True, lang="lv", class_name="plain"),
                    rx.el.a("English", href="/valoda/en", reload_document=True, lang="en", class_name="plain"),
                ),
                margin_left="auto",
            ),
        ),
        rx.el.main(rx.el.div(*words), _calendar(), id="saturs", class_name="si"),
        rx.el.footer(rx.el.span(t("School of public administration"))),
        class_name="pub",
    )


def _sentence(words: rx.Var[str]) -> rx.Component:
    return rx.text(
        words, as_="p", size="4", class_name="muted", max_width="440px", margin="var(--space-3) 0 var(--space-5)"
    )


def _button(words: rx.Var[str]) -> rx.Component:
    return rx.box(
        rx.el.a(
            icon("log-in", 20), words, href=SignInState.start_address, reload_document=True, class_name="sign-in-button"
        ),
        rx.text(
            t("An eID card, eParaksts mobile or your bank will do. No separate password is needed."),
            as_="p",
            size="2",
            class_name="muted",
            margin="var(--space-3) 0 0",
        ),
        rx.el.hr(class_name="rule", style={"margin": "20px 0"}),
        rx.flex(
            link(t("See the training catalogue without signing in"), href="/katalogs", size="3"),
            link(t("Check a certificate"), href="/parbaude", size="3"),
            direction="column",
            align="start",
            spacing="3",
        ),
        max_width="420px",
    )


def _calendar() -> rx.Component:
    legend = (("in_person", t("in person")), ("online", t("online")), ("hybrid", t("hybrid")))
    return rx.el.section(
        rx.text(t("Open training"), as_="p", size="3", weight="bold", margin="0 0 var(--space-4)"),
        rx.foreach(SignInState.months, _month),
        rx.el.div(
            *(rx.el.span(mark(form), words) for form, words in legend),
            rx.el.span(mark("elearning"), t("e-learning deadline")),
            class_name="meta belt-legend",
        ),
        aria_label=t("Training calendar"),
    )


def _month(month: rx.Var[CalendarMonth]) -> rx.Component:
    today = rx.el.span(rx.el.i(), rx.el.b(t("today")), class_name="belt-today", style={"left": month.today_left})
    line = rx.el.div(
        rx.foreach(month.marks, _mark),
        rx.cond(month.today_left != "", today, rx.fragment()),
        class_name="belt-line",
        role="img",
        aria_label=month.spoken,
    )
    return rx.el.div(rx.el.span(month.name, aria_hidden="true"), line, class_name="belt-month")


def _mark(one: rx.Var[CalendarMark]) -> rx.Component:
    return rx.el.span(
        mark(one.form), class_name=rx.cond(one.is_past, "belt-mark past", "belt-mark"), style={"left": one.left}
    )
