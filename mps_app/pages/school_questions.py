"""The school answers what people ask (10.1)."""

import reflex as rx

from mps_app.components.basic import button, field, icon, page_heading, second_button, spoken
from mps_app.components.words import t
from mps_app.pages.layout import shell
from mps_app.state.school_questions import SchoolQuestionsState as State
from mps_app.views.questions import InboxRow

_LONGEST_ANSWER = 8_000


def school_questions() -> rx.Component:
    """Return the page."""
    return shell(
        page_heading(t("Questions to the school"), t("The answer goes to the asker by e-mail.")),
        rx.cond(State.is_loaded, _loaded(), rx.skeleton(height="320px", width="100%")),
        current="/skola/jautajumi",
    )


def _loaded() -> rx.Component:
    more = rx.el.p(t("More wait than are shown. They come up as these are answered."), class_name="desk-say")
    return rx.el.div(
        rx.el.section(
            rx.el.header(
                rx.heading(t("To answer"), as_="h2", size="3"),
                rx.el.span(State.inbox.waiting_count, class_name="muted tnum", role="status"),
            ),
            rx.cond(
                State.inbox.waiting.length() > 0,
                rx.el.ul(rx.foreach(State.inbox.waiting, _row), class_name="bare"),
                rx.el.p(t("No question waits."), class_name="desk-say"),
            ),
            rx.cond(State.inbox.waiting_count > State.inbox.waiting.length(), more, rx.fragment()),
            class_name="panel",
        ),
        rx.cond(
            State.inbox.answered.length() > 0,
            rx.el.section(
                rx.el.header(rx.heading(t("Answered lately"), as_="h2", size="3")),
                rx.el.ul(rx.foreach(State.inbox.answered, _row), class_name="bare"),
                class_name="panel",
            ),
            rx.fragment(),
        ),
        class_name="desk-parts",
    )


def _row(row: rx.Var[InboxRow]) -> rx.Component:
    asker = rx.cond(row.name != "", row.name, t("A visitor, not signed in"))
    reply = rx.el.div(
        rx.el.p(t("Answered {moment}", moment=row.answered_text), class_name="muted when"),
        rx.el.p(row.answer, class_name="as-typed"),
        class_name="reply",
    )
    words = rx.cond(row.answer != "", t("Write more"), t("Answer"))
    begin = second_button(words, spoken(rx.Var.create(" ") + asker), on_click=State.begin(row.id), size="2")
    return rx.el.li(
        rx.el.p(rx.el.b(asker), ", ", row.email, class_name="when"),
        rx.el.p(t("Asked {moment}", moment=row.asked_text), class_name="muted when tnum"),
        rx.el.p(row.question, class_name="as-typed"),
        rx.cond(row.answer != "", reply, rx.fragment()),
        rx.cond(State.opened == row.id, _form(row), rx.el.div(begin, class_name="inbox-acts")),
        key=row.id.to_string(),
        class_name="own-question",
    )


def _form(row: rx.Var[InboxRow]) -> rx.Component:
    answer = rx.el.textarea(
        name="answer",
        default_value=State.answer,
        rows=6,
        max_length=_LONGEST_ANSWER,
        auto_focus=True,
        aria_describedby="answer-note",
        aria_invalid=rx.cond(State.problem != "", "true", "false"),
        custom_attrs={"id": "answer"},  # an id that Reflex knows is read by reference, which finds no field of a list
    )
    return rx.el.form(
        rx.el.input(type="hidden", name="question_id", value=row.id.to_string()),
        rx.el.input(type="hidden", name="last_reply_id", value=row.last_reply_id.to_string()),
        field("answer", t("Your answer"), answer, hint=t("Goes to {email}.", email=row.email), problem=State.problem),
        rx.el.div(
            second_button(t("Cancel"), type="button", on_click=State.leave, size="3"),
            button(icon("send", 16), t("Send the answer"), type="submit", size="3"),
            class_name="profile-acts",
        ),
        on_submit=State.send,
        reset_on_submit=False,
        no_validate=True,
        class_name="ask-form flush",
        key="answer" + State.drawn.to_string(),
    )
