"""What goes up to a browser: views and plain values, by handlers that are marked, on pages of the site map."""

import ast
import typing
from collections.abc import Iterator
from typing import Any

import pytest
import reflex as rx
from pydantic import BaseModel
from reflex_base.vars.object import ObjectVar

from mps_app.mps_app import app
from mps_app.pages.site_map import NOT_FOUND, PAGES
from mps_app.state.guard import unmarked_handlers
from mps_app.views.base import View
from tests.architecture.sources import Function, files, name, tree

PLAIN = {str, int, bool, float, type(None)}


def our_states() -> list[type[rx.State]]:
    return sorted(_descendants(rx.State), key=lambda state: state.get_full_name())


def _descendants(state: type[rx.State]) -> Iterator[type[rx.State]]:
    for child in state.get_substates():
        if child.__module__.startswith("mps_app."):
            yield child
        yield from _descendants(child)


def views(base: type[View] = View) -> Iterator[type[View]]:
    for view in base.__subclasses__():
        yield view
        yield from views(view)


@pytest.mark.parametrize("state", our_states(), ids=lambda state: state.__name__)
def test_only_views_and_plain_values_are_vars(state: type[rx.State]) -> None:
    foreign = {
        var_name: str(var._var_type)
        for var_name, var in {**state.base_vars, **state.computed_vars}.items()
        if not _is_showable(var._var_type)
    }
    assert not foreign, f"{state.__name__}: {foreign}"


def test_every_public_method_of_a_state_is_marked_as_event_or_var_above_all_else() -> None:
    bare = [
        f"{name(file)}:{method.lineno} {state.name}.{method.name}"
        for file in files("mps_app/state", "mps_app/components")
        for state in ast.walk(tree(file))
        if isinstance(state, ast.ClassDef) and any("State" in ast.unparse(base) for base in state.bases)
        for method in state.body
        if isinstance(method, Function) and not method.name.startswith("_") and not _is_marked(method)
    ]
    assert not bare, f"helpers of states begin with an underscore: {bare}"


def test_every_handler_names_who_may_call_it() -> None:
    assert unmarked_handlers() == []


def test_no_field_of_a_view_hides_a_method_of_the_var_that_carries_it() -> None:
    taken = set(dir(ObjectVar))
    clashes = {
        f"{view.__module__}.{view.__name__}": clash
        for view in views()
        if (clash := sorted(set(view.model_fields) & taken))
    }
    assert not clashes, clashes


def test_views_are_frozen_and_refuse_what_they_do_not_know() -> None:
    loose = [
        view.__name__
        for view in views()
        if not view.model_config.get("frozen") or view.model_config.get("extra") != "forbid"
    ]
    assert not loose, loose


def test_every_page_stands_in_the_site_map() -> None:
    mapped = {page.route.strip("/") or "index" for page in (*PAGES, NOT_FOUND)}
    hung = {route.strip("/") or "index" for route in app._unevaluated_pages}
    assert hung == mapped


@pytest.mark.parametrize("page", [*PAGES, NOT_FOUND], ids=lambda page: page.route)
def test_every_page_renders_and_bears_a_title(page: Any) -> None:
    assert page.tab_title()._js_expr
    assert page.guarded()().render()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.route)
def test_a_page_loads_no_other_pages_parts(page: Any) -> None:
    """Reflex gathers the parts of all pages drawn by functions of one module in one file."""
    assert page.guarded().__module__ == page.body.__module__


def _is_showable(kind: object) -> bool:
    inner = [argument for argument in typing.get_args(kind) if argument is not Ellipsis]
    if typing.get_origin(kind) is typing.Literal:
        return True
    if inner:
        return all(map(_is_showable, inner))
    if not isinstance(kind, type):
        return False
    return kind in PLAIN or issubclass(kind, View) or (not issubclass(kind, BaseModel) and issubclass(kind, str))


def _is_marked(method: Function) -> bool:
    return bool(method.decorator_list) and ast.unparse(method.decorator_list[0]).startswith(("rx.event", "rx.var"))


def test_every_dialog_returns_the_focus_to_what_opened_it() -> None:
    """The server opens them: the library knows no trigger (17.3)."""
    bare = [
        f"{name(file)}:{call.lineno}"
        for file in files("mps_app/pages", "mps_app/components")
        for call in ast.walk(tree(file))
        if isinstance(call, ast.Call)
        and ast.unparse(call.func) in {"rx.dialog.content", "rx.alert_dialog.content"}
        and "RETURNS_FOCUS" not in [ast.unparse(word.value) for word in call.keywords if word.arg == "custom_attrs"]
    ]
    assert not bare, bare
