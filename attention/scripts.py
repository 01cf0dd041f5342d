"""The page's ES modules, an entry of `assets/page/` and all that it imports, as one script.

There is no build step: the page, a page in one file and the tests run the modules as they stand.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from rjsmin import jsmin

from attention.texts import ASSETS

PAGE = ASSETS / "page"
IMPORT = re.compile(r'^import (?:\{[^}]*\} from )?"(\.[^"]+)";\n', re.M)
DECLARATION = re.compile(
    r"^(?:export )?(?:async )?(?:function|class|const|let) (\w+|\[[\w, ]+\])", re.M
)


@cache
def modules(entry: str) -> tuple[Path, ...]:
    """An entry's scripts and styles, each after those that it imports.

    >>> [file.name for file in modules("core/scene.js")]
    ['attention.js', 'scene.js']

    Raises:
        ValueError: modules import each other in a circle, or declare the same name twice.
    """
    order: list[Path] = []

    def visit(file: Path, importers: tuple[Path, ...]) -> None:
        if file in importers:
            names = " → ".join(one.name for one in (*importers[importers.index(file) :], file))
            raise ValueError(f"modules must not import each other in a circle; got {names}")
        if file not in order:
            for path in IMPORT.findall(file.read_text("utf-8")):
                visit((file.parent / path).resolve(), (*importers, file))
            order.append(file)

    visit((PAGE / entry).resolve(), ())
    owners: dict[str, Path] = {}
    for file in order:
        for name in _declared(file):
            if (owner := owners.setdefault(name, file)) != file:
                rule = "modules must declare different names"
                raise ValueError(f"{rule}; got {name} in {owner.name} and {file.name}")
    return tuple(order)


def _declared(file: Path) -> list[str]:
    """The names that a module declares: of `const [a, b] = …` both."""
    if file.suffix != ".js":
        return []
    found = DECLARATION.findall(file.read_text("utf-8"))
    return [name for names in found for name in re.findall(r"\w+", names)]


def script(*entries: str) -> str:
    """The entries and what they import as one function's body, without `import` and `export`.

    Without comments and blanks it is a fifth shorter: a browser reads it sooner.
    """
    files = dict.fromkeys(file for entry in entries for file in modules(entry))
    bodies = [IMPORT.sub("", file.read_text("utf-8")) for file in files if file.suffix == ".js"]
    code = re.sub(r"^export ", "", "\n".join(bodies), flags=re.M)
    return str(jsmin('"use strict";\n' + code))


def style(entry: str) -> str:
    """The styles that an entry and its modules import."""
    return "\n".join(file.read_text("utf-8") for file in modules(entry) if file.suffix == ".css")
