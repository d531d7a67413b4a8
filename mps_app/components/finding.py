"""What every long list has: a field that searches as one types, and the way through its pages."""

from typing import Any

import reflex as rx

from mps_app.components.basic import icon, icon_button
from mps_app.components.words import t

_TYPING_PAUSE_MILLISECONDS = 200


def search_field(  # noqa: PLR0913  # all sides of one field
    query: rx.Var[str],
    on_search: rx.EventHandler,
    *,
    drawn: rx.Var[int] | int = 0,
    placeholder: rx.Var[str],
    label: rx.Var[str],
    identity: str = "search",
    on_clear: rx.EventHandler | None = None,
    look: str = "",
) -> rx.Component:
    """Return a field that asks while one types; ``drawn`` counts the times when its words came from elsewhere.

    With ``on_clear`` it is a page's own large field, with a button that empties it; without, a small one in a bar.
    """
    field = rx.el.input(
        id=identity,
        type="search",
        default_value=query,
        key=rx.Var.create(identity) + rx.Var.create(drawn).to_string(),
        on_change=on_search.debounce(_TYPING_PAUSE_MILLISECONDS),
        placeholder=placeholder,
        aria_label=label,
        auto_complete="off",
        enter_key_hint="search",
        max_length=100,
        class_name="control" if on_clear else "control small",
    )
    clear = icon_button("x", t("Clear the search"), on_click=on_clear, size="2") if on_clear else None
    return rx.el.div(
        icon("search", 20 if on_clear else 16),
        field,
        *([rx.cond(query != "", clear)] if clear else []),
        class_name=f"find {look}".strip(),
        role="search",
    )


def page_steps(page: rx.Var[int], page_count: rx.Var[int], on_turn: Any) -> tuple[rx.Component, rx.Component]:
    """Return the buttons to the page before and the page after; ``on_turn`` (an event handler) hears -1 or 1."""

    def step(name: str, label: rx.Var[str], by: int, *, is_off: rx.Var[bool]) -> rx.Component:
        return icon_button(name, label, on_click=on_turn(by), disabled=is_off, size="2", margin="0")

    return (
        step("chevron-left", t("Previous page"), -1, is_off=page <= 1),
        step("chevron-right", t("Next page"), 1, is_off=page >= page_count),
    )
