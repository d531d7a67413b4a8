"""What every view shares."""

from typing import Self
from urllib.parse import parse_qs, urlsplit

from pydantic import BaseModel, ConfigDict, ValidationError

from mps_app.core.errors import Invalid
from mps_app.text import N_

_WORDS = {
    **dict.fromkeys(("missing", "string_too_short", "too_short"), N_("Fill in this field.")),
    **dict.fromkeys(("string_too_long", "too_long"), N_("This is too long. Shorten it.")),
    **dict.fromkeys(("int_parsing", "int_type", "int_from_float"), N_("Write a whole number.")),
    **dict.fromkeys(("less_than", "less_than_equal"), N_("This number is too large.")),
    **dict.fromkeys(("greater_than", "greater_than_equal"), N_("This number is too small.")),
    **dict.fromkeys(("date_parsing", "date_from_datetime_parsing"), N_("Choose a date.")),
    "money": N_("Write a sum in euros, for example 1 260,50."),
}
"""Message ids for Pydantic's refusals, by their type."""


class View(BaseModel):
    """Something shown. Texts are ready for showing, in the viewer's language; money is text."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Form(BaseModel):
    """Something a person fills in; ``read`` is the only way from the outside."""

    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True)

    @classmethod
    def read(cls, raw: object) -> Self:
        """Validate what a browser sent; raises ``Invalid`` naming the fields, never a stack trace."""
        try:
            return cls.model_validate(raw)
        except ValidationError as error:
            fields = {str(problem["loc"][0]): _words(problem["type"]) for problem in error.errors() if problem["loc"]}
            raise Invalid(fields) from error


def asked_in(address: str) -> dict[str, str]:
    """Return what an address asks for, by name; a broken address asks for nothing."""
    try:
        return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    except ValueError:
        return {}


def _words(kind: str) -> str:
    """Return the message id for a kind of Pydantic's refusals."""
    return _WORDS.get(kind, N_("This can't be read. Check what you typed."))
