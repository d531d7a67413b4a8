"""The profile's *Rekvizīti*: workplaces, and the institution that the person enters (2.3, 2.5)."""

import reflex as rx

from mps_app.components.basic import button, danger_button, icon, link, quiet_button, second_button, status
from mps_app.components.in_browser import RETURNS_FOCUS
from mps_app.components.requisite_fields import one_field, requisite_fields
from mps_app.components.words import t
from mps_app.views.people import PayerDetailsCard, PayerProblems, ProfilePage, Workplace


def payer_part(  # noqa: PLR0913  # what it shows and every way to answer
    page: rx.Var[ProfilePage],
    fields: rx.Var[PayerDetailsCard],
    problems: rx.Var[PayerProblems],
    edits: rx.Var[bool],
    *,
    on_edit: rx.EventHandler,
    on_close: rx.EventHandler,
    on_save: rx.EventHandler,
    on_remove: rx.EventHandler,
) -> rx.Component:
    """Return the section: what coordinators keep, what the person keeps, and the form when it is open."""
    add = second_button(icon("plus", 16), t("Add an institution"), on_click=on_edit, size="2", margin_left="auto")
    remove = rx.cond(page.has_payer_details, _remove(on_remove), rx.fragment())
    return rx.el.section(
        rx.el.header(
            rx.heading(t("Payment details"), as_="h2", size="4"),
            rx.cond(page.has_payer_details | edits, rx.fragment(), add),
        ),
        rx.foreach(page.workplaces, _workplace),
        rx.cond(page.has_payer_details & ~edits, _kept(page.payer_details, on_edit), rx.fragment()),
        rx.cond(edits, _form(fields, problems, on_save, on_close, remove), _explained(page)),
        rx.el.p(
            t("Do you arrange the training of your institution's employees?"), " ",
            link(t("Become an institution's coordinator"), href="/iestade/klut-par-koordinatoru"),
            class_name="panel-note muted to-coordinate",
        ),
        id="rekviziti",
        class_name="panel",
    )  # fmt: skip


def _workplace(place: rx.Var[Workplace]) -> rx.Component:
    return _row(
        place.name,
        rx.fragment(t("Reg. no. {number}. Kept by the institution's coordinator.", number=place.registration_number)),
        status("ok", t("Workplace")),
    )


def _kept(card: rx.Var[PayerDetailsCard], on_edit: rx.EventHandler) -> rx.Component:
    words = t("Reg. no. {number}, invoices to {email}.", number=card.registration_number, email=card.invoice_email)
    return _row(card.name, words, second_button(t("Change"), on_click=on_edit, size="2"))


def _row(title: rx.Var[str], words: rx.Component | rx.Var[str], beside: rx.Component) -> rx.Component:
    return rx.el.div(
        rx.el.span(icon("building-2"), class_name="tile", aria_hidden="true"),
        rx.el.div(rx.el.div(title, class_name="row-title"), rx.el.div(words, class_name="muted row-words")),
        beside,
        class_name="rowlink",
    )


def _explained(page: rx.Var[ProfilePage]) -> rx.Component:
    words = t(
        "If your workplace pays and its coordinator has not entered the payment details, add the institution here."
    )
    none = (page.workplaces.length() == 0) & ~page.has_payer_details
    return rx.cond(none, rx.el.p(words, class_name="panel-note muted", style={"margin": "0"}), rx.fragment())


def _form(
    fields: rx.Var[PayerDetailsCard],
    problems: rx.Var[PayerProblems],
    on_save: rx.EventHandler,
    on_close: rx.EventHandler,
    remove: rx.Component,
) -> rx.Component:
    return rx.el.form(
        rx.el.div(
            one_field("name", t("Name of the institution"), fields, problems, "payer", max_length=200),
            class_name="whole-row",
        ),
        one_field(
            "registration_number",
            t("Registration number"),
            fields,
            problems,
            "payer",
            max_length=20,
            input_mode="numeric",
        ),
        *requisite_fields(fields, problems, "payer"),
        rx.el.div(
            button(t("Save"), type="submit", size="3"),
            quiet_button(t("Cancel"), type="button", on_click=on_close, size="3"),
            remove,
            class_name="whole-row profile-acts",
        ),
        on_submit=on_save,
        reset_on_submit=False,
        no_validate=True,
        class_name="profile-fields",
    )


def _remove(on_remove: rx.EventHandler) -> rx.Component:
    return rx.alert_dialog.root(
        rx.alert_dialog.trigger(danger_button(t("Remove"), type="button", size="3", margin_left="auto")),
        rx.alert_dialog.content(
            rx.alert_dialog.title(t("Remove the payment details?")),
            rx.alert_dialog.description(t("Applications made with them stay as they are.")),
            rx.el.div(
                rx.alert_dialog.cancel(second_button(t("Cancel"), size="3")),
                rx.alert_dialog.action(danger_button(t("Remove"), on_click=on_remove, size="3")),
                class_name="profile-acts",
                style={"marginTop": "16px"},
            ),
            max_width="440px",
            custom_attrs=RETURNS_FOCUS,
        ),
    )
