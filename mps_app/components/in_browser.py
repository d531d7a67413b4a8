"""What the browser does by itself, as expressions that Reflex compiles into the page.

They are no scripts sent later, so the content policy needs no ``eval``.
"""

from typing import Any

import reflex as rx
from reflex.event import no_args_event_spec
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


class _Timer(rx.el.Span):
    """A span that tells when its animation is over: a clock that needs no script."""

    on_animation_end: rx.EventHandler[no_args_event_spec]


def timer(seconds: rx.Var[int], on_end: rx.event.EventType[()]) -> rx.Component:
    """Return a clock that nobody sees, and that calls ``on_end`` once when the seconds are over."""
    return _Timer.create(
        class_name="timer",
        aria_hidden="true",
        custom_attrs={"style": rx.Var.create({"--wait": seconds.to_string() + "s"})},
        on_animation_end=on_end,
        key=seconds.to_string(),
    )


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
