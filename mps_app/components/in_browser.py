"""What the browser does by itself, as expressions that Reflex compiles into the page.

They are no scripts sent later, so the content policy needs no ``eval``.
"""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar
from reflex.vars.function import FunctionStringVar, FunctionVar


def inline(**values: rx.Var[Any] | float) -> dict[str, rx.Var[Any]]:
    """Return numbers for the style sheet as inline custom properties.

    ``style=`` would make a new class for every value, and lose against the selectors of tokens.css.
    """
    # One var, not a dict of vars: custom_attrs does not look for state inside a plain dict.
    return {"style": rx.Var.create({f"--{name}": value for name, value in values.items()})}


def call(target: rx.Var[Any], name: str, *arguments: Any) -> rx.Var[Any]:
    """Call a method of something in the browser."""
    return target.to(ObjectVar)[name].to(FunctionVar).call(*arguments)


def element(element_id: rx.Var[str] | str) -> rx.Var[Any]:
    """Find an element by its id."""
    return FunctionStringVar.create("document.getElementById").call(element_id)


RETURNS_FOCUS: dict[str, rx.Var[Any]] = {
    "onOpenAutoFocus": FunctionStringVar.create("((e) => { e.currentTarget.opener = document.activeElement; })"),
    "onCloseAutoFocus": FunctionStringVar.create(
        "((e) => { e.preventDefault(); const back = e.currentTarget.opener, at = document.activeElement; "
        "const to = back?.isConnected ? back : at === document.body ? document.getElementById('saturs') : null; "
        "to?.focus({ preventScroll: true }); })"
    ),
}
"""What every dialog's content carries as ``custom_attrs``: the focus goes back to what opened it (17.3).

A dialog that the server opens has no trigger to which the library would return it. When what opened it is gone,
the page's own part gets the focus.
"""
