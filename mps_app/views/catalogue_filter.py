"""What somebody looks for in the catalogue, and how the address bar carries it (3.2)."""

from collections.abc import Mapping
from datetime import date
from typing import Self
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from mps_app.views.base import Form

PAGE_SIZE = 20
SORTS = ("date", "title", "price", "newest")
FACETS = {"topics": "temats", "formats": "norise", "cities": "vieta", "languages": "valoda", "prices": "cena"}
"""The fields of a filter that choose among values, and their names in the address bar."""

_LONGEST_QUERY, _LONGEST_VALUE, _MOST_VALUES, _LAST_PAGE = 100, 60, 30, 10_000
_LONGEST_ADDRESS = 8_000
_FIRST_YEAR = 2000


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

    @classmethod
    def read_address(cls, address: str) -> Self:
        """Read a whole address, however it was made."""
        try:
            return cls.from_address(dict(parse_qsl(urlsplit(address[:_LONGEST_ADDRESS]).query)))
        except ValueError:
            return cls()

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
    """Return an ISO day of this century, or nothing: at the ends of the calendar there is no day before or after."""
    try:
        day = date.fromisoformat(text) if len(text) == len("2026-01-01") else None
    except ValueError:
        return None
    return day if day is not None and _FIRST_YEAR <= day.year < _FIRST_YEAR + 100 else None


def _values(text: str) -> tuple[str, ...]:
    """Return the values of a comma-separated list, each once."""
    values = (value.strip()[:_LONGEST_VALUE] for value in text[:2_000].split(","))
    return tuple(dict.fromkeys(value for value in values if value and value.isprintable()))[:_MOST_VALUES]
