"""A question of a test as it is answered, the map of all questions, and the time that is left."""

import reflex as rx

from mps_app.components.basic import icon
from mps_app.components.in_browser import inline, timer
from mps_app.components.words import t
from mps_app.views.exams import ExamChoice, ExamClock, ExamDot, ExamItem

_TYPING_PAUSE_MILLISECONDS = 600


def exam_question(item: rx.Var[ExamItem], on_answer: rx.EventHandler, on_choice: rx.EventHandler) -> rx.Component:
    """Return the question; ``on_answer`` gets its name and the answer, ``on_choice`` also whether it is ticked."""
    return rx.match(
        item.kind,
        ("single", _choices(item, lambda choice, index: _radio(item, choice, index, on_answer))),
        ("multiple", _choices(item, lambda choice, index: _box(item, choice, index, on_choice))),
        ("number", _typed(item, on_answer, input_mode="decimal")),
        _typed(item, on_answer),
    )


def _heading(item: rx.Var[ExamItem]) -> rx.Component:
    return rx.fragment(
        rx.el.span(item.number_text, class_name="muted part"),
        rx.heading(item.wording, as_="h1", size=rx.breakpoints(initial="5", md="6"), class_name="exam-wording"),
    )


def _choices(item: rx.Var[ExamItem], draw: rx.Var[ExamChoice]) -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(_heading(item)),
        rx.el.div(rx.foreach(item.choices, draw), class_name="exam-choices"),
        class_name="exam-fields",
    )


def _radio(
    item: rx.Var[ExamItem], choice: rx.Var[ExamChoice], index: rx.Var[int], on_answer: rx.EventHandler
) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="radio",
            class_name="dot",
            name=item.key,
            value=choice.value,
            default_checked=choice.is_chosen,
            auto_focus=index == 0,
            on_change=on_answer(item.key, choice.value),
        ),
        rx.el.span(choice.text),
        class_name="ans",
    )


def _box(
    item: rx.Var[ExamItem], choice: rx.Var[ExamChoice], index: rx.Var[int], on_choice: rx.EventHandler
) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            class_name="box",
            name=item.key + "-" + choice.value,
            value="1",
            default_checked=choice.is_chosen,
            auto_focus=index == 0,
            on_change=lambda is_on: on_choice(item.key, choice.value, is_on.to(bool)),
        ),
        rx.el.span(choice.text),
        class_name="ans",
    )


def _typed(item: rx.Var[ExamItem], on_answer: rx.EventHandler, **more: str) -> rx.Component:
    """Return a field; it is saved as one types and again when one leaves it, so that little is ever lost."""
    return rx.el.div(
        rx.el.label(_heading(item), html_for=item.key),
        rx.el.input(
            id=item.key,
            name=item.key,
            type="text",
            class_name="control exam-typed",
            max_length=200,
            auto_complete="off",
            spell_check=False,
            default_value=item.value,
            auto_focus=True,
            on_change=lambda value: on_answer(item.key, value).debounce(_TYPING_PAUSE_MILLISECONDS),
            on_blur=lambda value: on_answer(item.key, value),
            **more,
        ),
        class_name="exam-fields",
    )


def question_map(dots: rx.Var[list[ExamDot]], on_go: rx.EventHandler) -> rx.Component:
    """Return a button for every question: filled when answered, flagged when marked, framed where one is."""

    def dot(one: rx.Var[ExamDot]) -> rx.Component:
        return rx.el.button(
            rx.cond(one.look.contains("marked"), icon("flag", 13), one.number),
            type="button",
            class_name="dot-q " + one.look,
            aria_label=one.label,
            aria_current=rx.cond(one.look.contains("here"), "step", "false"),
            on_click=on_go(one.number),
        )

    return rx.el.div(rx.foreach(dots, dot), class_name="exam-map", role="group", aria_label=t("Questions"))


def exam_clock(clock: rx.Var[ExamClock], drawn: rx.Var[int], on_look: rx.EventHandler) -> rx.Component:
    """Return the time that is left: the style sheet counts it, the server is asked only when little is left.

    What is said aloud stands apart from what ticks: a clock read out every second would leave no room for a thought.
    """
    face = rx.el.span(
        class_name=rx.cond(clock.warning != "", "ticker is-near", "ticker"),
        custom_attrs=inline(of=clock.left),
        key=drawn.to_string(),
        aria_hidden="true",
    )
    shown = rx.el.span(icon("timer", 18), face, timer(clock.next_look, on_look), class_name="exam-clock tnum nowrap")
    return rx.fragment(
        rx.cond(clock.left > 0, shown, rx.fragment()),
        rx.el.span(clock.warning, role="status", class_name="sr"),
    )
