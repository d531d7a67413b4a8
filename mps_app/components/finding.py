"""What every long list has: a field that searches as one types, and the way through its pages."""

from typing import Any

import reflex as rx
from reflex_base.vars import VarData

from mps_app.components.basic import icon, icon_button
from mps_app.components.words import t

_TYPING_PAUSE_MILLISECONDS = 200


class SearchWords(rx.Component):
    """Puts ``query`` into a search field whenever ``drawn`` changes, but never over what is being typed meanwhile.

    What was typed before the page came to life is searched for as if it were typed then. Draws nothing itself.
    """

    tag = "Fragment"
    library = "react"
    identity: rx.Var[str]
    query: rx.Var[str]
    drawn: rx.Var[int]

    def _exclude_props(self) -> list[str]:
        return ["identity", "query", "drawn"]

    def add_imports(self) -> dict[str, Any]:  # Any: Reflex's import names
        """Name what the hook needs."""
        return {"react": ["useEffect", "useRef"]}

    def add_hooks(self) -> list[str | rx.Var[Any]]:  # Any: a piece of script
        """Compare with the words that came last, as the server reads them; React hears only what it did not set."""
        query, drawn = str(self.query), str(self.drawn)
        told = VarData.merge(self.query._get_all_var_data(), self.drawn._get_all_var_data())  # noqa: SLF001
        return [
            rx.Var("const searchWords = useRef(null)", _var_data=told),
            rx.Var(f"""useEffect(() => {{
                const field = document.getElementById({self.identity}), last = searchWords.current;
                const read = (words) => words.replace(/\\p{{C}}|(?! )\\p{{Z}}/gu, '').replace(/ +/g, ' ').trim();
                if (!field) return;
                searchWords.current = {{ query: {query}, drawn: {drawn} }};
                if (last === null && field.value !== {query}) {{
                    field._valueTracker?.setValue({query});
                    field.dispatchEvent(new Event('input', {{ bubbles: true }}));
                }} else if (last !== null && last.drawn !== {drawn} && read(field.value) === read(last.query))
                    field.value = {query};
            }}, [{query}, {drawn}])"""),
        ]


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
        SearchWords.create(identity=identity, query=query, drawn=drawn),
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
