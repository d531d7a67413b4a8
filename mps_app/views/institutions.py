"""Institutions as a person meets them: who lists them as an employee."""

from mps_app.views.base import View


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
