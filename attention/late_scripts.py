"""A page's scripts in parts: what runs at once, and what a browser fetches when it is asked for.

A module says `import("./learn/panel.js")` where it wants another later. What that one imports and
the page does not have yet is a script of its own. It gets the names that it needs from the page's
first script, so that nothing runs twice. What two late scripts need is in the first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rjsmin import jsmin

from attention import scripts
from attention.scripts import (
    as_written,
    beside,
    declared,
    joined_style,
    modules,
    packed_script,
    refuse_twice,
)

LATE = re.compile(r'\bimport\("(\.[^"]+)"\)')
NAMES = re.compile(r'^import \{([^}]*)\} from "(\.[^"]+)";\n', re.M)
EXPORT = re.compile(r"^export (?:async )?(?:function|class|const|let) (\w+|\[[\w, ]+\])", re.M)
CHANGING = re.compile(r"^export let (\w+)", re.M)


@dataclass(frozen=True)
class Parts:
    """Which files an entry needs, and when.

    Args:
        first: what runs at once, each file after those that it imports.
        late: by the file that is asked for, what comes with it.
    """

    first: tuple[Path, ...]
    late: dict[Path, tuple[Path, ...]]

    def first_script(self) -> str:
        """The body of a function; it calls `BRING` for a late script, with its file's name.

        Raises:
            ValueError: a late script needs a name that can change, which it would not see.
        """
        names = sorted(set().union(*(self._taken(files) for files in self.late.values())))
        shared = f"function SHARED() {{ return {{ {', '.join(names)} }}; }}"
        return f"{packed_script(self.first, _asking)}\n{shared}"

    def late_scripts(self) -> dict[str, str]:
        """By name, the body of a function of `SHARED`, which returns what its file exports."""
        return {
            _name(asked): f"const {{ {', '.join(sorted(self._taken(files)))} }} = SHARED;\n"
            f"{packed_script(files)}\nreturn {{ {', '.join(declared(asked, EXPORT))} }};"
            for asked, files in self.late.items()
        }

    def _taken(self, files: Iterable[Path]) -> set[str]:
        """The names that these late files take from the first script."""
        names: set[str] = set()
        first = set(self.first)
        for file in files:
            for listed, path in NAMES.findall(as_written(file)):
                if (owner := beside(file, path)) in first:
                    taken = set(re.findall(r"\w+", listed))
                    _refuse_changing(taken, owner, file)
                    names |= taken
        return names

    def style(self) -> str:
        """All styles: they are few, and come at once."""
        return joined_style(self.everything())

    def everything(self) -> tuple[Path, ...]:
        """Every file, whenever it comes."""
        return (*self.first, *(file for files in self.late.values() for file in files))


@cache
def parts(entry: str) -> Parts:
    """What an entry needs at once, and what later.

    >>> [file.stem for file in parts("core/scene.js").first]
    ['attention', 'asking', 'scene']

    Raises:
        ValueError: a late script wants another later still, or as `modules` has it.
    """
    at_once = modules(entry)
    asked = dict.fromkeys(beside(file, path) for file in at_once for path in _asked_later(file))
    closures = {file: modules(_name(file)) for file in asked}
    wanted = Counter(file for files in closures.values() for file in files if file not in at_once)
    for file in wanted:
        if _asked_later(file):
            raise ValueError(f"only what runs at once may import later; got {file.name}")
    common = [file for file, times in wanted.items() if times > 1]
    first = (*at_once[:-1], *common, at_once[-1])
    late = {
        asked: tuple(file for file in files if file not in first)
        for asked, files in closures.items()
    }
    refuse_twice((*first, *(file for files in late.values() for file in files)))
    return Parts(first, late)


def _refuse_changing(names: Iterable[str], owner: Path, file: Path) -> None:
    for name in set(CHANGING.findall(as_written(owner))) & set(names):
        rule = "a late script must not import a name that changes"
        raise ValueError(f"{rule}; got {name} of {owner.name} in {file.name}")


def _asked_later(file: Path) -> list[str]:
    """The paths that a script imports later; comments, which name types so, left out."""
    return LATE.findall(jsmin(as_written(file))) if file.suffix == ".js" else []


def _asking(file: Path) -> str:
    """What stands in a script; where it imports later, `BRING(name, what the late one needs)`."""
    return LATE.sub(
        lambda found: f'BRING("{_name(beside(file, found[1]))}", SHARED)',
        as_written(file),
    )


def _name(file: Path) -> str:
    return file.relative_to(scripts.PAGE.resolve()).as_posix()
