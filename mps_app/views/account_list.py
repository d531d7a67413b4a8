"""Applications on an institution's account, as its coordinator sees them (4.7, 4.8, 11.5)."""

from typing import Annotated, Self
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field

from mps_app.views.base import View, asked_in

ADDRESS = "/iestade/pieteikumi"
STANDINGS = {  # what the address bar says → what the list knows
    "": "",
    "jasaskano": "to_approve",
    "pieteikti": "registered",
    "apstiprinata": "confirmed",
    "nakama-grupa": "next",
    "rinda": "line",
    "pabeigti": "done",
    "atteikti": "ended",
}
LONGEST_QUERY = 80
_LAST_PAGE = 10_000


class AccountFilter(BaseModel):
    """Which of the applications are looked for; the address bar is its other form."""

    model_config = ConfigDict(frozen=True)

    standing: str = ""
    query: str = ""
    page: Annotated[int, Field(ge=1, le=_LAST_PAGE)] = 1

    @classmethod
    def read_address(cls, address: str) -> Self:
        """Return the filter of an address; nonsense in it is as if it had not been written."""
        asked = asked_in(address)
        page = asked.get("lapa", "")
        return cls(
            standing=STANDINGS.get(asked.get("statuss", ""), ""),
            query=" ".join(asked.get("meklet", "").split())[:LONGEST_QUERY],
            page=min(max(int(page), 1), _LAST_PAGE) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        )

    def address(self) -> str:
        """Return the address that says the same."""
        names = {standing: name for name, standing in STANDINGS.items()}
        said = {
            "statuss": names[self.standing],
            "meklet": self.query,
            "lapa": self.page if self.page > 1 else "",
        }
        told = urlencode({name: value for name, value in said.items() if value})
        return f"{ADDRESS}?{told}" if told else ADDRESS

    def changed(self, **sides: object) -> Self:
        """Return the filter with some sides changed; the page is the first again unless it is named."""
        return self.model_copy(update={"page": 1, **sides})


class StandingChip(View):
    """One of the lists by standing, with how many are in it."""

    standing: str
    label: str
    count: int
    is_on: bool


class AccountRow(View):
    """One application."""

    id: int
    name: str
    unit: str
    course_title: str
    form: str
    when_text: str
    applied_text: str  # who applied, and when
    price_text: str
    status_class: str
    status_text: str
    status_note: str  # until when it is to be decided, or why it ended
    is_to_decide: bool
    choose_text: str  # the name of the checkbox
    details_text: str  # the name of the button


class AccountList(View):
    """One page of the applications."""

    chips: list[StandingChip] = []
    rows: list[AccountRow] = []
    total: int = 0
    page: int = 1
    page_count: int = 1
    range_text: str = ""
    empty_title: str = ""
    empty_text: str = ""


class HistoryLine(View):
    """Something that happened to an application, or was told of it."""

    when_text: str
    what_text: str
    who_text: str = ""
    is_mail: bool = False


class AccountDetails(View):
    """One application with its history, and what can be done about it; id 0: none."""

    id: int = 0
    name: str = ""
    under_text: str = ""
    course_title: str = ""
    when_text: str = ""
    group_code: str = ""
    price_text: str = ""
    status_class: str = ""
    status_text: str = ""
    status_note: str = ""
    history: list[HistoryLine] = []
    is_to_decide: bool = False
    may_cancel: bool = False
    may_replace: bool = False
    acts_text: str = ""  # until when, or why not any more


class Colleague(View):
    """An employee who could take a place."""

    person_id: int
    name: str
    under_text: str
    barred_text: str = ""


class ColleaguesFound(View):
    """Employees found for a place."""

    rows: list[Colleague] = []
    note: str = ""
