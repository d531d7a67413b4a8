"""A test: what to know before it begins, one question at a time, and how it went (8.1)."""

import reflex as rx

from mps_app.components.basic import button, button_link, icon, note, quiet_button, route_link, second_button
from mps_app.components.checklist import checklist
from mps_app.components.exam_question import exam_clock, exam_question, question_map
from mps_app.components.exam_result import exam_result, marked_questions
from mps_app.components.focused import focused_head
from mps_app.components.in_browser import RETURNS_FOCUS
from mps_app.components.notice import notice
from mps_app.components.words import t
from mps_app.state.exam import ExamState
from mps_app.state.notice import NoticeState
from mps_app.views.exams import ExamFact

_page = ExamState.page
_is_taking = _page.stage == "taking"
_FACT_ICONS = ("timer", "repeat", "flag", "cloud-check")


def exam() -> rx.Component:
    """Return the page."""
    shown = rx.match(_page.stage, ("taking", _question()), ("result", _result()), _start())
    return rx.fragment(
        rx.el.div(
            focused_head(
                rx.cond(_page.title != "", _page.title, t("Test")),
                _page.course_title,
                beside=rx.cond(_is_taking, exam_clock(ExamState.clock, ExamState.drawn, ExamState.tick), rx.fragment()),
                percent=_page.percent,
                shows_bar=_page.stage != "start",
            ),
            rx.cond(
                ExamState.is_loaded,
                shown,
                rx.el.main(rx.skeleton(height="320px", width="100%"), id="saturs"),
            ),
            class_name="foc",
        ),
        _hand_in(),
        notice(NoticeState.notice, on_close=NoticeState.close),
    )


def exam_title() -> rx.Var[str]:
    """Return what stands in the browser's tab."""
    return rx.cond(_page.title != "", _page.title, t("Test"))


def _start() -> rx.Component:
    def fact(one: rx.Var[ExamFact]) -> rx.Component:
        shape = rx.match(one.icon, *((name, icon(name)) for name in _FACT_ICONS), icon("list-checks"))
        return rx.el.li(shape, rx.el.span(one.text))

    return rx.el.main(
        rx.heading(_page.title, as_="h1", size="7"),
        rx.foreach(_page.introduction, lambda said: rx.el.p(said, class_name="exam-said")),
        rx.el.ul(rx.foreach(_page.rules, fact), class_name="exam-rules"),
        rx.cond(_page.closed_text != "", note("warn", icon("triangle-alert", 16), _page.closed_text), rx.fragment()),
        rx.flex(
            rx.cond(
                _page.can_start, button(t("Begin the test"), size="3", on_click=ExamState.start), rx.fragment()
            ),
            second_button(route_link(t("Not now"), to="/"), as_child=True, size="3"),
            spacing="3", wrap="wrap", margin_top="var(--space-5)",
        ),
        id="saturs",
        tab_index=-1,
    )  # fmt: skip


def _question() -> rx.Component:
    item = _page.question
    forward = rx.cond(_page.is_last, t("Finish the test"), t("Next question"))
    back = second_button(t("Back"), type="button", size="3", on_click=ExamState.go(_page.number - 1))
    return rx.el.form(
        rx.el.main(
            question_map(_page.dots, ExamState.go),
            exam_question(item, ExamState.save, ExamState.choose),
            id="saturs",
        ),
        rx.el.footer(
            rx.el.div(
                quiet_button(
                    rx.cond(item.is_marked, icon("flag-off", 16), icon("flag", 16)),
                    rx.el.span(
                        rx.cond(item.is_marked, t("Unmark"), t("Mark for later")), class_name="mark-words"
                    ),
                    type="button", size="2", class_name="exam-mark", on_click=ExamState.mark(~item.is_marked),
                ),
                rx.el.span(_page.saved_text, class_name="muted saved hide-s", role="status"),
                rx.flex(
                    rx.cond(_page.number > 1, back, rx.fragment()),
                    button(forward, type="submit", size="3"),
                    spacing="2", margin_left="auto",
                ),
            ),
        ),
        on_submit=ExamState.advance,
        key=item.key,
        no_validate=True,
    )  # fmt: skip


def _hand_in() -> rx.Component:
    """Return the dialog that says what is left before the test is handed in."""
    return rx.alert_dialog.root(
        rx.alert_dialog.content(
            rx.alert_dialog.title(t("Hand in the test?"), size="5"),
            rx.alert_dialog.description(
                _page.unanswered_text,
                rx.cond(_page.marked_text != "", rx.fragment(" ", _page.marked_text), rx.fragment()),
                " ",
                t("Once it is handed in, the answers can't be changed."),
                size="3",
            ),
            rx.el.div(
                rx.alert_dialog.cancel(second_button(t("Go on with the test"), size="3")),
                button(t("Hand in"), size="3", on_click=ExamState.submit),
                class_name="dialog-acts",
            ),
            max_width="460px",
            custom_attrs=RETURNS_FOCUS,
        ),
        open=ExamState.is_asking,
        on_open_change=ExamState.leave,
    )


def _result() -> rx.Component:
    again = button(icon("rotate-ccw"), t("Try again"), size="3", on_click=ExamState.start)
    steps = rx.fragment(
        rx.heading(t("What comes now"), as_="h2", size="4", margin="var(--space-6) 0 var(--space-3)"),
        checklist(ExamState.steps),
    )
    ask = second_button(route_link(t("Ask the school"), to="/palidziba"), as_child=True, size="3")
    home = button_link(t("To my training"), href="/", size="3")
    return rx.el.main(
        rx.el.div(exam_result(_page.result), role="region", aria_label=t("Result")),
        rx.cond(ExamState.steps.length() > 0, steps, rx.fragment()),
        rx.flex(
            rx.cond(
                _page.result.is_passed,
                home,
                rx.fragment(
                    rx.cond(_page.result.can_try_again, again, ask),
                    second_button(route_link(t("To my training"), to="/"), as_child=True, size="3"),
                ),
            ),
            spacing="3", wrap="wrap", margin_top="var(--space-5)",
        ),
        marked_questions(_page.result),
        id="saturs",
        tab_index=-1,
    )  # fmt: skip
