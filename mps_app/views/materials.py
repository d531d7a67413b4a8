"""What may be seen of materials (9), and what is filled in to add them."""

from typing import Literal

from pydantic import Field

from mps_app.views.base import Form, View

Whose = Literal["all", "mine", "public"]


class MaterialRow(View):
    """One file or link; ``address`` opens it."""

    id: int
    title: str
    address: str
    is_link: bool
    kind: str  # what its icon shows: pdf, words, slides, table, picture, video, text, link
    about_text: str  # "PDF, 240 kB" or "Saite, likumi.lv"
    note_text: str = ""  # the group, when it is not for all of the course
    is_public: bool = False


class CourseMaterials(View):
    """A course with the materials that the reader may have."""

    course_id: int
    title: str
    address: str
    is_own: bool
    rows: list[MaterialRow] = []


class MaterialsFound(View):
    """A search's outcome; ``rest_text`` offers what was left out."""

    courses: list[CourseMaterials] = []
    total: int = 0
    total_text: str = ""
    rest_text: str = ""
    has_any: bool = False  # without a search


class MaterialsFilter(Form):
    """What one types and chooses above the list."""

    query: str = Field(default="", max_length=100)
    whose: Whose = "all"
    shown: int = Field(default=30, ge=1, le=300)


class MaterialReceipt(View):
    """A material was added."""

    id: int
    title: str


class MaterialForm(Form):
    """Where a material belongs, what it is called, who may have it (9.2)."""

    course_id: int
    group_id: int | None = None
    title: str = Field(min_length=1, max_length=200)
    title_en: str = Field(default="", max_length=200)
    is_public: bool = False


class LinkForm(MaterialForm):
    """A material elsewhere."""

    url: str = Field(min_length=1, max_length=2_000)
