"""Institutions as a person meets them: who lists them as an employee."""

from mps_app.views.base import View


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
    needs_approval: bool
    coordinator_names: list[str]
