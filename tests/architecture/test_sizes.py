"""Small files, short functions, flat bodies: what a person can hold in mind."""

import ast

import pytest

from tests.architecture.sources import HOUSE, Function, files, functions, name

LONGEST_FILE = 300
LONGEST_FUNCTION = 39
DEEPEST = 2
OPENS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.Match)  # a `with` frames, it does not branch


def test_no_file_is_longer_than_300_lines() -> None:
    long = {name(file): n for file in files(*HOUSE, "tests", "bench") if (n := _lines(file.read_text())) > LONGEST_FILE}
    assert not long, long


def test_no_function_is_longer_than_39_lines() -> None:
    long = {
        f"{name(file)}:{function.lineno} {function.name}": n
        for file in files(*HOUSE)
        for function in functions(file)
        if (n := _length(function)) > LONGEST_FUNCTION
    }
    assert not long, long


def test_no_function_nests_deeper_than_two() -> None:
    deep = {
        f"{name(file)}:{function.lineno} {function.name}": n
        for file in files(*HOUSE)
        for function in functions(file)
        if (n := _depth(function)) > DEEPEST
    }
    assert not deep, deep


@pytest.mark.parametrize(("body", "depth"), [("if a:\n  for b in c:\n   pass", 2), ("if a: pass\nelif b: pass", 1)])
def test_depth_counts_blocks_within_blocks(body: str, depth: int) -> None:
    function = ast.parse("def f():\n" + "\n".join(f" {line}" for line in body.split("\n"))).body[0]
    assert isinstance(function, Function)
    assert _depth(function) == depth


def _lines(text: str) -> int:
    return text.count("\n")


def _length(function: Function) -> int:
    """Count the lines of a function; what its docstring explains is no burden."""
    first = function.body[0]
    explained = (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(function) else 0
    return (function.end_lineno or 0) - function.lineno + 1 - explained


def _depth(node: ast.AST) -> int:
    """Count blocks within blocks; ``elif`` is no deeper than its ``if``, an inner function counts for itself."""
    deepest = 0
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function | ast.ClassDef | ast.Lambda):
            continue
        is_elif = isinstance(node, ast.If) and isinstance(child, ast.If) and child in node.orelse
        own = 1 if isinstance(child, OPENS) and not is_elif else 0
        deepest = max(deepest, own + _depth(child))
    return deepest
