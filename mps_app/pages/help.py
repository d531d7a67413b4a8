"""Help: answers to usual questions, the video, and asking the school (10)."""

import reflex as rx

from mps_app.components.basic import (
    button,
    field,
    icon,
    note,
    page_heading,
    quiet_button,
    route_link,
    text_field,
)
from mps_app.components.finding import search_field
from mps_app.components.words import t
from mps_app.pages.layout import shell
from mps_app.state.help import HelpState
from mps_app.state.signed_in import SignedInState
from mps_app.views.questions import HelpAnswer, QuestionRow

_VIDEO = "https://youtu.be/r5PMFzSjNkI"
_LONGEST_QUESTION = 4_000


def help_page() -> rx.Component:
    """Return the page."""
    return shell(
        page_heading(t("Help"), t("Answers to usual questions, and a way to ask the school.")),
        rx.el.div(
            rx.el.div(_usual(), _own(), class_name="help-main"),
            rx.el.div(_ask(), _video(), class_name="help-side"),
            class_name="help",
        ),
        current="/palidziba",
    )


def _usual() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("Usual questions"), class_name="sr"),
        rx.el.div(_search_field(), class_name="find-row"),
        rx.el.div(
            rx.cond(
                HelpState.answers.length() > 0,
                rx.foreach(HelpState.answers, _answer),
                rx.cond(HelpState.is_loaded, _not_answered(), rx.skeleton(height="320px")),
            ),
            class_name="panel usual",
        ),
    )


def _search_field() -> rx.Component:
    return search_field(
        HelpState.query,
        HelpState.search,
        drawn=HelpState.drawn,
        placeholder=t("Search, for example: certificate"),
        label=t("Search in the answers"),
        on_clear=HelpState.clear,
    )


def _answer(one: rx.Var[HelpAnswer]) -> rx.Component:
    onwards = rx.cond(
        one.address != "",
        rx.el.p(route_link(one.link_text, icon("arrow-right", 16), to=one.address, class_name="a onwards")),
    )
    return rx.el.details(
        rx.el.summary(rx.el.h3(one.question), icon("chevron-down", 18)),
        rx.el.div(rx.el.p(one.answer), onwards, class_name="answer"),
        id=one.name,
        key=one.name,
    )


def _not_answered() -> rx.Component:
    return rx.el.div(
        rx.el.b(t("No answer matches the search")),
        rx.el.p(t("Ask the school: we answer by e-mail.")),
        class_name="panel-note",
        role="status",
    )


def _ask() -> rx.Component:
    return rx.el.section(
        rx.el.header(rx.el.h2(t("Ask a question"), class_name="course-name")),
        rx.cond(
            HelpState.sent_to != "",
            _sent(),
            rx.cond(
                SignedInState.person.is_signed_in,
                _form(HelpState.ask_signed_in),
                _form(HelpState.ask),
            ),
        ),
        id="jautat",
        class_name="panel",
    )


def _form(on_submit: rx.EventHandler) -> rx.Component:
    question = rx.el.textarea(
        id="question",
        name="question",
        default_value=HelpState.question,
        key="question" + HelpState.drawn.to_string(),
        rows=6,
        max_length=_LONGEST_QUESTION,
        aria_required="true",
        aria_describedby="question-note",
        aria_invalid=rx.cond(HelpState.question_problem != "", "true", "false"),
    )
    return rx.el.form(
        rx.el.p(t("The school answers by e-mail, usually within two working days."), class_name="muted"),
        text_field(
            "email",
            t("Your e-mail"),
            value=HelpState.email,
            hint=t("The answer comes to this address."),
            problem=HelpState.email_problem,
            type="email",
            auto_complete="email",
            max_length=254,
            aria_required="true",
        ),
        field("question", t("Your question"), question, problem=HelpState.question_problem),
        _for_programs(),
        button(icon("send", 16), t("Send the question"), type="submit", size="3"),
        on_submit=on_submit,
        no_validate=True,  # problems are said beside the fields, in the reader's language
        class_name="ask-form",
        key="form" + HelpState.drawn.to_string(),
    )


def _for_programs() -> rx.Component:
    """Return a field that no person sees or reaches; what fills it is no person (10.1)."""
    return rx.el.div(
        rx.el.label(t("Leave this field empty"), html_for="website"),
        rx.el.input(id="website", name="website", type="text", tab_index=-1, auto_complete="off"),
        aria_hidden="true",
        class_name="for-programs",
    )


def _sent() -> rx.Component:
    return rx.el.div(
        note(
            "good",
            icon("circle-check", 20),
            rx.el.div(
                rx.el.b(t("The question has been sent")),
                rx.el.div(t("The answer comes to {email}.", email=HelpState.sent_to)),
            ),
        ),
        rx.el.div(quiet_button(t("Ask another question"), on_click=HelpState.ask_another, size="2")),
        class_name="ask-form",
    )


def _video() -> rx.Component:
    """Return the way to the video: a plain link, so that nothing of elsewhere is loaded before it is asked for."""
    return rx.el.section(
        rx.el.a(
            rx.el.span(icon("play", 26), class_name="play"),
            rx.el.span(
                rx.el.b(t("Video introduction")),
                rx.el.span(t("Watch the video"), " ", icon("arrow-up-right", 14)),
                rx.el.span(t("opens in a new tab"), class_name="sr"),
            ),
            href=_VIDEO,
            target="_blank",
            rel="noopener noreferrer",
            class_name="poster",
        ),
        rx.el.p(
            t("How to find one's way, in a few minutes. The video is on YouTube, which has privacy rules of its own."),
            class_name="panel-note muted",
        ),
        class_name="panel",
        aria_label=t("Video introduction"),
    )


def _own() -> rx.Component:
    return rx.cond(
        HelpState.own.length() > 0,
        rx.el.section(
            rx.el.header(rx.el.h2(t("My questions"), class_name="course-name")),
            rx.el.ul(rx.foreach(HelpState.own, _own_question), class_name="bare"),
            class_name="panel",
        ),
    )


def _own_question(row: rx.Var[QuestionRow]) -> rx.Component:
    answer = rx.el.div(
        rx.el.p(t("Answered {moment}", moment=row.answered_text), class_name="muted when"),
        rx.el.p(row.answer, class_name="as-typed"),
        class_name="reply",
    )
    return rx.el.li(
        rx.el.p(t("Asked {moment}", moment=row.asked_text), class_name="muted when"),
        rx.el.p(row.question, class_name="as-typed asked"),
        rx.cond(row.answer != "", answer, rx.el.p(t("No answer yet"), class_name="muted when")),
        class_name="own-question",
    )
