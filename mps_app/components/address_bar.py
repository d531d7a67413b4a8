"""Keeps the address bar in step with what is shown: by a visit that *back* undoes, or quietly while one types."""

from typing import Any

import reflex as rx


class AddressBar(rx.Component):
    """Leads to ``address`` whenever it changes to another than nothing; draws nothing itself."""

    tag = "Fragment"
    library = "react"
    address: rx.Var[str]
    visits: rx.Var[bool]

    def _exclude_props(self) -> list[str]:
        return ["address", "visits"]

    def add_imports(self) -> dict[str, Any]:  # Any: Reflex's import names
        """Name what the hook needs."""
        return {"react": ["useEffect", "useRef"], "react-router": ["useNavigate"]}

    def add_hooks(self) -> list[str | rx.Var[Any]]:  # Any: a piece of script
        """Visit the address, or replace it in the history entry that stands, keeping React Router's notes there."""
        address, visits = str(self.address), str(self.visits)
        told = self.address._get_all_var_data()  # noqa: SLF001  # which state the script reads
        return [
            rx.Var("const visitAddress = useNavigate()"),
            rx.Var(f"const drawnAddress = useRef({address})", _var_data=told),
            rx.Var(
                "useEffect(() => { if (drawnAddress.current !== "
                f"{address}) {{ drawnAddress.current = {address}; "
                f"if ({address} && {visits}) visitAddress({address}); "
                f"else if ({address}) window.history.replaceState(window.history.state, '', {address}); }} }}, "
                f"[{address}])"
            ),
        ]


def address_bar(address: rx.Var[str], *, visits: rx.Var[bool] | bool = False) -> rx.Component:
    """Return the invisible keeper of the address bar."""
    return AddressBar.create(address=address, visits=visits)
