"""Whom a coordinator looks for among the employees, and how the address bar carries it (11.4)."""

from collections.abc import Mapping
from datetime import date
from typing import Self
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from mps_app.models import ApplicationStatus
from mps_app.views.base import Form
from mps_app.views.catalogue_filter import clean_query, read_day
from mps_app.views.employees import LONGEST_UNIT

PAGE_SIZE = 50
PATH = "/iestade/darbinieki"
SORTS = ("name", "unit", "position", "hours", "last")
COLUMNS = ("position", "unit", "email", "hours", "last", "mandatory")
USUAL_COLUMNS = ("position", "unit", "hours", "last")
NONE = "none"  # no application at all
STATUSES = (NONE, *(status.value for status in ApplicationStatus))

_LAST_PAGE, _MOST_HOURS, _LONGEST_ADDRESS = 10_000, 999, 8_000
_DIGITS_OF_ID = 18


class RosterFilter(Form):
    """What the address bar of the roster carries: whom one looks for, how they are shown, where they are to go."""

    query: str = ""
    unit: str = ""
    position: str = ""
    course_id: int = 0  # they have an application to it
    group_id: int = 0
    status: str = ""  # of that application; ``none``: they have none
    from_on: date | None = None  # its group meets then
    until_on: date | None = None
    hours_below: int = 0  # in the last twelve months; 1: none at all
    lacks_mandatory: bool = False
    sort: str = SORTS[0]
    is_descending: bool = False
    page: int = 1
    columns: tuple[str, ...] = USUAL_COLUMNS
    into_course_id: int = 0  # where the chosen are to be enrolled
    into_group_id: int = 0

    @classmethod
    def from_address(cls, parameters: Mapping[str, str]) -> Self:
        """Read an address bar; whatever makes no sense there is as if it had not been written."""
        status, sort = parameters.get("statuss", ""), parameters.get("karto", "")
        columns = tuple(name for name in COLUMNS if name in parameters.get("slejas", "")[:200].split(","))
        return cls(
            query=clean_query(parameters.get("q", "")),
            unit=_value(parameters.get("struktura", "")),
            position=_value(parameters.get("amats", "")),
            course_id=_number(parameters.get("macibas", "")),
            group_id=_number(parameters.get("macibu_grupa", "")),
            status=status if status in STATUSES else "",
            from_on=read_day(parameters.get("no", "")),
            until_on=read_day(parameters.get("lidz", "")),
            hours_below=min(_number(parameters.get("stundas", "")), _MOST_HOURS),
            lacks_mandatory=parameters.get("obligatas") == "1",
            sort=sort.removeprefix("-") if sort.removeprefix("-") in SORTS else SORTS[0],
            is_descending=sort.startswith("-") and sort.removeprefix("-") in SORTS,
            page=min(max(_number(parameters.get("lapa", "")), 1), _LAST_PAGE),
            columns=columns if "slejas" in parameters else USUAL_COLUMNS,
            into_course_id=_number(parameters.get("kurss", "")),
            into_group_id=_number(parameters.get("grupa", "")),
        )

    @classmethod
    def read_address(cls, address: str) -> Self:
        """Read a whole address, however it was made."""
        try:
            query = urlsplit(address[:_LONGEST_ADDRESS]).query
            return cls.from_address(dict(parse_qsl(query, keep_blank_values=True)))
        except ValueError:
            return cls()

    def address(self, path: str = PATH) -> str:
        """Return the address that carries this, without what is as usual; the same for the same."""
        parameters = {
            "q": self.query,
            "struktura": self.unit,
            "amats": self.position,
            "macibas": self.course_id or "",
            "macibu_grupa": self.group_id or "",
            "statuss": self.status,
            "no": self.from_on.isoformat() if self.from_on else "",
            "lidz": self.until_on.isoformat() if self.until_on else "",
            "stundas": self.hours_below or "",
            "obligatas": "1" if self.lacks_mandatory else "",
            "karto": self._order,
            "lapa": self.page if self.page > 1 else "",
            "kurss": self.into_course_id or "",
            "grupa": self.into_group_id or "",
        }
        said: dict[str, object] = {name: value for name, value in parameters.items() if value != ""}
        if self.columns != USUAL_COLUMNS:
            said["slejas"] = ",".join(self.columns)
        return f"{path}?{urlencode(said, quote_via=quote, safe=',')}" if said else path

    @property
    def _order(self) -> str:
        if self.sort == SORTS[0] and not self.is_descending:
            return ""
        return f"-{self.sort}" if self.is_descending else self.sort

    def changed(self, **changes: object) -> Self:
        """Return it with changes, on the first page unless the page is what changes."""
        return self.model_copy(update={"page": 1, **changes})

    def sorted_by(self, sort: str) -> Self:
        """Return it in an order; the same order again is turned round."""
        return self.changed(sort=sort, is_descending=sort == self.sort and not self.is_descending)

    def with_column(self, column: str, *, is_on: bool) -> Self:
        """Return it with a column shown or not."""
        wanted = {*self.columns, column} if is_on else {*self.columns} - {column}
        return self.model_copy(update={"columns": tuple(name for name in COLUMNS if name in wanted)})

    def cleared(self) -> Self:
        """Return everybody, shown as before."""
        return type(self)(
            sort=self.sort,
            is_descending=self.is_descending,
            columns=self.columns,
            into_course_id=self.into_course_id,
            into_group_id=self.into_group_id,
        )

    @property
    def asks_of_applications(self) -> bool:
        """Whether it asks what somebody applied to."""
        return bool(self.course_id or self.group_id or self.status or self.from_on or self.until_on)

    @property
    def more_count(self) -> int:
        """How many filters are on that stand behind the button."""
        return sum(map(bool, (self.position, self.course_id, self.group_id, self.from_on, self.until_on,
                              self.hours_below, self.lacks_mandatory)))  # fmt: skip


def _value(text: str) -> str:
    return text.strip()[:LONGEST_UNIT] if text.isprintable() else ""


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS_OF_ID else 0
