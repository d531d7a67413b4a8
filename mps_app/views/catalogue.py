"""What may be seen of the catalogue, how it is filtered, and how a course is written down."""

from collections.abc import Mapping
from datetime import date
from typing import Self
from urllib.parse import quote, urlencode

from pydantic import Field

from mps_app.models import CourseFormat, Visibility
from mps_app.views.base import Form, View

PAGE_SIZE = 20
SORTS = ("date", "title", "price", "newest")
FACETS = {"topics": "temats", "formats": "norise", "cities": "vieta", "languages": "valoda", "prices": "cena"}
"""The fields of a filter that choose among values, and their names in the address bar."""

_LONGEST_QUERY, _LONGEST_VALUE, _MOST_VALUES, _LAST_PAGE = 100, 60, 30, 10_000


class CatalogueFilter(Form):
    """What somebody looks for; the address bar carries exactly this (3.2)."""

    query: str = ""
    topics: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    prices: tuple[str, ...] = ()
    from_on: date | None = None
    until_on: date | None = None
    only_free_places: bool = False
    sort: str = SORTS[0]
    page: int = 1

    @classmethod
    def from_address(cls, parameters: Mapping[str, str]) -> Self:
        """Read an address bar; whatever makes no sense there is as if it had not been written."""
        chosen = {field: _values(parameters.get(name, "")) for field, name in FACETS.items()}
        sort, page = parameters.get("karto", ""), parameters.get("lapa", "")
        return cls(
            query=clean_query(parameters.get("q", "")),
            from_on=read_day(parameters.get("no", "")),
            until_on=read_day(parameters.get("lidz", "")),
            only_free_places=parameters.get("brivas") == "1",
            sort=sort if sort in SORTS else SORTS[0],
            page=min(max(int(page), 1), _LAST_PAGE) if page.isascii() and page.isdigit() and len(page) < 9 else 1,
            **chosen,
        )

    def address(self, path: str = "/katalogs") -> str:
        """Return the address that carries this filter, without what is as usual; the same for the same filter."""
        chosen = {name: ",".join(getattr(self, field)) for field, name in FACETS.items()}
        parameters = {
            "q": self.query,
            **chosen,
            "no": self.from_on.isoformat() if self.from_on else "",
            "lidz": self.until_on.isoformat() if self.until_on else "",
            "brivas": "1" if self.only_free_places else "",
            "karto": self.sort if self.sort != SORTS[0] else "",
            "lapa": str(self.page) if self.page > 1 else "",
        }
        said = urlencode({name: value for name, value in parameters.items() if value}, quote_via=quote, safe=",")
        return f"{path}?{said}" if said else path

    def with_value(self, field: str, value: str, *, is_on: bool) -> Self:
        """Return the filter with one value of a facet chosen or not, on its first page."""
        kept = tuple(one for one in getattr(self, field) if one != value)
        return self.changed(**{field: (*kept, value)[:_MOST_VALUES] if is_on else kept})

    def changed(self, **changes: object) -> Self:
        """Return the filter with changes, on its first page unless the page is what changes."""
        return self.model_copy(update={"page": 1, **changes})

    def cleared(self) -> Self:
        """Return the words and the order alone."""
        return type(self)(query=self.query, sort=self.sort)

    @property
    def chosen_count(self) -> int:
        """How many filters are on."""
        values = sum(len(getattr(self, field)) for field in FACETS)
        return values + sum(map(bool, (self.from_on, self.until_on, self.only_free_places)))


def clean_query(text: str) -> str:
    """Return what was typed without control and invisible marks, bounded."""
    return "".join(letter for letter in str(text) if letter.isprintable())[:_LONGEST_QUERY].strip()


def read_day(text: str) -> date | None:
    """Return an ISO day, or nothing."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-01-01") else None
    except ValueError:
        return None


def _values(text: str) -> tuple[str, ...]:
    """Return the values of a comma-separated list, each once."""
    values = (value.strip()[:_LONGEST_VALUE] for value in text[:2_000].split(","))
    return tuple(dict.fromkeys(value for value in values if value and value.isprintable()))[:_MOST_VALUES]


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
    is_own: bool


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


class FeedSession(View):
    """A session of a public group, for the calendar feed (3.6)."""

    uid: str
    sequence: int
    title: str
    address: str
    place: str
    starts_at: str
    ends_at: str


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
