"""The code as the architecture tests read it: parsed, never run."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOUSE = ("mps_app", "tasks")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def files(*folders: str) -> list[Path]:
    """Return our Python files in these folders."""
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))


@cache
def tree(file: Path) -> ast.Module:
    """Return a file, parsed."""
    return ast.parse(file.read_text(), str(file))


def name(file: Path) -> str:
    """Return how a file is called in a message."""
    return str(file.relative_to(ROOT))


def functions(file: Path) -> Iterator[Function]:
    """Return every function of a file, inner ones too."""
    return (node for node in ast.walk(tree(file)) if isinstance(node, Function))


def calls(file: Path) -> Iterator[ast.Call]:
    """Return every call of a file."""
    return (node for node in ast.walk(tree(file)) if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    """Return the dotted name of what is called, as it is written."""
    return ast.unparse(call.func)
