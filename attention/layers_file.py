"""All Keras layers as one module that needs nothing of this project, to be put beside a program.

It is the package's own source, joined: the modules of `attention.layers` that its `__init__` leads
to, each after those it imports, and before them what they take from elsewhere in the project.
Nothing is executed for it, so no Keras is loaded.
"""

from __future__ import annotations

import ast
import sys
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = "attention.layers"
NAME = "attention_layers.py"
WIDTH = 100
HEAD = '''
"""Attention layers for Keras 3 in one file. It needs Keras alone, on any of its backends.

{names}

Install Keras, with which NumPy comes, and a backend (`pip install keras tensorflow`; or `jax`, or
`torch`), put this file beside your program, and write there:

    import keras
    from attention_layers import Attention

    model = keras.Sequential([keras.Input((40, 16)), Attention(40), keras.layers.Dense(1)])
    weights = model.layers[0].attention_in(model).predict(keras.random.normal((2, 40, 16)))

`help(Attention)` says what the layer computes, takes and is based on. The layers are registered as
those of the project *Attention for Dummies* are: a model saved with either loads with the other,
once that is imported. There, `python -m attention.layers` prints this file.
"""

# SPDX-License-Identifier: {licence}
# {copyright}
'''.lstrip()

Origin = tuple[str, str]  # a module, and a name in it; "" stands for the module itself


class Module:
    """The source of a module of the project, or of a part of it.

    Attributes:
        name: with dots; of a part, that of what it defines.
        lines: of its text.
        docstring: what it says of itself.
        imports: where each name comes from that is imported at its top.
        statements: what stands at its top besides.
    """

    def __init__(self, name: str, text: str) -> None:
        self.name, self.lines = name, text.splitlines()
        tree = ast.parse(text)
        self.docstring = ast.get_docstring(tree) or ""
        top = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        self.statements = [node for node in tree.body[bool(self.docstring) :] if node not in top]
        self.imports = dict(pair for node in top for pair in _imported(node))
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                self._check(node, at_top=node in top)

    def _check(self, node: ast.Import | ast.ImportFrom, at_top: bool) -> None:
        """What is imported from the project must be there under the same name when joined."""
        for bound, (source, name) in _imported(node):
            if _is_own(source) and not (at_top and bound == name and not source.startswith(".")):
                raise ValueError(
                    "a module that is joined must import what is of this project at its top, by "
                    f"`from module import name`; got {ast.unparse(node)!r} in {self.name}"
                )

    def defined(self) -> dict[str, ast.stmt]:
        """The statement behind each name that it defines."""
        found: dict[str, ast.stmt] = {}
        for node in self.statements:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                found[node.name] = node
            else:
                parts = (part for part in ast.walk(node) if isinstance(part, ast.Name))
                found |= {part.id: node for part in parts if isinstance(part.ctx, ast.Store)}
        return found

    def source(self, node: ast.stmt) -> str:
        """The lines of a statement."""
        return "\n".join(self.lines[_first(node) - 1 : node.end_lineno])

    def part(self, name: str) -> Module:
        """The module that defines this name alone, of which it needs no other."""
        defined = self.defined()
        if name not in defined:
            raise ValueError(f"{self.name} must define what is imported of it; got {name}")
        used = {part.id for part in ast.walk(defined[name]) if isinstance(part, ast.Name)}
        if others := sorted(used & (defined.keys() - {name})):
            rule = "what is imported from outside the package must stand alone"
            raise ValueError(f"{rule}; got {name} in {self.name}, which uses {', '.join(others)}")
        imports = [_import(bound, self.imports[bound]) for bound in used & self.imports.keys()]
        return Module(f"{self.name}.{name}", "\n".join([*imports, self.source(defined[name])]))

    def code(self) -> str:
        """All that stands below its imports."""
        start = _first(self.statements[0]) - 1
        while self.lines[start - 1].startswith("#"):
            start -= 1
        return "\n".join(self.lines[start:])


@cache
def layers_file() -> str:
    """The module's source.

    >>> print(layers_file()[3:44])
    Attention layers for Keras 3 in one file.

    Raises:
        ValueError: modules import each other in a circle or in a way that cannot be joined, or
            give one name to two things.
    """
    *modules, package = _modules()
    imports = _imports([*modules, package])
    sections = [_comment(module.docstring) + module.code() for module in modules]
    return "\n\n\n".join([f"{_head(package)}\n{imports}", *sections, package.code()]) + "\n"


def _modules() -> list[Module]:
    """The modules of the package, and the parts of others that they need, each after its needs."""
    order: dict[str, Module] = {}

    def visit(module: Module, importers: tuple[str, ...]) -> None:
        if module.name in importers:
            names = " → ".join((*importers, module.name))
            raise ValueError(f"modules must not import each other in a circle; got {names}")
        for source, name in module.imports.values():
            if _is_own(source):
                of_package = f"{source}.".startswith(f"{PACKAGE}.")
                needed = _module(source) if of_package else _module(source).part(name)
                visit(needed, (*importers, module.name))
        order.setdefault(module.name, module)

    visit(_module(PACKAGE), ())
    return list(order.values())


@cache
def _module(name: str) -> Module:
    path = ROOT.joinpath(*name.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return Module(name, file.read_text("utf-8"))


def _imports(modules: list[Module]) -> str:
    """What all of them import from outside, if every name in the file means one thing."""
    meanings: dict[str, Origin] = {}
    for module in modules:
        own = {name: (module.name, name) for name in module.defined()}
        outside = {name: of for name, of in module.imports.items() if not _is_own(of[0])}
        for name, meaning in (own | outside).items():
            if meanings.setdefault(name, meaning) != meaning:
                raise ValueError(
                    "modules that are joined must give a name to one thing alone; got "
                    f"{name} of {meanings[name][0]} and of {meaning[0]}"
                )
    outside = {name: of for name, of in meanings.items() if not _is_own(of[0])}
    return _block(outside)


def _block(names: dict[str, Origin]) -> str:
    """One block of imports: of the future, of Python's own modules, and of others."""
    lines: dict[tuple[int, bool, str], list[str]] = {}
    for bound, (module, name) in names.items():
        top = module.split(".")[0]
        section = 0 if top == "__future__" else 1 if top in sys.stdlib_module_names else 2
        line = lines.setdefault((section, bool(name), module), [])
        line.append(_import(bound, (module, name)).split(" import ")[-1])
    text, before = "", 0
    for (section, by_name, module), found in sorted(lines.items()):
        text += "\n" if section > before and text else ""
        before = section
        text += f"from {module} import {', '.join(sorted(found))}\n" if by_name else f"{found[0]}\n"
    return text.strip()


def _imported(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, Origin]]:
    """Each name that is imported, and where it comes from."""
    for alias in node.names:
        if isinstance(node, ast.Import):
            yield alias.asname or alias.name.split(".")[0], (alias.name, "")
        else:
            yield alias.asname or alias.name, ("." * node.level + (node.module or ""), alias.name)


def _import(bound: str, origin: Origin) -> str:
    """The line that imports one name."""
    module, name = origin
    line = f"from {module} import {name}" if name else f"import {module}"
    return line if bound in (name, module.split(".")[0]) else f"{line} as {bound}"


def _is_own(module: str) -> bool:
    return module.split(".")[0] in ("", PACKAGE.split(".")[0])


def _first(node: ast.stmt) -> int:
    """The number of a statement's first line."""
    return min(part.lineno for part in (node, *getattr(node, "decorator_list", ())))


def _comment(docstring: str) -> str:
    """A docstring as a comment."""
    if not docstring:
        return ""
    paragraphs = [" ".join(paragraph.split()) for paragraph in docstring.split("\n\n")]
    filled = "\n\n".join(textwrap.fill(paragraph, WIDTH - 2) for paragraph in paragraphs)
    return textwrap.indent(filled, "# ", lambda line: True).replace("# \n", "#\n") + "\n\n\n"


def _head(package: Module) -> str:
    """The docstring of the file, and its licence."""
    licence, _, owner, *_ = (ROOT / "LICENSE").read_text("utf-8").splitlines()
    listed = package.defined()["__all__"]
    assert isinstance(listed, ast.Assign)
    names = textwrap.fill(f"Here are {', '.join(ast.literal_eval(listed.value))}.", WIDTH)
    return HEAD.format(names=names, licence=licence.split()[0], copyright=owner)
