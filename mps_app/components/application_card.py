"""One of the person's own applications, with its way and what can be done."""

import reflex as rx

from mps_app.components.basic import button, danger_button, icon, note, route_link, second_button
from mps_app.components.checklist import checklist
from mps_app.components.in_browser import RETURNS_FOCUS
from mps_app.components.words import t
from mps_app.views.applications import ApplicationCard


def application_card(
    card: rx.Var[ApplicationCard],
    *,
    on_accept: rx.EventHandler,
    on_decline: rx.EventHandler,
    on_cancel: rx.EventHandler,
) -> rx.Component:
    """Return the card: what and when, the way so far, the offer if there is one."""
    return rx.el.article(
        rx.el.div(
            _status(card),
            rx.el.h2(route_link(card.course_title, to=card.course_path, class_name="plain")),
            _facts(card),
            rx.cond(card.explanation != "", rx.el.p(card.explanation, class_name="muted"), rx.fragment()),
            rx.cond(card.may_answer, _offer(card, on_accept, on_decline), rx.fragment()),
            rx.el.div(
                rx.cond(card.may_cancel & ~card.may_answer, _cancel(card, on_cancel), rx.fragment()),
                rx.el.span(card.cancel_text, class_name="muted"),
                class_name="acts",
            ),
        ),
        checklist(card.steps),
        class_name="panel card",
        key=card.id.to_string(),
    )


def _status(card: rx.Var[ApplicationCard]) -> rx.Component:
    return rx.el.span(rx.el.i(), card.status_text, class_name=rx.Var.create("st ") + card.status_class)


def _facts(card: rx.Var[ApplicationCard]) -> rx.Component:
    return rx.el.div(
        rx.el.span(card.when_text),
        rx.cond(card.group_code != "", rx.el.span(t("Group"), " ", card.group_code, class_name="muted"), rx.fragment()),
        rx.el.span(
            card.price_text, rx.cond(card.payer_text != "", rx.fragment(", ", card.payer_text)), class_name="muted"
        ),
        rx.el.span(t("Applied on {day}", day=card.applied_text), class_name="muted"),
        class_name="facts",
    )


def _offer(card: rx.Var[ApplicationCard], on_accept: rx.EventHandler, on_decline: rx.EventHandler) -> rx.Component:
    """Return the offered place with its deadline (4.6)."""
    return rx.fragment(
        note(
            "warn",
            icon("hourglass"),
            rx.el.div(
                t(
                    "The place is held for you until {moment}. After that it goes to the next in line.",
                    moment=card.answer_until_text,
                ),
                class_name="body",
            ),
        ),
        rx.el.div(
            button(t("Take the place"), on_click=on_accept(card.id), size="3"),
            _asked(
                second_button(t("Leave it to the next"), size="3"),
                t("Leave the place to the next in line?"),
                t("It can't be given back."),
                danger_button(t("Leave the place"), on_click=on_decline(card.id), size="3"),
            ),
            class_name="acts",
        ),
    )


def _cancel(card: rx.Var[ApplicationCard], on_cancel: rx.EventHandler) -> rx.Component:
    return _asked(
        second_button(t("Withdraw"), rx.el.span(": ", card.course_title, class_name="sr"), size="2"),
        t("Withdraw the application?"),
        card.cancel_warning,
        danger_button(t("Withdraw the application"), on_click=on_cancel(card.id), size="3"),
    )


def _asked(trigger: rx.Component, title: rx.Var[str], words: rx.Var[str], act: rx.Component) -> rx.Component:
    """Return a button that asks once more before something is taken away."""
    return rx.alert_dialog.root(
        rx.alert_dialog.trigger(trigger),
        rx.alert_dialog.content(
            rx.alert_dialog.title(title, size="5"),
            rx.alert_dialog.description(words, size="3"),
            rx.el.div(
                rx.alert_dialog.cancel(second_button(t("Keep it"), size="3")),
                rx.alert_dialog.action(act),
                class_name="apply-acts",
            ),
            max_width="460px",
            class_name="apply",
            custom_attrs=RETURNS_FOCUS,
        ),
    )


def past_row(card: rx.Var[ApplicationCard]) -> rx.Component:
    """Return one line of what is over."""
    return rx.el.div(
        rx.el.div(
            route_link(card.course_title, to=card.course_path, class_name="plain"),
            rx.el.div(card.when_text, rx.cond(card.explanation != "", ". " + card.explanation, ""), class_name="muted"),
        ),
        rx.el.span(rx.el.i(), card.status_text, class_name=rx.Var.create("st ") + card.status_class),
        class_name="rowlink two-columns",
        key=card.id.to_string(),
    )
