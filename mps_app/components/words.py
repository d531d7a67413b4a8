"""Words in both languages, compiled into the page; the browser shows the reader's."""

import re
from typing import Any

import reflex as rx

from mps_app.adapters.connection import current_connection
from mps_app.core.actor import Language
from mps_app.core.callers import ANYONE, allow
from mps_app.text import say


class Words(rx.State):
    """Which language the reader chose; a cookie carries the choice."""

    english: bool = False

    @rx.event
    @allow(ANYONE)
    def load(self) -> None:
        """Read the choice from the connection."""
        self.english = current_connection().language is Language.EN


class PageLanguage(rx.Component):
    """Names the language of the page to who reads it aloud (WCAG 3.1.1); draws nothing itself."""

    tag = "Fragment"
    library = "react"

    def add_imports(self) -> dict[str, Any]:  # Any: Reflex's import names
        """Name what the hook needs."""
        return {"react": ["useEffect"]}

    def add_hooks(self) -> list[str | rx.Var[Any]]:  # Any: a piece of script
        """Follow the reader's choice."""
        english = Words.english
        script = f"useEffect(() => {{ document.documentElement.lang = {english} ? 'en' : 'lv'; }}, [{english}])"
        return [rx.Var(script, _var_data=english._get_all_var_data())]  # noqa: SLF001  # which state it reads


def t(message: str, **facts: rx.Var[str] | str) -> rx.Var[str]:
    """Say a message of the catalogues in the reader's language; facts fill its ``{names}``, also vars."""
    return rx.cond(Words.english, _filled(say("en", message), facts), _filled(say("lv", message), facts))


def _filled(said: str, facts: dict[str, rx.Var[str] | str]) -> rx.Var[str] | str:
    """Put facts into a message; a var stays a var."""
    pieces = re.split(r"\{(\w+)\}", said)
    whole: rx.Var[str] | str = pieces[0]
    for name, after in zip(pieces[1::2], pieces[2::2], strict=True):
        whole = whole + facts[name] + after
    return whole
