"""The page's ES modules, an entry of `assets/page/` and all that it imports, as one script.

There is no build step: the page, a page in one file and the tests run the modules as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from os.path import normpath
from pathlib import Path

from rjsmin import jsmin

from attention.texts import ASSETS

PAGE = ASSETS / "page"
IMPORT = re.compile(r'^import (?:\{[^}]*\} from )?"(\.[^"]+)";\n', re.M)
# In a style: a string, which stays; a comment; blanks around a sign; all other blanks, as one.
STYLE_BLANKS = re.compile(
    r"""(?P<kept>"[^"]*"|'[^']*')|/\*.*?\*/\s*|\s*(?P<sign>[{};,])\s*|(?P<blank>\s)\s*""", re.S
)
DECLARATION = re.compile(
    r"^(?:export )?(?:async )?(?:function|class|const|let) (\w+|\[[\w, ]+\])", re.M
)


@cache
def modules(entry: str) -> tuple[Path, ...]:
    """An entry's scripts and styles, each after those that it imports.

    >>> [file.name for file in modules("core/scene.js")]
    ['attention.js', 'asking.js', 'scene.js']

    Raises:
        ValueError: modules import each other in a circle, or declare the same name twice.
    """
    order: dict[Path, None] = {}

    def visit(file: Path, importers: tuple[Path, ...]) -> None:
        if file in importers:
            names = " → ".join(one.name for one in (*importers[importers.index(file) :], file))
            raise ValueError(f"modules must not import each other in a circle; got {names}")
        if file not in order:
            for imported in _imported(file):
                visit(imported, (*importers, file))
            order[file] = None

    visit((PAGE / entry).resolve(), ())
    refuse_twice(order)
    return tuple(order)


@cache
def _imported(file: Path) -> list[Path]:
    """Whose names a script or style imports at once, in its order."""
    return [beside(file, path) for path in IMPORT.findall(as_written(file))]


def beside(file: Path, path: str) -> Path:
    """The file that an import of another names."""
    return Path(normpath(file.parent / path))


def refuse_twice(files: Iterable[Path]) -> None:
    """Raise ValueError where two modules declare the same name."""
    owners: dict[str, Path] = {}
    for file in files:
        for name in declared(file, DECLARATION):
            if (owner := owners.setdefault(name, file)) != file:
                rule = "modules must declare different names"
                raise ValueError(f"{rule}; got {name} in {owner.name} and {file.name}")


def declared(file: Path, declaration: re.Pattern[str]) -> list[str]:
    """The names that a module declares: of `const [a, b] = …` both."""
    if file.suffix != ".js":
        return []
    found = declaration.findall(as_written(file))
    return [name for names in found for name in re.findall(r"\w+", names)]


def script(*entries: str) -> str:
    """The entries and what they import as one function's body, without `import` and `export`.

    Without comments and blanks it is a fifth shorter: a browser reads it sooner.
    """
    return packed_script(dict.fromkeys(file for entry in entries for file in modules(entry)))


def as_written(file: Path) -> str:
    """What stands in a file."""
    return file.read_text("utf-8")


def packed_script(files: Iterable[Path], read: Callable[[Path], str] = as_written) -> str:
    """The scripts among these files, each as `read` has it, as one function's body."""
    bodies = [IMPORT.sub("", read(file)) for file in files if file.suffix == ".js"]
    code = re.sub(r"^export ", "", "\n".join(bodies), flags=re.M)
    return str(jsmin('"use strict";\n' + code))


def style(entry: str) -> str:
    """The styles that an entry and its modules import."""
    return joined_style(modules(entry))


def joined_style(files: Iterable[Path]) -> str:
    """The styles among these files, without comments and blanks: packed, a fifth shorter."""
    whole = "\n".join(as_written(file) for file in files if file.suffix == ".css")
    return STYLE_BLANKS.sub(
        lambda found: found["kept"] or found["sign"] or (found["blank"] and " ") or "", whole
    )
