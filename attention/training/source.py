"""The source of a task's models, read without importing them, for they import Keras."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

GAP = "\n\n\n"  # between two functions
# Where layers of attention are imported from, and which; None: every one.
ATTENTION = {"attention.layers": None, "keras.layers": {"MultiHeadAttention"}}


@cache
def functions(file: Path, names: tuple[str, ...], helpers: tuple[str, ...] = ()) -> dict[str, str]:
    """The source of functions of a file, each with those of the helpers below it that it calls."""
    text = file.read_text("utf-8")
    found = _functions(ast.parse(text))
    return {
        name: GAP.join(
            ast.get_source_segment(text, one) or "" for one in _shown(found, name, helpers)
        )
        for name in names
    }


@cache
def attention_lines(
    file: Path, names: tuple[str, ...], helpers: tuple[str, ...] = ()
) -> dict[str, list[int]]:
    """Which lines of that source build or call a layer of attention, from 0."""
    tree = ast.parse(file.read_text("utf-8"))
    layers = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module in ATTENTION
        for alias in node.names
        if alias.name in (ATTENTION[node.module] or {alias.name})
    }
    found = _functions(tree)
    lines: dict[str, list[int]] = {name: [] for name in names}
    for name in names:
        begin = 0
        for one in _shown(found, name, helpers):
            lines[name] += [begin + line for line in _lines_with(one, layers)]
            begin += (one.end_lineno or one.lineno) - one.lineno + len(GAP)
    return lines


def _functions(tree: ast.Module) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def _shown(
    found: dict[str, ast.FunctionDef], name: str, helpers: tuple[str, ...]
) -> list[ast.FunctionDef]:
    called = _called_in(found[name])
    return [found[name], *(found[helper] for helper in helpers if helper in called)]


def _called_in(node: ast.AST) -> set[str]:
    """The names that are called in it."""
    calls = (one for one in ast.walk(node) if isinstance(one, ast.Call))
    return {call.func.id for call in calls if isinstance(call.func, ast.Name)}


def _lines_with(function: ast.FunctionDef, layers: set[str]) -> list[int]:
    """The lines of the statements that call one of these, or what one of these was kept in."""
    called = set(layers)
    lines: list[int] = []
    for statement in function.body:
        if not called & _called_in(statement):
            continue
        end = statement.end_lineno or statement.lineno
        lines += range(statement.lineno - function.lineno, end - function.lineno + 1)
        if isinstance(statement, ast.Assign):
            value = statement.value
            is_layer = isinstance(value, ast.Call) and isinstance(value.func, ast.Name)
            kept = [one.id for one in statement.targets if isinstance(one, ast.Name)]
            called.update(kept if is_layer else [])
    return lines
