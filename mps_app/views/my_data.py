"""What a person sees of the data kept about them (2.6)."""

from pydantic import Field

from mps_app.views.base import Form, View


class LookRow(View):
    """Somebody looked at the reader's record."""

    id: int
    when_text: str
    who_text: str
    why_text: str


class KeptRow(View):
    """What the law makes the school keep, for how long, and where that is written."""

    what_text: str
    how_long_text: str
    basis_text: str


class ErasureRow(View):
    """A request for erasure of the reader's own."""

    id: int
    asked_text: str
    wish: str
    status_text: str
    tone: str
    is_open: bool
    answer_text: str = ""


class MyDataPage(View):
    """Who looked, what has to be kept, what was asked for."""

    looks: list[LookRow] = []
    older_looks_text: str = ""
    kept: list[KeptRow] = []
    requests: list[ErasureRow] = []
    may_request: bool = False


class ErasureForm(Form):
    """Why, and what in particular; may be left empty."""

    wish: str = Field(default="", max_length=2_000)
