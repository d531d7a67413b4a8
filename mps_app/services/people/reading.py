"""Fields that people fill in: each in its canonical form, or refused in words beside it."""

from collections.abc import Callable

from mps_app.core import codes
from mps_app.core.codes import Unusable
from mps_app.text import N_
from mps_app.views.people import AddressForm, RequisitesForm

_FILL_IN = N_("Fill in this field.")
_WANTED = {
    "email": N_("Enter an e-mail address, for example name.surname@institution.lv"),
    "invoice_email": N_("Enter an e-mail address, for example name.surname@institution.lv"),
}
"""What is said when a field is empty, where more than "fill in" helps."""


def read(
    problems: dict[str, str], field: str, text: str, parse: Callable[[str], str], *, needed: bool = True
) -> str | None:
    """Return a field in its canonical form, or note why it cannot be used."""
    if not text:
        if needed:
            problems[field] = _WANTED.get(field, _FILL_IN)
        return None
    try:
        return parse(text)
    except Unusable as refusal:
        problems[field] = refusal.message
        return None


def read_address(problems: dict[str, str], form: AddressForm, *, needed: bool = True) -> dict[str, str | None]:
    """Return an address, all of it or nothing."""
    return {
        "street": read(problems, "street", form.street, str, needed=needed),
        "city": read(problems, "city", form.city, str, needed=needed),
        "postal_code": read(problems, "postal_code", form.postal_code, codes.parse_postal_code, needed=needed),
    }


def read_requisites(problems: dict[str, str], form: RequisitesForm) -> dict[str, str | None]:
    """Return what an invoice to an institution needs, beside its name and number (2.3)."""
    return {
        **read_address(problems, form),
        "vat_number": read(problems, "vat_number", form.vat_number, codes.parse_vat_number, needed=False),
        "iban": read(problems, "iban", form.iban, codes.parse_iban, needed=False),
        "invoice_email": read(problems, "invoice_email", form.invoice_email, codes.parse_email),
    }
