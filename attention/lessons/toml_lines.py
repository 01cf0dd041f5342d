"""On which line of a TOML file each field stands: the standard library's reader does not tell."""

from __future__ import annotations

import tomllib

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from attention.texts import Place

TOML = Language(tree_sitter_toml.language())
Lines = dict[Place, int]


def lines_of(text: str) -> Lines:
    r"""The line of each table, field and item, counted from 1, of a text that `tomllib` can read.

    >>> lines_of("level = 1\n[scene]\nx = [[1],\n     [2]]")[("scene", "x", 1)]
    4
    """
    lines: Lines = {}
    root = Parser(TOML).parse(text.encode("utf-8", "replace")).root_node
    if root.has_error:  # the two readers do not agree: better no line than a wrong one
        return lines
    last: dict[Place, int] = {}  # of the tables in each [[array]]
    for node in _children(root):
        if node.type == "pair":
            _field(node, (), lines)
        elif node.type in ("table", "table_array_element"):
            header, *fields = _children(node)
            table: Place = ()
            for name in _names(header):
                # [fruit.taste] after [[fruit]] stands in the last fruit.
                table = (*table, *([last[table]] if table in last else []), name)
                lines.setdefault(table, _line(node))
            if node.type == "table_array_element":
                last[table] = last.get(table, -1) + 1
                table = (*table, last[table])
                lines[table] = _line(node)
            for field in fields:
                _field(field, table, lines)
    return lines


def _field(pair: Node, table: Place, lines: Lines) -> None:
    key, value = _children(pair)
    for name in _names(key):
        table = (*table, name)
        lines.setdefault(table, _line(pair))
    _value(value, table, lines)


def _value(node: Node, place: Place, lines: Lines) -> None:
    if node.type == "inline_table":
        for pair in _children(node):
            _field(pair, place, lines)
    elif node.type == "array":
        for number, item in enumerate(_children(node)):
            lines[(*place, number)] = _line(item)
            _value(item, (*place, number), lines)


def _names(key: Node) -> list[str]:
    """The parts of a key, without dots and quotes."""
    if key.type == "dotted_key":
        return [name for part in _children(key) for name in _names(part)]
    text = (key.text or b"").decode()
    return [tomllib.loads(f"name = {text}")["name"] if key.type == "quoted_key" else text]


def _children(node: Node) -> list[Node]:
    return [child for child in node.named_children if child.type != "comment"]


def _line(node: Node) -> int:
    return node.start_point.row + 1
