"""How a test went: the score against the line, by topic, and question by question."""

import reflex as rx

from mps_app.components.basic import icon
from mps_app.components.in_browser import inline
from mps_app.components.words import t
from mps_app.views.exams import ExamResult, MarkedQuestion, TopicScore


def exam_result(result: rx.Var[ExamResult]) -> rx.Component:
    """Return the result, its bar with the line that passes, and what was right."""
    passed = rx.el.span(icon("circle-check", 18), t("Test passed"), class_name="st st-ok exam-verdict")
    failed = rx.el.span(icon("circle-x", 18), t("Test not passed"), class_name="st st-bad exam-verdict")
    over = rx.el.p(t("The time was over: what was saved until then was handed in."), class_name="note", role="status")
    return rx.fragment(
        rx.cond(result.is_by_clock, over, rx.fragment()),
        rx.cond(result.is_passed, passed, failed),
        rx.heading(result.title, as_="h1", size=rx.breakpoints(initial="7", md="8"), class_name="tnum"),
        rx.text(result.sentence, as_="p", size="3", class_name="muted", margin="var(--space-1) 0 0"),
        _bar(result),
        rx.cond(result.topics.length() > 0, _topics(result), rx.fragment()),
        rx.cond(
            result.next_text != "",
            rx.text(result.next_text, as_="p", size="3", margin="var(--space-4) 0 0"),
            rx.fragment(),
        ),
    )


def _bar(result: rx.Var[ExamResult]) -> rx.Component:
    """Return the bar; its words repeat what the heading and the sentence say, so they are for the eye alone."""
    return rx.el.div(
        rx.el.span(rx.el.b(), rx.el.i(), class_name="fill"),
        rx.el.div(
            rx.el.span(result.pass_text, class_name="at-line"),
            rx.el.span(result.score_text, class_name="at-score"),
            class_name="exam-ends tnum",
        ),
        class_name=rx.cond(result.is_near, "exam-bar is-near", "exam-bar"),
        aria_hidden="true",
        custom_attrs=inline(score=result.score_percent, line=result.pass_percent),
    )


def _topics(result: rx.Var[ExamResult]) -> rx.Component:
    def topic(one: rx.Var[TopicScore]) -> rx.Component:
        return rx.el.div(
            rx.el.span(one.title), rx.el.b(one.score_text, class_name="tnum"), class_name="rowlink two-columns"
        )

    return rx.el.div(rx.foreach(result.topics, topic), class_name="panel")


def marked_questions(result: rx.Var[ExamResult]) -> rx.Component:
    """Return every question with how it went; opened when somebody wants to know."""

    def question(one: rx.Var[MarkedQuestion]) -> rx.Component:
        good = rx.fragment(icon("check", 16), rx.el.span(t("right"), class_name="sr"))
        bad = rx.fragment(icon("x", 16), rx.el.span(t("wrong"), class_name="sr"))
        right = rx.el.span(t("Right answer"), ": ", rx.el.b(one.right_text))
        return rx.el.li(
            rx.el.span(rx.cond(one.is_right, good, bad), class_name=rx.cond(one.is_right, "is-right", "is-wrong")),
            rx.el.div(
                rx.el.b(one.number_text, " ", one.wording),
                rx.el.span(t("Your answer"), ": ", one.given_text, class_name="muted"),
                rx.cond(one.right_text != "", right, rx.fragment()),
            ),
        )

    words = rx.cond(result.is_passed, t("See the right answers"), t("See which answers were right"))
    return rx.el.details(
        rx.el.summary(words),
        rx.el.ol(rx.foreach(result.questions, question), class_name="exam-marked"),
        class_name="exam-details",
    )
