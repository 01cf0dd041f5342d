"""Try a mutant of the core: which of its tests, its examples and the golden cases fails first?

The mutant stands in for `attention.core` or `attention.checks` while the tests are loaded anew, so
that they mean it when they say `attend`. All in this process: a try takes milliseconds.
"""

from __future__ import annotations

import doctest
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from types import CodeType, ModuleType
from unittest.mock import patch

import pytest
import twins  # noqa: F401  # what the tests below import besides the core comes with it
from mutations import Mutant, mutants

TESTS = Path(__file__).parent
PACKAGE = TESTS.parent / "attention"
MODULES = {name: PACKAGE / f"{name}.py" for name in ("checks", "core")}
# What the tests are loaded from; of the golden file, NumPy's part.
CORE, ERRORS = TESTS / "unit/test_core.py", TESTS / "unit/test_core_errors.py"
GOLDEN, TWINS = TESTS / "golden/test_golden.py", TESTS / "twins.py"
MAKE_CORE = TESTS / "golden/make_core.py"


def mutants_of(module: str) -> list[Mutant]:
    """Every mutant of `attention.<module>`."""
    file = MODULES[module]
    return list(mutants(file.read_text("utf-8"), str(file)))


def killer(module: str, code: CodeType) -> str | None:
    """The first test that fails where `code` is `attention.<module>`; None: it survives."""
    now = "import"
    try:
        with _standing_in(module, code) as tests:
            for now, run in tests:  # noqa: B007
                run()
    except (Exception, pytest.fail.Exception):  # a mistake shows as any error
        return now
    return None


@contextmanager
def _standing_in(module: str, code: CodeType) -> Iterator[Iterator[tuple[str, Callable]]]:
    """Name and call of each test, while `code` is this module."""
    package = ModuleType("attention")
    package.__path__ = [str(PACKAGE)]
    with patch.dict(sys.modules, {"attention": package}):
        for name, file in MODULES.items():
            vars(package)[name] = _load(
                f"attention.{name}", code if name == module else _code(file)
            )
        exec(_code(PACKAGE / "__init__.py"), vars(package))
        yield _tests(package)


def _tests(package: ModuleType) -> Iterator[tuple[str, Callable]]:
    """What most mutants fail in comes first, and is all that is loaded for them."""
    for file in CORE, ERRORS:
        yield from _of(_load(file.stem, _code(file)), "test_")
    yield "examples", partial(_run_examples, package.core)
    for file in TWINS, MAKE_CORE:
        _load(file.stem, _code(file))
    yield from _of(_load("test_golden", _code(GOLDEN)), "test_numpy_")


def _of(module: ModuleType, prefix: str) -> Iterator[tuple[str, Callable]]:
    for name, test in vars(module).items():
        if name.startswith(prefix):
            yield from _parametrised(name, test)


def _parametrised(name: str, test: Callable) -> Iterator[tuple[str, Callable]]:
    """One test, or one for each of its parameters."""
    marks = [mark for mark in getattr(test, "pytestmark", ()) if mark.name == "parametrize"]
    if not marks:
        yield name, test
        return
    (mark,) = marks  # none of these tests has two
    names, values = mark.args[:2]
    for value in values:
        given = [value] if isinstance(names, str) else value
        yield name, partial(test, *given)


def _run_examples(core: ModuleType) -> None:
    """The docstrings of the core, as doctests."""
    runner = doctest.DebugRunner()  # raises where an example fails
    for example in doctest.DocTestFinder().find(core, core.__name__, core, vars(core)):
        runner.run(example)


def _load(name: str, code: CodeType) -> ModuleType:
    """A new module of this code, under this name."""
    module = ModuleType(name)
    module.__file__ = code.co_filename
    sys.modules[name] = module
    exec(code, vars(module))
    return module


@cache
def _code(file: Path) -> CodeType:
    return compile(file.read_text("utf-8"), str(file), "exec")
