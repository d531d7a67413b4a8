"""What a coordinator sees before and after enrolling employees, and of nameless places (11.3, 11.6)."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from mps_app.views.base import Form, View

Key = Annotated[int, Field(ge=0, lt=2**62)]
MOST_AT_ONCE = 500
"""People in one act; an institution of thousands enrols them in several."""


class Mode(StrEnum):
    """What becomes of those for whom there is no place."""

    FIT = "fit"  # as many as fit, the rest are left out
    LINE = "line"  # as many as fit, the rest wait in line
    ALL = "all"  # everybody or nobody


class CourseOption(View):
    """A course to which the institution can enrol now; ``is_closed`` when the catalogue does not show it (3.5)."""

    id: int
    title: str
    is_closed: bool = False


class GroupOption(View):
    """A group of the chosen course that takes applications now."""

    id: int
    label: str


class EnrolChoices(View):
    """What the two lists of the panel offer."""

    courses: list[CourseOption] = []
    closed: list[CourseOption] = []
    groups: list[GroupOption] = []


class Standing(View):
    """Where an employee stands towards a group.

    ``kind``: can, overlaps, in_group, pending, in_line, no_email, over_share, cannot.
    """

    person_id: int
    kind: str
    status: str  # the look of the mark: none, open, ok, warn, bad
    text: str


class PanelLine(View):
    """One of the chosen of whom something is to be known before confirming (11.3)."""

    person_id: int
    kind: str
    title: str
    text: str


class EnrolPanel(View):
    """The side panel: what enrolling the chosen would do, in figures and words (11.3)."""

    course_id: int = 0
    group_id: int = 0
    group_text: str = ""  # LIG-26-03, 3. un 4. novembris
    format: str = ""
    format_text: str = ""
    price_text: str = ""
    taken: int = 0
    added: int = 0
    taken_text: str = ""
    left_text: str = ""
    taken_width: str = "0%"
    added_width: str = "0%"
    minimum_width: str = "0%"
    bar_text: str = ""
    notes: list[str] = []  # the line, nameless places, the institution's share
    chosen: int = 0
    can: int = 0
    can_text: str = ""
    lines: list[PanelLine] = []
    more_text: str = ""  # how many more lines there would be
    mode: str = Mode.FIT
    is_short: bool = False  # not everybody who can be enrolled gets a place: the mode matters
    short_text: str = ""
    total_text: str = ""
    button_text: str = ""
    is_ready: bool = False
    hint_text: str = ""  # what is missing, or what happens next


class EnrolForm(Form):
    """Who is to be enrolled, where, and what becomes of those without a place."""

    group_id: Key
    person_ids: list[Key] = Field(min_length=1, max_length=MOST_AT_ONCE)
    mode: Mode = Mode.FIT


class Enrolled(View):
    """What came of one: enrolled, line, already, no_email, over_share, no_place, held_back, cannot, left."""

    person_id: int
    name: str
    outcome: str
    text: str


class EnrolReceipt(View):
    """What came of enrolling many: the truth about each (11.3)."""

    title: str = ""
    group_id: int = 0
    group_code: str = ""
    enrolled: int = 0
    people: list[Enrolled] = []
    rest: list[Enrolled] = []  # those who were not enrolled, with the reason; the first of them
    more_text: str = ""  # how many more of those
    application_ids: list[int] = []  # what undoing takes back
    named_ids: list[int] = []  # those of them on places that were reserved
    undo_until_text: str = ""


class ReserveForm(Form):
    """Nameless places and the day on which those unnamed are given back (11.6); without a day: the group's own."""

    group_id: Key
    places: int = Field(ge=0, le=1000)
    release_on: date | None = None


class PlaceCard(View):
    """A group as an institution sees it: places, and how many are its own."""

    group_id: int = 0
    course_title: str = ""
    code: str = ""
    when_text: str = ""
    form: str = ""
    form_text: str = ""
    price_text: str = ""
    until_text: str = ""  # until when one can enrol
    left_text: str = ""
    others_width: str = "0%"
    all_width: str = "0%"
    bar_text: str = ""
    own_text: str = ""  # 5 pieteikti, 2 gaidīšanas sarakstā
    reserved: int = 0
    reserved_text: str = ""  # 3 rezervētas vietas, atbrīvosies 5. novembrī
    share_text: str = ""
    enrol_path: str = ""
    most: int = 0  # how many places could be reserved in all
    wanted_text: str = "1"  # how many the dialog suggests
    release_on: str = ""  # ISO, of the reservation or the suggestion
    first_release_on: str = ""  # ISO: between these
    last_release_on: str = ""


class PlacesPage(View):
    """The groups to which an institution can enrol: those closed to others, and those of the catalogue."""

    closed: list[PlaceCard] = []
    cards: list[PlaceCard] = []
    found_text: str = ""
    has_more: bool = False
    is_empty: bool = False
