"""Questions as they are answered: scales with worded ends, choices, words; what is chosen shows at once."""

import reflex as rx

from mps_app.components.words import t
from mps_app.views.evaluations import AnswerChoice, QuestionItem


def question(item: rx.Var[QuestionItem], on_answer: rx.EventHandler) -> rx.Component:
    """Return one question; ``on_answer`` gets its name and the answer."""
    return rx.cond(item.kind == "words", _words(item, on_answer), _choices(item, on_answer))


def _heading(item: rx.Var[QuestionItem]) -> rx.Component:
    return rx.fragment(
        rx.el.span(item.number_text, class_name="muted tnum"),
        rx.cond(item.about != "", rx.fragment(item.about, ": "), rx.fragment()),
        item.wording,
        rx.cond(item.is_required, rx.fragment(), rx.el.span(" ", t("(optional)"), class_name="muted")),
    )


def _problem(item: rx.Var[QuestionItem]) -> rx.Component:
    said = rx.el.p(item.problem, class_name="problem", role="alert", id=item.key + "-note")
    return rx.cond(item.problem != "", said, rx.fragment())


def _choices(item: rx.Var[QuestionItem], on_answer: rx.EventHandler) -> rx.Component:
    ends = rx.el.div(rx.el.span(item.first_text), rx.el.span(item.last_text), class_name="ends", aria_hidden="true")
    return rx.el.fieldset(
        rx.el.legend(
            _heading(item),
            rx.cond(
                item.first_text != "",
                rx.el.span(" (", item.first_text, " – ", item.last_text, ")", class_name="sr"),
                rx.fragment(),
            ),
        ),
        rx.el.div(
            rx.foreach(item.choices, lambda choice: _choice(item, choice, on_answer)),
            class_name=rx.match(item.kind, ("scale", "likert"), ("recommend", "likert eleven"), "likert worded"),
        ),
        rx.cond(item.first_text != "", ends, rx.fragment()),
        _problem(item),
        class_name=rx.cond(item.problem != "", "q is-bad", "q"),
        key=item.key,
    )


def _choice(item: rx.Var[QuestionItem], choice: rx.Var[AnswerChoice], on_answer: rx.EventHandler) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="radio",
            class_name="sr",
            name=item.key,
            value=choice.value,
            default_checked=choice.is_chosen,
            on_change=on_answer(item.key, choice.value),
        ),
        choice.text,
    )


def _words(item: rx.Var[QuestionItem], on_answer: rx.EventHandler) -> rx.Component:
    return rx.el.div(
        rx.el.h2(rx.el.label(_heading(item), html_for=item.key)),
        rx.el.textarea(
            id=item.key,
            name=item.key,
            rows=4,
            max_length=2000,
            class_name="control",
            default_value=item.value,
            aria_describedby=item.key + "-hint",
            on_blur=lambda value: on_answer(item.key, value),
        ),
        rx.el.p(t("Do not write names: it is read by people."), class_name="hint", id=item.key + "-hint"),
        class_name="q",
        key=item.key,
    )
