"""Keeps the address bar in step with what is shown, without a visit: while one types, nothing is loaded twice."""

from typing import Any

import reflex as rx


class AddressBar(rx.Component):
    """Shows ``address`` in the bar whenever it changes to another than nothing; draws nothing itself."""

    tag = "Fragment"
    library = "react"
    address: rx.Var[str]

    def _exclude_props(self) -> list[str]:
        return ["address"]

    def add_imports(self) -> dict[str, Any]:  # Any: Reflex's import names
        """Name what the hook needs."""
        return {"react": ["useEffect", "useRef"]}

    def add_hooks(self) -> list[str | rx.Var[Any]]:  # Any: a piece of script
        """Replace the address in the history entry that stands; React Router's own notes in it are kept."""
        address = str(self.address)
        return [
            rx.Var(f"const drawnAddress = useRef({address})", _var_data=self.address._get_all_var_data()),  # noqa: SLF001
            rx.Var(
                "useEffect(() => { if (drawnAddress.current !== "
                f"{address}) {{ drawnAddress.current = {address}; "
                f"if ({address}) window.history.replaceState(window.history.state, '', {address}); }} }}, [{address}])"
            ),
        ]


def address_bar(address: rx.Var[str]) -> rx.Component:
    """Return the invisible keeper of the address bar."""
    return AddressBar.create(address=address)
