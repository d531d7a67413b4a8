"""Employees as their institution's coordinator keeps them (11.2)."""

from pydantic import Field

from mps_app.views.base import Form, View

LONGEST_UNIT = 200  # and position


class EmployeeForm(Form):
    """One employee, as typed; which field is too long or missing is said by the room's own rules."""

    personal_code: str = Field(default="", max_length=1_000)
    given_name: str = Field(default="", max_length=1_000)
    family_name: str = Field(default="", max_length=1_000)
    unit: str = Field(default="", max_length=1_000)
    position: str = Field(default="", max_length=1_000)
    work_email: str = Field(default="", max_length=1_000)
    from_on: str = Field(default="", max_length=1_000)


class EmployeeCard(View):
    """What the institution keeps of one employee."""

    employment_id: int = 0
    given_name: str = ""
    family_name: str = ""
    unit: str = ""
    position: str = ""
    work_email: str = ""
    name: str = ""
    since_text: str = ""


class EmployeeFields(View):
    """The fields in which an employee is described: what stands in them, or what is wrong with each."""

    personal_code: str = ""
    given_name: str = ""
    family_name: str = ""
    unit: str = ""
    position: str = ""
    work_email: str = ""
    from_on: str = ""


class NewEmployee(EmployeeFields):
    """What stands in the fields of a new employee."""


class EmployeeProblems(EmployeeFields):
    """What is wrong with each field of an employee, in words."""

    until_on: str = ""


class WithdrawnApplication(View):
    """An application on the institution's account that ends with the employment."""

    course_title: str
    when_text: str


class EmploymentEnding(View):
    """What ending an employment on a day would bring."""

    employment_id: int = 0
    name: str = ""
    until_on: str = ""  # ISO, as a date field speaks
    earliest: str = ""
    withdrawn: list[WithdrawnApplication] = []
    coordinates: bool = False  # and goes on, until somebody ends that too (11.7)


class PreviewWish(Form):
    """Which part of a preview is to be shown."""

    kind: str = Field(default="", max_length=20)
    is_whole: bool = False
    page: int = Field(default=1, ge=1, le=1_000)


class FieldChange(View):
    """One thing that an import changes."""

    label: str
    before: str
    after: str


class ImportRow(View):
    """One row of the difference: whose it is, what would change, what is wrong with it."""

    number: int = 0  # the row of the list; 0: the person is not in it
    name: str = ""
    code: str = ""
    under: str = ""
    changes: list[FieldChange] = []
    problems: list[str] = []
    note: str = ""


class ImportPreview(View):
    """A list compared with the employees of this moment; ``basis`` binds the confirmation to it."""

    id: int = 0
    state: str = ""
    file_name: str = ""
    new: int = 0
    changed: int = 0
    ended: int = 0
    same: int = 0
    wrong: int = 0
    is_whole: bool = False
    can_be_whole: bool = False
    ignored_text: str = ""
    basis: str = ""
    kind: str = ""
    rows: list[ImportRow] = []
    page_number: int = 1
    page_count: int = 1


class ImportReceipt(View):
    """What was saved; ``is_stale``: nothing, because the employees have changed since the preview."""

    is_stale: bool = False
    words: str = ""
