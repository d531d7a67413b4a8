"""Asking to coordinate an institution's training (11.1)."""

import reflex as rx

from mps_app.components.basic import button, button_link, note, page_heading, second_button, spoken, status
from mps_app.components.requisite_fields import address_fields, one_field
from mps_app.components.words import t
from mps_app.pages.layout import shell
from mps_app.state.asking import AskingState
from mps_app.state.signed_in import SignedInState
from mps_app.views.coordinators import OwnNominationRow

_page, _fields, _problems = AskingState.page, AskingState.fields, AskingState.problems


def asking() -> rx.Component:
    """Return the page."""
    return shell(
        page_heading(
            t("Become an institution's coordinator"),
            t("A coordinator enrols the institution's employees and sees their training on its account."),
        ),
        rx.cond(AskingState.is_loaded, _loaded(), rx.skeleton(height="320px", width="100%")),
        current="/profils",
    )


def _loaded() -> rx.Component:
    return rx.el.div(
        rx.cond(_page.nominations.length() > 0, _own(), rx.fragment()),
        rx.cond(SignedInState.person.is_coordinator, _sits_already(), rx.fragment()),
        _form(),
        class_name="asking",
    )


def _sits_already() -> rx.Component:
    return note(
        "",
        rx.el.div(
            rx.el.b(t("You are a coordinator already")),
            rx.el.div(t("Colleagues of your institution are nominated there, under “Coordinators”.")),
            button_link(t("Open the coordinators"), href="/iestade/koordinatori", size="2", margin_top="8px"),
        ),
    )


def _own() -> rx.Component:
    return rx.el.section(
        rx.el.header(rx.heading(t("Your nominations"), as_="h2", size="4")),
        rx.el.ul(rx.foreach(_page.nominations, _row), class_name="desk-rows roomy"),
        class_name="panel",
    )


def _row(row: rx.Var[OwnNominationRow]) -> rx.Component:
    back = second_button(
        t("Take back"), spoken(rx.Var.create(" ") + row.institution_text),
        on_click=AskingState.withdraw(row.id), size="2",
    )  # fmt: skip
    return rx.el.li(
        rx.el.div(
            rx.el.b(row.institution_text),
            rx.el.div(row.days_text, class_name="muted tnum"),
            rx.el.div(t("Document: {document}", document=row.document_text), class_name="muted tnum"),
            rx.cond(row.end_text != "", rx.el.div(t("Reason: {reason}", reason=row.end_text)), rx.fragment()),
        ),
        rx.el.div(
            status(row.tone, row.state_text), rx.cond(row.can_withdraw, back, rx.fragment()), class_name="beside"
        ),
        key=row.id.to_string(),
    )


def _form() -> rx.Component:
    order = "nomination"
    return rx.el.section(
        rx.el.header(rx.heading(t("Nomination"), as_="h2", size="4")),
        rx.el.p(
            t(
                "Your institution names its coordinator by an order. Fill in what the order says; the school checks it "
                "and answers by e-mail. Until then nothing changes."
            ),
            class_name="desk-say",
        ),
        rx.el.form(
            rx.el.div(
                one_field("name", t("Name of the institution"), _fields, _problems, order, max_length=200),
                class_name="whole-row",
            ),
            rx.el.div(
                one_field(
                    "registration_number",
                    t("Registration number"),
                    _fields,
                    _problems,
                    order,
                    max_length=20,
                    input_mode="numeric",
                ),
                class_name="whole-row narrow",
            ),
            *address_fields(_fields, _problems, order),
            one_field(
                "document_number",
                t("Number of the institution's order"),
                _fields,
                _problems,
                order,
                max_length=60,
                placeholder="1-5/31",
            ),
            one_field("document_on", t("Date of the order"), _fields, _problems, order, type="date"),
            one_field("from_on", t("First day as coordinator"), _fields, _problems, order, type="date"),
            rx.el.div(button(t("Send to the school"), type="submit", size="3"), class_name="whole-row"),
            on_submit=AskingState.ask,
            reset_on_submit=False,
            no_validate=True,
            key=AskingState.drawn.to_string(),
            class_name="profile-fields",
        ),
        class_name="panel",
    )
