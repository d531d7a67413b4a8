"""What a person sees of applying: the dialog, the receipt, the own applications."""

from typing import Annotated

from pydantic import Field, field_validator

from mps_app.core.plain_text import one_line
from mps_app.models import PayerKind
from mps_app.views.base import Form, View

Key = Annotated[int, Field(ge=0, lt=2**62)]


class ApplyForm(Form):
    """One application. ``group_id`` 0 waits for the next group (4.9); ``person_id`` names whom staff apply for."""

    course_id: Key
    group_id: Key = 0
    payer: PayerKind
    institution_id: Key | None = None
    person_id: Key | None = None
    agreed: bool = False  # to the training terms
    adjustments: str = Field(default="", max_length=500)  # 4.13

    @field_validator("institution_id", "person_id", mode="before")
    @classmethod
    def _nothing_chosen(cls, value: object) -> object:
        return None if value in ("", "0", 0) else value

    @field_validator("adjustments")
    @classmethod
    def _plain(cls, value: str) -> str:
        return one_line(value)


class Step(View):
    """One line of a checklist: what was done, what is now, what comes (4.11). ``state``: done, now, later, missing."""

    title: str
    text: str = ""
    state: str


class EmployerChoice(View):
    """An institution that may pay: it lists the person as its employee (4.1)."""

    id: int
    name: str
    registration_number: str
    invoice_email: str
    coordinators_text: str
    needs_approval: bool


class PayerChoice(View):
    """One way to pay, and what is missing for it."""

    kind: str
    title: str
    subtitle: str
    is_ready: bool
    missing_text: str = ""


class GroupChoice(View):
    """One group that takes applications now."""

    id: int
    days_text: str
    when_text: str
    places_text: str
    price_text: str
    is_full: bool


class ApplyDialog(View):
    """Everything the dialog shows before the person confirms (4.1)."""

    course_id: int = 0
    course_title: str = ""
    group_id: int = 0
    groups: list[GroupChoice] = []
    when_text: str = ""
    price_text: str = ""
    is_free: bool = False
    payers: list[PayerChoice] = []
    payer: str = ""  # the one suggested
    institution_id: int = 0
    employers: list[EmployerChoice] = []
    email: str = ""
    has_verified_email: bool = False
    address_text: str = ""
    details_text: str = ""
    line_text: str = ""  # the group is full, or the next group is waited for
    overlap_text: str = ""  # 4.5
    withdraw_text: str = ""
    refusal_text: str = ""  # why this can't be applied for at all


class ApplicationReceipt(View):
    """What came of applying; the same again for a repeated request (4.3)."""

    application_id: int = 0
    outcome: str = ""
    title: str = ""
    sent_text: str = ""
    note: str = ""
    steps: list[Step] = []
    position: int = 0


class ApplicationCard(View):
    """One of the person's own applications."""

    id: int
    course_title: str
    course_path: str
    when_text: str
    group_code: str
    status: str
    status_class: str
    status_text: str
    explanation: str
    price_text: str
    payer_text: str
    applied_text: str
    may_answer: bool
    answer_until_text: str
    may_cancel: bool
    cancel_text: str  # until when, or why not any more
    cancel_warning: str
    steps: list[Step]
    is_over: bool


class MyApplications(View):
    """The person's applications: those alive, and those that ended."""

    current: list[ApplicationCard] = []
    past: list[ApplicationCard] = []
