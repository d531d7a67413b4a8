"""Refusals as facts: each carries a stable code and the words that say what to do.

The front doors render them (toast, HTTP status, log line); nothing in between catches them.
"""

from typing import ClassVar

from mps_app.text import N_

Fact = str | int


class DomainError(Exception):
    """Something the rules do not allow; ``message`` is a message id of the catalogues."""

    code: ClassVar[str] = "refused"
    message: ClassVar[str] = N_("This can't be done now. Reload the page and try again.")
    status: ClassVar[int] = 409

    def __init__(self, **facts: Fact) -> None:
        super().__init__(self.code)
        self.facts = facts


UNEXPECTED = N_("Something went wrong on our side. Nothing was lost. Try again, and tell the school if it repeats.")
"""What people are told of anything that is no ``DomainError``."""


class NotAllowed(DomainError):
    """The actor may not do this; says nothing about whether the thing exists."""

    code = "not_allowed"
    message = N_("You don't have the right to do this. If you need it, ask the school.")
    status = 403


class SignInNeeded(NotAllowed):
    """Only a signed-in person can do this, or the session has ended."""

    code = "sign_in_needed"
    message = N_("Your session has ended. Sign in again, and you can go on where you were.")
    status = 401


class NotFound(DomainError):
    """No such thing, or none that the actor may know of."""

    code = "not_found"
    message = N_("This could not be found. It may have been removed.")
    status = 404


class NotForYou(DomainError):
    """A page was opened that its reader may not see, or that is of nothing: its own words stand in its place."""

    code = "not_for_you"
    message = NotFound.message
    status = 404


class TryAgain(DomainError):
    """A lock was not had in time; nothing was changed."""

    code = "try_again"
    message = N_("Many people are doing this right now. Nothing was lost, try again in a moment.")
    status = 503


class TooMany(DomainError):
    """A rate or size limit was met."""

    code = "too_many"
    message = N_("Too many attempts. Wait a moment and try again.")
    status = 429


class Invalid(DomainError):
    """Input that can't be used: one message id per field, shown beside the field."""

    code = "invalid"
    message = N_("Check the marked fields.")
    status = 422

    def __init__(self, fields: dict[str, str] | None = None, **facts: Fact) -> None:
        super().__init__(**facts)
        self.fields = fields or {}
