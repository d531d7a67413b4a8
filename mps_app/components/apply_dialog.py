"""Applying: who pays, what is missing, what happens next (4.1). Docked to the bottom on phones."""

from collections.abc import Callable
from dataclasses import dataclass

import reflex as rx

from mps_app.components.apply_payer import payer_part
from mps_app.components.basic import (
    button,
    icon,
    icon_button,
    note,
    quiet_button,
    route_link,
    second_button,
    text_field,
)
from mps_app.components.checklist import checklist
from mps_app.components.in_browser import RETURNS_FOCUS
from mps_app.components.words import t
from mps_app.views.applications import ApplicationReceipt, ApplyDialog, GroupChoice
from mps_app.views.applying import ApplyChoice, ApplyProblems


@dataclass(frozen=True, slots=True)
class Shown:
    """What the dialog shows."""

    is_open: rx.Var[bool]
    dialog: rx.Var[ApplyDialog]
    choice: rx.Var[ApplyChoice]
    problems: rx.Var[ApplyProblems]
    receipt: rx.Var[ApplicationReceipt]


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person can do in it."""

    close: rx.EventHandler
    leave: rx.EventHandler  # for another page: it is closed, and this page need not be told
    choose_group: rx.EventHandler
    choose_payer: rx.EventHandler
    choose_institution: rx.EventHandler
    change_email: rx.EventHandler
    keep_email: rx.EventHandler
    send_code: rx.EventHandler
    confirm_code: rx.EventHandler
    confirm: rx.EventHandler
    wait_for_next: rx.EventHandler


def apply_dialog(shown: Shown, on: Answers) -> rx.Component:
    """Return the dialog: the questions, then the receipt in their place."""
    return rx.dialog.root(
        rx.dialog.content(
            rx.cond(shown.receipt.application_id > 0, _receipt(shown, on), _questions(shown, on)),
            max_width="560px",
            size="3",
            class_name="apply",
            aria_describedby="",
            custom_attrs=RETURNS_FOCUS,
        ),
        open=shown.is_open,
        on_open_change=on.close,
    )


def _head(title: rx.Var[str] | str, on: Answers) -> rx.Component:
    return rx.el.header(
        rx.dialog.title(title, size="5", margin="0"),
        icon_button("x", t("Close"), on_click=on.close(False), size="2"),
        class_name="apply-head",
    )


def _questions(shown: Shown, on: Answers) -> rx.Component:
    dialog = shown.dialog
    asked = rx.fragment(_groups(dialog, on), payer_part(dialog, shown.choice, shown.problems, on), _form(shown, on))
    refused = rx.fragment(
        note("warn", icon("triangle-alert"), rx.el.div(dialog.refusal_text, class_name="body")),
        rx.el.div(
            button(
                route_link(t("My applications"), to="/pieteikumi", on_click=on.leave(False)), as_child=True, size="3"
            ),
            class_name="apply-acts",
        ),
    )
    return rx.fragment(
        _head(t("Applying for training"), on), _summary(dialog), rx.cond(dialog.refusal_text != "", refused, asked)
    )


def _summary(dialog: rx.Var[ApplyDialog]) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.b(dialog.course_title),
            rx.el.span(dialog.when_text, class_name="muted"),
        ),
        rx.el.span(dialog.price_text, class_name="apply-price tnum"),
        class_name="apply-what",
    )


def _groups(dialog: rx.Var[ApplyDialog], on: Answers) -> rx.Component:
    """Return the choice among several open groups and the next one; one group was chosen before."""
    next_group = _choice("0", dialog.group_id == 0, on.choose_group)(
        t("The next group"), t("The date is not known yet"), ""
    )
    return rx.cond(
        dialog.groups.length() > 1,
        rx.el.fieldset(
            rx.el.legend(t("Which group?")),
            rx.foreach(dialog.groups, lambda group: _group(group, dialog.group_id, on)),
            next_group,
            class_name="apply-groups",
        ),
        rx.fragment(),
    )


def _group(group: rx.Var[GroupChoice], chosen: rx.Var[int], on: Answers) -> rx.Component:
    choice = _choice(group.id.to_string(), chosen == group.id, on.choose_group)
    return choice(group.days_text, group.when_text, group.places_text)


def _choice(value: rx.Var[str] | str, is_on: rx.Var[bool], on_choose: rx.EventHandler) -> Callable[..., rx.Component]:
    """Return a radio card that waits for its words: title, what stands under it, what stands beside."""

    def card(title: rx.Var[str], under: rx.Var[str], beside: rx.Var[str] | str) -> rx.Component:
        return rx.el.label(
            rx.el.input(
                type="radio", name="apply-group", value=value, checked=is_on, on_change=on_choose, class_name="dot"
            ),
            rx.el.span(rx.el.b(title), rx.el.small(under)),
            rx.el.small(beside, class_name="beside"),
            class_name=rx.cond(is_on, "on", ""),
        )

    return card


def _form(shown: Shown, on: Answers) -> rx.Component:
    """Return what is sent with the confirmation; hidden fields let it be sent again after signing in anew."""
    dialog, choice = shown.dialog, shown.choice
    return rx.el.form(
        _hidden("course_id", dialog.course_id.to_string()),
        _hidden("group_id", dialog.group_id.to_string()),
        _hidden("payer", choice.payer),
        _hidden("institution_id", choice.institution_id.to_string()),
        rx.cond(
            (choice.payer == "person") & (dialog.address_text == "") & ~dialog.is_free, _address(shown), rx.fragment()
        ),
        _notes(shown),
        _adjustments(choice),
        _terms(dialog, shown.problems),
        rx.cond(
            shown.problems.whole != "",
            note("bad", icon("circle-alert"), rx.el.div(shown.problems.whole, class_name="body"), role="alert"),
            rx.fragment(),
        ),
        rx.el.div(
            second_button(t("Cancel"), type="button", on_click=on.close(False), size="3"),
            button(t("Confirm the application"), type="submit", size="3"),
            class_name="apply-acts",
        ),
        on_submit=on.confirm,
        no_validate=True,  # problems are said beside the fields, in the reader's language
        reset_on_submit=False,
    )


def _hidden(name: str, value: rx.Var[str]) -> rx.Component:
    return rx.el.input(type="hidden", name=name, value=value, key=name + "-", read_only=True)


def _address(shown: Shown) -> rx.Component:
    choice, problems = shown.choice, shown.problems
    return rx.el.fieldset(
        rx.el.legend(t("Declared address")),
        rx.el.p(
            icon("circle-alert"),
            t("Without it an invoice can't be made out. We will keep it in your profile too."),
            class_name="apply-missing",
        ),
        text_field(
            "street", t("Street, house, flat"), value=choice.street, problem=problems.street,
            auto_complete="street-address", max_length=200,
        ),
        rx.el.div(
            text_field(
                "city", t("Town or parish"), value=choice.city, problem=problems.city,
                auto_complete="address-level2", max_length=100,
            ),
            text_field(
                "postal_code", t("Postal code"), value=choice.postal_code, problem=problems.postal_code,
                auto_complete="postal-code", max_length=10, placeholder="LV-1050",
            ),
            class_name="apply-two",
        ),
        class_name="apply-address",
    )  # fmt: skip


def _notes(shown: Shown) -> rx.Component:
    """Return what should be known before confirming: a line (4.6), an overlap (4.5)."""
    dialog = shown.dialog
    return rx.fragment(
        rx.cond(
            dialog.line_text != "",
            note("", icon("info"), rx.el.div(dialog.line_text, class_name="body")),
            rx.fragment(),
        ),
        rx.cond(
            dialog.overlap_text != "",
            note("warn", icon("triangle-alert"), rx.el.div(dialog.overlap_text, class_name="body")),
            rx.fragment(),
        ),
    )


def _adjustments(choice: rx.Var[ApplyChoice]) -> rx.Component:
    """Ask for what is needed to take part (4.13); folded away, because few need it."""
    return rx.el.details(
        rx.el.summary(t("I need something to be able to take part")),
        text_field(
            "adjustments",
            t("For example an induction loop, a step-free entrance or a diet"),
            value=choice.adjustments,
            hint=t("Only those who organise the group see this; it is deleted after the group."),
            max_length=500,
        ),
        class_name="apply-more",
    )


def _terms(dialog: rx.Var[ApplyDialog], problems: rx.Var[ApplyProblems]) -> rx.Component:
    box = rx.el.input(
        type="checkbox", name="agreed", aria_required="true", class_name="tick",
        aria_invalid=rx.cond(problems.agreed != "", "true", "false"), aria_describedby="agreed-note",
    )  # fmt: skip
    return rx.el.div(
        rx.el.label(
            box, rx.el.span(t("I agree to the training terms."), " ", dialog.withdraw_text), class_name="apply-agree"
        ),
        rx.el.div(
            rx.cond(problems.agreed != "", rx.el.span(problems.agreed, class_name="problem", role="alert")),
            id="agreed-note",
            class_name="field apply-agree-note",
        ),
        rx.el.details(
            rx.el.summary(t("Training terms")),
            rx.el.ul(
                rx.el.li(t("The group takes place when enough participants have applied; we tell you by e-mail.")),
                rx.el.li(t("You can withdraw by yourself until the group's deadline; after it, write to the school.")),
                rx.el.li(t("A freed place goes to the first of the waiting list.")),
                rx.el.li(t("The certificate needs enough attendance and the evaluation questionnaire.")),
            ),
            class_name="apply-more",
        ),
    )


def _receipt(shown: Shown, on: Answers) -> rx.Component:
    receipt = shown.receipt
    in_line = receipt.outcome == "waitlisted"
    return rx.fragment(
        rx.el.header(
            rx.el.span(
                rx.cond(in_line, icon("hourglass", 22), icon("check", 22)),
                class_name=rx.cond(in_line, "apply-tile wait", "apply-tile"),
                aria_hidden="true",
            ),
            icon_button("x", t("Close"), on_click=on.close(False), size="2"),
            class_name="apply-head",
        ),
        rx.dialog.title(receipt.title, size="6", margin="0"),
        rx.el.p(receipt.sent_text, class_name="muted apply-sent"),
        rx.cond(
            receipt.note != "",
            note("", icon("info"), rx.el.div(receipt.note, class_name="body")),
            rx.fragment(),
        ),
        checklist(receipt.steps),
        rx.el.div(
            button(
                route_link(t("See my applications"), to="/pieteikumi", on_click=on.leave(False)),
                as_child=True,
                size="3",
            ),
            rx.cond(
                in_line,
                quiet_button(t("Apply for the next group too"), on_click=on.wait_for_next, size="3"),
                rx.fragment(),
            ),
            class_name="apply-acts start",
        ),
    )
