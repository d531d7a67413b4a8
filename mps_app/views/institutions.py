"""Institutions as a person meets them: who lists them as an employee."""

from typing import Annotated

from pydantic import BeforeValidator

from mps_app.views.base import Form, View
from mps_app.views.people import RequisitesCard


class InstitutionChoice(View):
    """One of the institutions for which the coordinator speaks."""

    id: int
    name: str


class InstitutionDesk(View):
    """The institution a coordinator works for just now, as every page of it shows it; id 0: none."""

    id: int = 0
    name: str = ""
    employee_count: int = 0
    to_approve: int = 0
    choices: list[InstitutionChoice] = []


class Employer(View):
    """An institution that lists the person as an employee today, with what an application freezes (4.12)."""

    institution_id: int
    name: str
    registration_number: str
    address: str
    invoice_email: str
    unit: str
    position: str
    known_as: str  # the person, as this institution gave the name (11.5)
    work_email: str = ""  # what this institution gave (11.2)
    needs_approval: bool
    coordinator_names: list[str]


def _ticked(value: object) -> object:
    """Take a box that was not sent at all for one not ticked."""
    return value in (True, "on", "true")


class ApprovalForm(Form):
    """Whether employees' applications need consent, and in how many working days it is given (4.8)."""

    needs_approval: Annotated[bool, BeforeValidator(_ticked)] = False
    approval_days: int = 3


class RequisitesPage(View):
    """What stands on invoices to an institution, and how it consents to applications (11.5, 4.8)."""

    name: str = ""
    registration_number: str = ""
    card: RequisitesCard = RequisitesCard()
    needs_approval: bool = False
    approval_days: int = 3
