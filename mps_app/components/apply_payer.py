"""Who pays (4.1): the cards, and under them what the chosen payer needs, fixable in place."""

from typing import Protocol

import reflex as rx

from mps_app.components.basic import button, icon, link, note, quiet_button, text_field
from mps_app.components.words import t
from mps_app.views.applications import ApplyDialog, EmployerChoice, PayerChoice
from mps_app.views.applying import ApplyChoice, ApplyProblems


class PayerAnswers(Protocol):
    """What a person can do about the payer."""

    choose_payer: rx.EventHandler
    choose_institution: rx.EventHandler
    change_email: rx.EventHandler
    keep_email: rx.EventHandler
    send_code: rx.EventHandler
    confirm_code: rx.EventHandler


def payer_part(
    dialog: rx.Var[ApplyDialog], choice: rx.Var[ApplyChoice], problems: rx.Var[ApplyProblems], on: PayerAnswers
) -> rx.Component:
    """Return the question and what follows from the answer."""
    return rx.fragment(
        rx.cond(dialog.payers.length() > 1, _question(dialog, choice, on), rx.fragment()),
        rx.foreach(dialog.payers, lambda payer: _missing(payer, choice)),
        rx.match(
            choice.payer,
            ("institution", rx.cond(dialog.employers.length() > 0, _employer_part(dialog, choice, on), rx.fragment())),
            ("own_details", rx.cond(dialog.details_text != "", _details(dialog), rx.fragment())),
            rx.fragment(),
        ),
        _email(dialog, choice, problems, on),
        rx.cond(
            (choice.payer == "person") & (dialog.address_text != "") & ~dialog.is_free,
            _checked(dialog.address_text, t("The invoice will be made out to this address")),
            rx.fragment(),
        ),
    )


def _question(dialog: rx.Var[ApplyDialog], choice: rx.Var[ApplyChoice], on: PayerAnswers) -> rx.Component:
    asked = rx.cond(dialog.is_free, t("On whose behalf do you apply?"), t("Who will pay for the training?"))
    return rx.el.fieldset(
        rx.el.legend(asked),
        rx.el.div(rx.foreach(dialog.payers, lambda payer: _payer(payer, choice, on)), class_name="pay"),
        class_name="apply-payer",
    )


def _payer(payer: rx.Var[PayerChoice], choice: rx.Var[ApplyChoice], on: PayerAnswers) -> rx.Component:
    is_on = choice.payer == payer.kind
    return rx.el.label(
        rx.el.input(
            type="radio", name="apply-payer", value=payer.kind, checked=is_on, on_change=on.choose_payer,
            class_name="dot",
        ),
        rx.el.span(rx.el.b(payer.title), rx.el.small(payer.subtitle)),
        class_name=rx.cond(is_on, "on", ""),
    )  # fmt: skip


def _missing(payer: rx.Var[PayerChoice], choice: rx.Var[ApplyChoice]) -> rx.Component:
    """Say what the chosen payer lacks; an address is asked for in place instead."""
    said = note(
        "warn",
        icon("triangle-alert"),
        rx.el.div(
            payer.missing_text,
            rx.cond(
                payer.kind == "own_details",
                rx.fragment(" ", link(t("Open the profile"), href="/profils")),
                rx.fragment(),
            ),
            class_name="body",
        ),
    )
    shown = (choice.payer == payer.kind) & (payer.missing_text != "") & (payer.kind != "person")
    return rx.cond(shown, said, rx.fragment())


def _employer_part(dialog: rx.Var[ApplyDialog], choice: rx.Var[ApplyChoice], on: PayerAnswers) -> rx.Component:
    """Return the institution that gets the invoice; a list only when there are several."""
    pick = rx.el.div(
        rx.el.label(
            rx.cond(dialog.is_free, t("Institution"), t("Institution that gets the invoice")),
            html_for="apply-institution",
        ),
        rx.el.select(
            rx.foreach(dialog.employers, lambda one: rx.el.option(one.name, value=one.id.to_string())),
            id="apply-institution",
            value=choice.institution_id.to_string(),
            on_change=on.choose_institution,
        ),
        class_name="field",
    )
    return rx.el.div(
        pick, rx.foreach(dialog.employers, lambda one: _employer(dialog, one, choice)), class_name="apply-employer"
    )


def _employer(dialog: rx.Var[ApplyDialog], one: rx.Var[EmployerChoice], choice: rx.Var[ApplyChoice]) -> rx.Component:
    is_invoiced = (one.invoice_email != "") & ~dialog.is_free
    facts = rx.el.dl(
        rx.el.dt(t("Reg. no.")),
        rx.el.dd(one.registration_number, class_name="tnum"),
        rx.cond(is_invoiced, rx.el.dt(t("Invoice e-mail")), rx.fragment()),
        rx.cond(is_invoiced, rx.el.dd(one.invoice_email), rx.fragment()),
        rx.cond(one.coordinators_text != "", rx.el.dt(t("Coordinated by")), rx.fragment()),
        rx.cond(one.coordinators_text != "", rx.el.dd(one.coordinators_text), rx.fragment()),
    )
    words = rx.cond(
        one.needs_approval,
        t("The coordinator decides about the application. Your place is held meanwhile."),
        t("The coordinator will be told of your application."),
    )
    shown = rx.fragment(facts, note("", icon("info"), rx.el.div(words, class_name="body")))
    return rx.cond(choice.institution_id == one.id, shown, rx.fragment())


def _details(dialog: rx.Var[ApplyDialog]) -> rx.Component:
    return _checked(
        dialog.details_text, rx.fragment(t("The invoice will be made out with these details"), " · ", _profile_link())
    )


def _profile_link() -> rx.Component:
    return link(t("Change in the profile"), href="/profils")


def _email(
    dialog: rx.Var[ApplyDialog], choice: rx.Var[ApplyChoice], problems: rx.Var[ApplyProblems], on: PayerAnswers
) -> rx.Component:
    """Return the address that news goes to, or the way to one (1.5, 1.6)."""
    kept = rx.el.div(
        _checked(dialog.email, t("News about the training goes to this e-mail")),
        quiet_button(t("Change"), on_click=on.change_email, size="2"),
        class_name="apply-row",
    )
    asks_code = _code(dialog, choice, problems, on)
    asks_address = _address(dialog, choice, problems, on)
    changing = rx.cond(choice.awaited_email != "", asks_code, asks_address)
    return rx.cond(dialog.has_verified_email & ~choice.changes_email, kept, changing)


def _address(
    dialog: rx.Var[ApplyDialog], choice: rx.Var[ApplyChoice], problems: rx.Var[ApplyProblems], on: PayerAnswers
) -> rx.Component:
    return rx.el.form(
        text_field(
            "email",
            t("E-mail"),
            value=dialog.email,
            hint=t("Give your e-mail to get news about the training; we send a code to it."),
            problem=problems.email,
            type="email",
            auto_complete="email",
            auto_focus=choice.changes_email,  # whoever pressed the button wants to type
            max_length=254,
            aria_required="true",
        ),
        rx.el.div(button(t("Send the code"), type="submit", size="2"), _keep(dialog, on), class_name="apply-row"),
        on_submit=on.send_code,
        no_validate=True,
        reset_on_submit=False,
        class_name="apply-email",
    )


def _code(
    dialog: rx.Var[ApplyDialog], choice: rx.Var[ApplyChoice], problems: rx.Var[ApplyProblems], on: PayerAnswers
) -> rx.Component:
    return rx.el.form(
        text_field(
            "code",
            t("The six digits that we sent to {email}", email=choice.awaited_email),
            problem=problems.code,
            input_mode="numeric",
            auto_complete="one-time-code",
            auto_focus=True,  # it comes while the person looks for it
            max_length=12,
            aria_required="true",
        ),
        rx.el.div(
            button(t("Confirm the e-mail"), type="submit", size="2"),
            quiet_button(t("Another e-mail"), type="button", on_click=on.change_email, size="2"),
            _keep(dialog, on),
            class_name="apply-row",
        ),
        on_submit=on.confirm_code,
        no_validate=True,
        reset_on_submit=False,
        class_name="apply-email",
    )


def _keep(dialog: rx.Var[ApplyDialog], on: PayerAnswers) -> rx.Component:
    """Return the way back, for whom has an address already."""
    back = quiet_button(t("Keep the former e-mail"), type="button", on_click=on.keep_email, size="2")
    return rx.cond(dialog.has_verified_email, back, rx.fragment())


def _checked(title: rx.Var[str], under: rx.Var[str] | rx.Component) -> rx.Component:
    return rx.el.div(icon("circle-check"), rx.el.div(rx.el.span(title), rx.el.small(under)), class_name="apply-checked")
