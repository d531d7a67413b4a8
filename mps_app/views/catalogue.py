"""What may be seen of the catalogue, and how a course is written down."""

from datetime import datetime

from pydantic import Field

from mps_app.models import CourseFormat, Visibility
from mps_app.views.base import Form, View


class TextPart(View):
    """A piece of a title; ``is_match`` where the reader's words are."""

    text: str
    is_match: bool


class CourseButton(View):
    """The button of a course, telling the truth (3.4). ``group_id`` 0 means the next group."""

    kind: str = ""
    label: str = ""
    group_id: int = 0
    is_principal: bool = False
    is_disabled: bool = False
    reason: str = ""  # why it can't be done, or what happens then (4.11)
    leads_to: str = ""  # where the person has to act instead


class CourseRow(View):
    """One course of the list."""

    id: int
    address: str
    title_parts: list[TextPart]
    form: str
    form_text: str
    topic_text: str
    hours_text: str
    summary: str
    when_text: str
    where_text: str
    places_text: str
    fill_percent: int  # of places taken; -1 shows no bar
    fill_text: str
    is_scarce: bool
    is_full: bool
    price_text: str
    button: CourseButton


class FacetOption(View):
    """One value to filter by, and how many courses would be left."""

    code: str
    label: str
    count: int
    is_on: bool
    form: str = ""  # the mark before a form of attendance
    is_first: bool = True  # shown before one asks for all


class CatalogueFacets(View):
    """All values to filter by."""

    formats: list[FacetOption] = []
    topics: list[FacetOption] = []
    cities: list[FacetOption] = []
    prices: list[FacetOption] = []
    languages: list[FacetOption] = []


class Chip(View):
    """One filter that is on, to be taken off."""

    field: str
    code: str
    label: str
    remove_text: str


class CatalogueFound(View):
    """What was found, in words and numbers."""

    total: int = 0
    total_text: str = ""
    show_text: str = ""  # on the button of the phone's filter sheet
    page: int = 1
    page_count: int = 1
    page_text: str = ""
    previous_address: str = ""
    next_address: str = ""
    chosen_count: int = 0
    chips: list[Chip] = []
    empty_title: str = ""
    empty_text: str = ""


class CataloguePage(View):
    """One answer of the catalogue."""

    found: CatalogueFound = CatalogueFound()
    rows: list[CourseRow] = []
    facets: CatalogueFacets = CatalogueFacets()


class ProgrammePart(View):
    """One part of a course's programme."""

    day_text: str
    title: str
    text: str
    hours_text: str


class LecturerCard(View):
    """A lecturer of a course."""

    name: str
    initials: str
    biography: str


class GroupOption(View):
    """One group of a course to choose."""

    id: int
    when_text: str
    where_text: str
    form: str
    form_text: str
    places_text: str
    price_text: str
    cancel_text: str
    reason: str
    can_choose: bool
    is_scarce: bool
    own_text: str  # how the reader stands with it


class CoursePage(View):
    """Everything there is to read about a course; empty ``title`` when there is none for the reader."""

    id: int = 0
    address: str = ""
    title: str = ""
    topic_text: str = ""
    topic_address: str = ""
    hours_text: str = ""
    language_text: str = ""
    certificate_text: str = ""
    exam_text: str = ""  # that there is a test (8.1)
    description: list[str] = []
    outcomes: list[str] = []
    audience_text: str = ""
    programme: list[ProgrammePart] = []
    lecturers: list[LecturerCard] = []
    groups: list[GroupOption] = []
    chosen_group_id: int = 0
    price_text: str = ""
    price_note: str = ""
    when_text: str = ""
    button: CourseButton = CourseButton()
    can_wait: bool = False  # the next group may be waited for beside the groups that are open
    is_signed_in: bool = False
    structured: str = ""  # schema.org Course as JSON (3.6)


class FeedCourse(View):
    """A course as other programs read it (3.6)."""

    code: str
    title: str
    address: str
    topic: str
    form: str
    language: str
    academic_hours: int
    price_eur: str
    description: str
    next_starts_at: str | None


class CatalogueFeed(View):
    """One page of the public courses; ``next_page`` 0 after the last."""

    total: int
    courses: list[FeedCourse]
    next_page: int


class FeedSession(View):
    """A session of a public group, for the calendar feed (3.6)."""

    uid: str
    sequence: int
    title: str
    address: str
    place: str
    starts_at: datetime
    ends_at: datetime


class TopicForm(Form):
    """A topic as staff write it down."""

    code: str = Field(min_length=1, max_length=20, pattern=r"^[A-Z0-9-]+$")
    name: str = Field(min_length=1, max_length=120)
    name_en: str = Field(default="", max_length=120)


class CourseForm(Form):
    """A course as staff write it down; ``audience_numbers`` are the registration numbers of its institutions."""

    code: str = Field(min_length=1, max_length=30, pattern=r"^[A-Z0-9-]+$")
    topic: str
    title: str = Field(min_length=1, max_length=200)
    title_en: str = Field(default="", max_length=200)
    description: str = Field(default="", max_length=5_000)
    description_en: str = Field(default="", max_length=5_000)
    audience_text: str = Field(default="", max_length=1_000)
    outcomes: list[str] = []
    programme: list[dict[str, str | int]] = []
    academic_hours: int = Field(ge=1, le=1_000)
    format: CourseFormat
    language: str = Field(default="lv", pattern=r"^[a-z]{2}$")
    price_cents: int = Field(default=0, ge=0, le=100_000_00)
    vat_profile: str = "education_exempt"
    visibility: Visibility = Visibility.DRAFT
    minimum: int = Field(ge=1)
    maximum: int = Field(ge=1)
    attendance_percent: int = Field(default=80, ge=0, le=100)
    has_exam: bool = False
    certificate_kind: str = "completion"
    audience_numbers: list[str] = []
