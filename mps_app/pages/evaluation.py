"""The questionnaire after a training: a page without distractions, and the thank-you with what comes next (7.1)."""

import reflex as rx

from mps_app.components.basic import button, button_link, icon, route_link, second_button
from mps_app.components.checklist import checklist
from mps_app.components.focused import focused_head
from mps_app.components.in_browser import timer
from mps_app.components.notice import notice
from mps_app.components.questionnaire import question
from mps_app.components.words import t
from mps_app.state.evaluation import EvaluationState
from mps_app.state.notice import NoticeState

_page = EvaluationState.page


def evaluation() -> rx.Component:
    """Return the page."""
    return rx.fragment(
        rx.el.div(
            _head(),
            rx.cond(
                EvaluationState.is_loaded,
                rx.cond(_page.is_sent, _thanks(), _part()),
                rx.el.main(rx.skeleton(height="320px", width="100%"), id="saturs"),
            ),
            class_name="foc",
        ),
        notice(NoticeState.notice, on_close=NoticeState.close),
    )


def _head() -> rx.Component:
    return focused_head(
        t("Evaluation questionnaire"),
        _page.course_title,
        rx.cond(_page.when_text != "", rx.fragment(", ", _page.when_text), rx.fragment()),
        beside=rx.cond(_page.is_sent, rx.fragment(), _progress()),
        percent=EvaluationState.saved.percent,
        shows_bar=~_page.is_sent,
    )


def _progress() -> rx.Component:
    return rx.el.span(EvaluationState.saved.progress_text, class_name="muted nowrap tnum")


def _intro() -> rx.Component:
    """Say who sees the answers, and promise the certificate only where nothing else is missing (4.11)."""
    promise = rx.cond(
        EvaluationState.leads_to_certificate,
        rx.fragment(" ", t("You get the certificate after the questionnaire.")),
        rx.fragment(),
    )
    words = t("The lecturer sees only a summary, without names.")
    return rx.text(words, promise, as_="p", size="3", class_name="muted", margin="0 0 var(--space-3)")


def _part() -> rx.Component:
    forward = rx.cond(_page.is_last, t("Send the questionnaire"), t("Continue"))
    back = second_button(t("Back"), type="button", size="3", on_click=EvaluationState.go_back)
    return rx.el.form(
        rx.el.main(
            rx.el.span(_page.part_text, class_name="muted part"),
            rx.heading(_page.part_title, as_="h1", size="6", margin_bottom="var(--space-1)"),
            _intro(),
            rx.foreach(_page.questions, lambda item: question(item, EvaluationState.save)),
            id="saturs",
        ),
        rx.el.footer(
            rx.el.div(
                rx.el.span(
                    rx.cond(
                        EvaluationState.saved.saved_text != "",
                        rx.fragment(icon("cloud-check", 16), EvaluationState.saved.saved_text),
                        rx.fragment(),
                    ),
                    class_name="muted saved", role="status",
                ),
                rx.flex(
                    rx.cond(_page.is_first, rx.fragment(), back),
                    button(forward, type="submit", size="3"),
                    spacing="2", margin_left="auto",
                ),
            ),
        ),
        on_submit=EvaluationState.advance,
        key=EvaluationState.visit.to_string() + "-" + _page.part.to_string(),
        no_validate=True,
    )  # fmt: skip


def _sheet() -> rx.Component:
    take = rx.el.a(
        icon("download"), t("Download the certificate"), href=EvaluationState.sheet_path, reload_document=True
    )
    return button(take, as_child=True, size="3")


def _certificates() -> rx.Component:
    return button_link(t("Open my certificates"), href="/profils/sertifikati", size="3")


def _thanks() -> rx.Component:
    return rx.el.main(
        rx.el.div(
            rx.heading(t("Thank you for your answers"), as_="h1", size="7"),
            rx.text(
                t("They are kept apart from your name: nobody can know which are yours."),
                as_="p", size="4", class_name="muted", margin="var(--space-2) 0 var(--space-5)",
            ),
            rx.heading(t("What comes now"), as_="h2", size="4", margin_bottom="var(--space-3)"),
            rx.el.div(checklist(EvaluationState.steps), role="status"),
            rx.cond(
                EvaluationState.next_look > 0,
                timer(EvaluationState.next_look, EvaluationState.look_again),
                rx.fragment(),
            ),
            rx.flex(
                rx.cond(EvaluationState.sheet_path != "", _sheet(), _certificates()),
                second_button(route_link(t("To the home page"), to="/"), as_child=True, size="3"),
                spacing="3", wrap="wrap", margin_top="var(--space-5)",
            ),
        ),
        id="saturs",
    )  # fmt: skip
