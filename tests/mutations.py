"""Every small mistake that could stand in a module: one operator, number, word or line changed.

Tools for this write each mutant to disk and start the tests anew, a second or two for each of
eight hundred. Here a mutant is a code object, and `killing.py` tries it in this process.
"""

from __future__ import annotations

import ast
import copy
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType

SUMS = (ast.Add, ast.Sub, ast.Mult, ast.Div)
BITS = (ast.BitAnd, ast.BitOr, ast.BitXor)
ORDERS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)
OPPOSITES = [(ast.Is, ast.IsNot), (ast.In, ast.NotIn)]
# One could be written for the other.
WORDS = [
    ("all", "any"),
    ("max", "min"),
    ("exp", "expm1"),
    ("tanh", "sin"),
    ("sqrt", "square"),
    ("cumsum", "cumprod"),
    ("multiply", "divide"),
    ("ones", "zeros"),
    ("float32", "float64"),
    ("isfinite", "isnan"),
    ("isfinite", "isinf"),
]


@dataclass(frozen=True)
class Mutant:
    """One mistake.

    Attributes:
        line: where it stands.
        name: in which function, the statement as it is, and as it would be.
        code: the module with it, compiled.
    """

    line: int
    name: str
    code: CodeType


def mutants(source: str, file: str) -> Iterator[Mutant]:
    """Each different mutant of a module once, in the order of its lines."""
    tree, seen = ast.parse(source), set()
    for scope, statement, places in _statements(tree):
        before = _head(statement)
        for node, field, index in places:
            old = _get(node, field, index)
            for new in _changes(old):
                _put(node, field, index, new)
                name = f"{scope}: {before} → {_head(statement)}"
                if name not in seen and _head(statement) != before:
                    seen.add(name)
                    yield Mutant(statement.lineno, name, _compiled(tree, file))
                _put(node, field, index, old)
    for scope, body, index in _lines(tree):
        line = body[index]
        for new in _without(line):
            body[index : index + 1] = new
            name = f"{scope}: {_head(line)} → {'; '.join(map(_head, new))}"
            if name not in seen:
                seen.add(name)
                yield Mutant(line.lineno, name, _compiled(tree, file))
            body[index : index + len(new)] = [line]


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in the place of an expression or an operator."""
    match node:
        case ast.Add() | ast.Sub() | ast.Mult() | ast.Div():
            yield from (kind() for kind in SUMS if not isinstance(node, kind))
        case ast.BitAnd() | ast.BitOr() | ast.BitXor():
            yield from (kind() for kind in BITS if not isinstance(node, kind))
        case ast.Lt() | ast.LtE() | ast.Gt() | ast.GtE() | ast.Eq() | ast.NotEq():
            yield from (kind() for kind in ORDERS if not isinstance(node, kind))
        case ast.Is() | ast.IsNot() | ast.In() | ast.NotIn():
            for one, other in OPPOSITES:
                if isinstance(node, one | other):
                    yield other() if isinstance(node, one) else one()
        case ast.And() | ast.Or():
            yield ast.Or() if isinstance(node, ast.And) else ast.And()
        case ast.BoolOp(values=values):
            yield from values
        case ast.BinOp(left=left, right=right):
            yield from (left, right)
        case ast.UnaryOp(operand=operand):
            yield operand
        case ast.IfExp(body=body, orelse=other):
            yield from (body, other)
        case ast.Compare() | ast.Call() | ast.Attribute() | ast.Name() | ast.Constant():
            yield from _simple_changes(node)
        case ast.Tuple(elts=elements) | ast.Set(elts=elements):
            for i in range(len(elements)):
                yield _with(node, elts=elements[:i] + elements[i + 1 :])
        case ast.Dict(keys=keys, values=values):
            for i in range(len(keys)):
                rest = {"keys": keys[:i] + keys[i + 1 :], "values": values[:i] + values[i + 1 :]}
                yield _with(node, **rest)
        case ast.Slice(lower=lower, upper=upper):
            yield from (_with(node, lower=None) for _ in [lower] if lower)
            yield from (_with(node, upper=None) for _ in [upper] if upper)
        case ast.Lambda():
            yield _with(node, body=ast.Constant(None))


def _simple_changes(node: ast.AST) -> Iterator[ast.AST]:
    """The same for what has a truth, a name or a value of its own."""
    match node:
        case ast.Compare():
            yield from (ast.Constant(True), ast.Constant(False))
        case ast.Call(func=func, args=args, keywords=keywords):
            # Messages in the place of numbers would only be errors of every kind.
            texts = [isinstance(one, ast.Starred) or _is_text(one) for one in args]
            yield from (one for one, text in zip(args, texts, strict=True) if not text)
            if isinstance(func, ast.Attribute):  # x.f(y) → x
                yield func.value
            for i in range(len(args) - 1):
                if not texts[i] and not texts[i + 1]:
                    yield _with(node, args=[*args[:i], args[i + 1], args[i], *args[i + 2 :]])
            if args:
                yield _with(node, args=args[:-1])
            for i in range(len(keywords)):
                yield _with(node, keywords=keywords[:i] + keywords[i + 1 :])
        case ast.Attribute(attr=word) | ast.Name(id=word):
            name = "attr" if isinstance(node, ast.Attribute) else "id"
            for pair in WORDS:
                if word in pair:
                    yield _with(node, **{name: pair[1 - pair.index(word)]})
        case ast.Constant(value=None):
            yield ast.Constant(0)
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() | float() as value):
            yield from (ast.Constant(one) for one in (value + 1, value - 1, -value))
        case ast.Constant(value=str() as value):
            yield ast.Constant(f"{value}~")
        case ast.Constant(value=value) if value is ...:
            yield ast.Slice()


def _is_text(node: ast.AST) -> bool:
    constant = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return constant or isinstance(node, ast.JoinedStr)


def _without(line: ast.stmt) -> Iterator[list[ast.stmt]]:
    """What may stand in the place of a whole statement."""
    match line:
        case ast.If(body=body, orelse=other):
            yield from (body, other or [ast.Pass()])
        case ast.With(body=body) | ast.Try(body=body):
            yield body
        case ast.Return():
            yield [ast.Return(ast.Constant(None))]
        case ast.Assign() | ast.AnnAssign() | ast.AugAssign() | ast.Raise() | ast.Expr():
            yield [ast.Pass()]
        case ast.ClassDef() | ast.FunctionDef() if line.decorator_list:
            yield [_with(line, decorator_list=[])]


def _statements(tree: ast.Module) -> Iterator[tuple[str, ast.stmt, list]]:
    """Each statement, the function in which it stands, and all places in it but for other ones."""
    for scope, body, index in _lines(tree):
        statement = body[index]
        yield scope, statement, list(_places(statement))


def _lines(tree: ast.Module) -> Iterator[tuple[str, list[ast.stmt], int]]:
    """Where each statement stands; imports, docstrings and names of types are no computation."""

    def walk(scope: str, body: list[ast.stmt]) -> Iterator[tuple[str, list[ast.stmt], int]]:
        for index, line in enumerate(body):
            docstring = isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)
            if docstring or isinstance(line, ast.Import | ast.ImportFrom) or _names_type(line):
                continue
            yield scope, body, index
            inner = line.name if isinstance(line, ast.FunctionDef | ast.ClassDef) else scope
            for field in ("body", "orelse", "finalbody"):
                yield from walk(inner, getattr(line, field, []))
            for handler in getattr(line, "handlers", []):
                yield from walk(inner, handler.body)

    yield from walk("module", tree.body)


def _names_type(line: ast.stmt) -> bool:
    """`Name = Callable[…]`, or `name: type` without a value."""
    alias = isinstance(line, ast.Assign) and ast.unparse(line.value).startswith("Callable[")
    return alias or (isinstance(line, ast.AnnAssign) and line.value is None)


def _places(node: ast.AST) -> Iterator[tuple[ast.AST, str, int | None]]:
    """(parent, field, index) of all expressions and operators in a statement, types aside."""
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "body", "handlers", "finalbody") and isinstance(
            node, ast.stmt | ast.arg
        ):
            continue
        if field == "orelse" and isinstance(node, ast.stmt):
            continue
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(child, ast.AST) or isinstance(child, ast.expr_context):
                continue
            yield node, field, index
            yield from _places(child)


def _head(line: ast.stmt) -> str:
    """A statement as it is written, without the statements in it."""
    bare = copy.copy(line)
    for field in ("body", "orelse", "finalbody", "handlers"):
        if isinstance(getattr(bare, field, None), list):
            setattr(bare, field, [])
    return ast.unparse(bare).strip()


def _compiled(tree: ast.Module, file: str) -> CodeType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # `0 is None`, such is a mutant
        return compile(ast.fix_missing_locations(tree), file, "exec")


def _with(node: ast.AST, **fields: object) -> ast.AST:
    """The same node with other fields."""
    new = copy.copy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


def _get(node: ast.AST, field: str, index: int | None) -> ast.AST:
    value = getattr(node, field)
    return value if index is None else value[index]


def _put(node: ast.AST, field: str, index: int | None, new: ast.AST) -> None:
    if index is None:
        setattr(node, field, new)
    else:
        getattr(node, field)[index] = new
