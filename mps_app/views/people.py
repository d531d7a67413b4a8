"""What a person sees and fills in of the own profile (2.1-2.3, 2.7)."""

from typing import Annotated

from pydantic import AfterValidator, Field

from mps_app.core.actor import Language
from mps_app.core.plain_text import one_line
from mps_app.views.base import Form, View

# What is too long is refused as it came: nothing is done to a text of any length.
Name = Annotated[str, Field(max_length=200), AfterValidator(one_line)]
Line = Annotated[str, Field(max_length=100), AfterValidator(one_line)]
Code = Annotated[str, Field(max_length=60), AfterValidator(one_line)]
Email = Annotated[str, Field(max_length=254), AfterValidator(one_line)]


class AddressForm(Form):
    """The declared residential address (2.2)."""

    street: Name = ""
    city: Line = ""
    postal_code: Code = ""


class ContactForm(AddressForm):
    """How the person is reached; the declared address is all or nothing (2.1, 2.2)."""

    email: Email = ""
    phone: Code = ""
    language: Language = Language.LV


class ContactReceipt(View):
    """The contact data are kept; ``code_sent_to`` is the new address that must prove itself, if any (1.6)."""

    code_sent_to: str = ""


class RequisitesForm(AddressForm):
    """What an invoice to an institution needs, beside its name and number."""

    vat_number: Code = ""
    iban: Code = ""
    invoice_email: Email = ""


class PayerForm(RequisitesForm):
    """The institution that pays when no coordinator entered it: *Rekvizīti* (2.3)."""

    name: Name = ""
    registration_number: Code = ""


class AddressFields(View):
    """An address as kept, or as typed."""

    street: str = ""
    city: str = ""
    postal_code: str = ""


class RequisitesCard(AddressFields):
    """What an invoice to an institution needs, as written on it."""

    vat_number: str = ""
    iban: str = ""
    invoice_email: str = ""


class RequisitesProblems(RequisitesCard):
    """Why one of these fields cannot be used, in words; empty when it can."""


class PayerDetailsCard(RequisitesCard):
    """The kept *Rekvizīti*, as written on an invoice."""

    name: str = ""
    registration_number: str = ""


class PayerProblems(PayerDetailsCard):
    """Why a field of the *Rekvizīti* cannot be used, in words; empty when it can."""


class Workplace(View):
    """An institution that lists the person as its employee; its coordinator keeps the requisites (2.5)."""

    name: str
    registration_number: str
    invoice_email: str


class ProfilePage(AddressFields):
    """The own profile; name and code are the provider's and read-only (2.1)."""

    full_name: str = ""
    initials: str = ""
    code_text: str = ""
    email: str = ""
    is_email_verified: bool = False
    has_email_bounced: bool = False
    pending_email: str = ""
    phone: str = ""
    language: str = Language.LV
    optional_mail: bool = True
    has_payer_details: bool = False
    payer_details: PayerDetailsCard = PayerDetailsCard()
    workplaces: list[Workplace] = []


class ContactFields(AddressFields):
    """What stands in the fields of the contact data: kept values, or what was typed before a session ended."""

    email: str = ""
    phone: str = ""
    language: str = Language.LV


class ContactProblems(AddressFields):
    """Why a contact field cannot be used, in words; empty when it can."""

    email: str = ""
    code: str = ""
    phone: str = ""
    language: str = ""
