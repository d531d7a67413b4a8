"""The fields of an address and of an institution's requisites, wherever they are filled in (2.3, 11.5)."""

from typing import Any

import reflex as rx

from mps_app.components.basic import text_field
from mps_app.components.words import t

Known = rx.Var[Any]  # Any: a view with these fields


def address_fields(fields: Known, problems: Known, section: str) -> list[rx.Component]:
    """Return the legal address; ids begin with the section, because a page may hold several addresses."""
    street = one_field("street", t("Legal address: street, house"), fields, problems, section, max_length=200)
    return [
        rx.el.div(street, class_name="whole-row"),
        one_field("city", t("Town or parish"), fields, problems, section, max_length=100),
        one_field("postal_code", t("Postal code"), fields, problems, section, max_length=10, placeholder="LV-1050"),
    ]


def requisite_fields(fields: Known, problems: Known, section: str) -> list[rx.Component]:
    """Return what an invoice needs beside name and number."""
    vat, iban = rx.fragment(t("VAT number"), optional()), rx.fragment(t("Account (IBAN)"), optional())
    return [
        one_field("vat_number", vat, fields, problems, section, max_length=20, placeholder="LV"),
        *address_fields(fields, problems, section),
        one_field("iban", iban, fields, problems, section, max_length=40),
        one_field("invoice_email", t("E-mail for invoices"), fields, problems, section, max_length=254, type="email"),
    ]


def one_field(
    name: str,
    label: rx.Component | rx.Var[str],
    fields: Known,
    problems: Known,
    section: str,
    **attributes: Any,  # Any: an input's own
) -> rx.Component:
    """Return one field of a form of several, filled with what is kept."""
    return text_field(
        name,
        label,
        value=getattr(fields, name),
        problem=getattr(problems, name),
        identifier=f"{section}-{name}",
        **attributes,
    )


def optional() -> rx.Component:
    """Return the word after the label of a field that may stay empty."""
    return rx.el.span(" ", t("(optional)"), class_name="muted optional")
