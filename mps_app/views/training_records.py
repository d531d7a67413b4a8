"""The training record of an institution: who was trained in what, what is due, what was planned (11.5)."""

from typing import Annotated, Self
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic_core import PydanticCustomError

from mps_app.core.plain_text import one_line
from mps_app.views.base import Form, View, asked_in
from mps_app.views.employees import LONGEST_UNIT

ADDRESS = "/iestade/uzskaite"
FIRST_YEAR, LAST_YEAR = 2000, 2100
_LONGEST = 80
_LAST_PAGE = 10_000

Key = Annotated[int, Field(ge=0, lt=2**62)]


class RecordFilter(BaseModel):
    """Which year, and whom; the address bar is its other form. Year 0: this one."""

    model_config = ConfigDict(frozen=True)

    year: int = 0
    query: str = ""
    unit: str = ""
    only_untrained: bool = False
    page: int = 1

    @classmethod
    def read_address(cls, address: str) -> Self:
        """Return the filter of an address; nonsense in it is as if it had not been written."""
        asked = asked_in(address)
        year = _number(asked.get("gads", ""))
        return cls(
            year=year if FIRST_YEAR <= year <= LAST_YEAR else 0,
            query=" ".join(asked.get("meklet", "").split())[:_LONGEST],
            unit=asked.get("vieniba", "").strip()[:LONGEST_UNIT],
            only_untrained=asked.get("nav") == "1",
            page=min(max(_number(asked.get("lapa", "")), 1), _LAST_PAGE),
        )

    def asked(self) -> str:
        """Return what stands after the question mark of an address."""
        said = {
            "gads": self.year,
            "meklet": self.query,
            "vieniba": self.unit,
            "nav": "1" if self.only_untrained else "",
            "lapa": self.page if self.page > 1 else "",
        }
        return urlencode({name: value for name, value in said.items() if value})

    def address(self) -> str:
        """Return the address that says the same."""
        asked = self.asked()
        return f"{ADDRESS}?{asked}" if asked else ADDRESS

    def changed(self, **sides: object) -> Self:
        """Return the filter with some sides changed; the page is the first again unless it is named."""
        return self.model_copy(update={"page": 1, **sides})


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0  # no year or page is longer


class Figure(View):
    """One of the four figures above the table."""

    number: str
    label: str
    note: str = ""
    warns: bool = False


class TrainingMark(View):
    """One training in a month: its form, and whether it is still to come."""

    form: str
    is_coming: bool


class MonthCell(View):
    """A month of one person."""

    marks: list[TrainingMark] = []
    spoken: str = ""
    is_now: bool = False


class MonthHead(View):
    """A month's column."""

    label: str
    is_now: bool


class RecordRow(View):
    """One person's year."""

    person_id: int
    name: str
    unit: str
    cells: list[MonthCell]
    hours: str
    has_none: bool
    cost: str
    details_text: str


class RecordPage(View):
    """A year of an institution: what is everybody's, whomever one looks for."""

    year: int = 0
    years: list[str] = []
    under_text: str = ""
    figures: list[Figure] = []
    months: list[MonthHead] = []
    units: list[str] = []
    certificate_count: int = 0


class RecordFound(View):
    """One page of the people looked for."""

    rows: list[RecordRow] = []
    total: int = 0
    page: int = 1
    page_count: int = 1
    range_text: str = ""
    export_path: str = ""
    archive_path: str = ""


class TrainingLine(View):
    """One training of a person."""

    course_title: str
    form: str
    when_text: str
    hours_text: str
    status_text: str
    price_text: str
    certificate_text: str = ""
    certificate_path: str = ""


class DueLine(View):
    """How one person stands towards one requirement."""

    title: str
    tone: str
    text: str


class PersonRecord(View):
    """What an institution may know of one employee's training; id 0: none."""

    person_id: int = 0
    name: str = ""
    under_text: str = ""
    employed_text: str = ""
    hours_text: str = ""
    lines: list[TrainingLine] = []
    dues: list[DueLine] = []


class CourseChoice(View):
    """A course that can be named in a requirement or a plan."""

    id: int
    title: str
    code: str


class RequirementRow(View):
    """Training that must be taken anew, and how the employees stand towards it."""

    id: int
    title: str
    under_text: str  # how often, on what ground, for whom
    courses_text: str
    is_own: bool
    fine: int
    soon: int
    overdue: int
    never: int
    months: int
    units: list[str]
    courses: list[CourseChoice]


class DuePerson(View):
    """One employee towards a requirement."""

    person_id: int
    name: str
    unit: str
    tone: str
    text: str


class DuePeople(View):
    """Who stands how towards a requirement."""

    requirement_id: int = 0
    title: str = ""
    standing: str = ""
    rows: list[DuePerson] = []
    more_text: str = ""


class PlanCourseRow(View):
    """A course of the plan: how many people, and how many were trained."""

    course_id: int
    title: str
    people: int
    done_text: str
    is_done: bool


class PlanPage(View):
    """What was planned for the year, against what is done."""

    year: int = 0
    is_made: bool = False
    hours_per_employee: int = 0
    budget_text: str = ""  # as typed
    hours_text: str = ""
    hours_percent: int = 0
    money_text: str = ""
    money_percent: int = 0
    is_over_budget: bool = False
    courses: list[PlanCourseRow] = []


class PlanForm(Form):
    """The plan as it is typed."""

    year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
    hours_per_employee: Annotated[int, Field(ge=0, le=1000)] = 0
    budget_cents: Annotated[int, Field(ge=0, lt=10**12)] = 0

    @field_validator("budget_cents", mode="before")
    @classmethod
    def _money(cls, value: object) -> object:
        """Read euros as people type them: 24 000 or 24000,50."""
        text = str(value).replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace("€", "").replace(",", ".")
        whole, _, rest = text.partition(".")
        if not (whole or "0").isdigit() or (rest and not rest.isdigit()) or len(rest) > 2:  # cents
            raise PydanticCustomError("money", "no sum of money")
        return int(whole or "0") * 100 + int(rest.ljust(2, "0") or "0")


class RequirementForm(Form):
    """An institution's own requirement."""

    id: Key = 0
    title: Annotated[str, Field(min_length=3, max_length=120)]
    months: Annotated[int, Field(ge=1, le=120)]
    units: list[Annotated[str, Field(max_length=LONGEST_UNIT)]] = Field(default_factory=list, max_length=200)
    course_ids: list[Key] = Field(min_length=1, max_length=30)

    @field_validator("title")
    @classmethod
    def _plain(cls, value: str) -> str:
        return one_line(value)
