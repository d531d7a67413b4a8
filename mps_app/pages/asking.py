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
    return rx.el.section(
        rx.el.header(rx.heading(t("Nomination"), as_="h2", size="4")),
        rx.el.p(
            t(
                "Your institution names its coordinator by an order. Fill in what the order says; the school checks it "
                "and answers. Until then nothing changes."
            ),
            class_name="desk-say",
        ),
        rx.el.form(
            *_institution(),
            _field("document_number", t("Number of the institution's order"), max_length=60, placeholder="1-5/31"),
            _field("document_on", t("Date of the order"), type="date"),
            _field("from_on", t("First day as coordinator"), type="date"),
            rx.el.div(button(t("Send to the school"), type="submit", size="3"), class_name="whole-row"),
            on_submit=AskingState.ask,
            reset_on_submit=False,
            no_validate=True,
            key=AskingState.drawn.to_string(),
            class_name="profile-fields",
        ),
        class_name="panel",
    )


def _institution() -> list[rx.Component]:
    """Return what is asked of every institution, whether the school knows it or not."""
    number = _field("registration_number", t("Registration number"), max_length=20, input_mode="numeric")
    return [
        rx.el.div(_field("name", t("Name of the institution"), max_length=200), class_name="whole-row"),
        rx.el.div(number, class_name="whole-row narrow"),
        *address_fields(_fields, _problems, "nomination"),
    ]


def _field(name: str, label: rx.Var[str], **attributes: str | int) -> rx.Component:
    return one_field(name, label, _fields, _problems, "nomination", **attributes)
