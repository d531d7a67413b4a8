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
