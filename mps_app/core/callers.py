"""Who may call an event handler of the screen floor; without a name nobody may (default deny)."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from mps_app.core.actor import Role
from mps_app.core.ids import id_of

ANYONE = "anyone"
SIGNED_IN = "signed_in"
_CALLERS, _KEEPS, _AGAIN = "_mps_callers", "_mps_keeps", "_mps_again"

F = TypeVar("F", bound=Callable[..., Any])


def allow(*callers: Role | str, keeps: str = "", again: str = "") -> Callable[[F], F]:
    """Name who may call an event handler: ``ANYONE``, ``SIGNED_IN`` or roles. Stands below ``@rx.event``.

    ``keeps`` names the form whose input is kept for the person when the session has ended meanwhile;
    ``PageState._draft`` takes it up again. Where several pages have the same form, ``{page}`` in its name
    stands for the id with which the page's address ends. ``again`` is for visitors, for whom nothing can be kept:
    a parameter of the address that leads back, of the ids alone that the event named (``open={course_id}``).
    """

    def mark(handler: F) -> F:
        setattr(handler, _CALLERS, frozenset(callers))
        setattr(handler, _KEEPS, keeps)
        setattr(handler, _AGAIN, again)
        return handler

    return mark


def callers_of(handler: Callable[..., Any]) -> frozenset[Role | str]:
    """Return who may call a handler; nobody when it names nobody."""
    named: frozenset[Role | str] = getattr(handler, _CALLERS, frozenset())
    return named


def kept_form(handler: Callable[..., Any]) -> str:
    """Return the form whose input is kept when a handler is refused for an ended session."""
    form: str = getattr(handler, _KEEPS, "")
    return form


def again_parameter(handler: Callable[..., Any], arguments: Mapping[str, object]) -> str:
    """Return the parameter that carries a refused event through the sign-in; empty when it need not be repeated."""
    wanted: str = getattr(handler, _AGAIN, "")
    return wanted.format_map(defaultdict(int, {name: id_of(value) for name, value in arguments.items()}))
