"""The page's scripts, files of their own that a browser keeps.

They are modules, for Gradio's page is made of them. The first is compiled while Gradio starts:
`start(element, server)` opens the playground. The others come when their tab is opened:
`open(SHARED)` takes the names that they need of the first, and returns what they export; what no
other script says are its `TEXTS`.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from attention.late_scripts import parts

FOLDER = "page"  # of its address
FOREVER = "public, max-age=31536000, immutable"  # another content has another name

# What gr.HTML runs. Where the file does not arrive, the course in one file plays instead.
STARTER = """import(new URL("{path}", document.baseURI)).then(
  ({{ start }}) => start(element, server),
  () => location.replace(`play${{location.hash}}`),
);"""

# Called at once, the function is compiled whole and not twice; JSON is read faster than a literal.
# A file that did not arrive is asked for by another address: browsers remember that it failed.
FIRST = """const FILES = {files};
let failed = 0;
const BRING = (name, shared) =>
  import(new URL(FILES[name] + (failed ? `?${{failed}}` : ""), document.baseURI)).then(
    ({{ open }}) => open(shared()),
    (error) => {{ failed += 1; throw error; }},
  );
export const start = (function (element, server) {{
const GIVEN = JSON.parse({given});
{script}
}});
"""
LATE = """export const open = (function (SHARED) {{
const TEXTS = {texts};
{script}
}});
"""
# By script, how the names of texts begin that come with it; lessons tell the titles before.
LATE_TEXTS = {
    "puzzles/panel.js": re.compile(r"puzzle_(?!\w+_title$)"),
    "learn/panel.js": re.compile(r"learn_|task_(?!\w+_title$)"),
}


@dataclass(frozen=True)
class ServedScript:
    """A module under a name that only this content has.

    Args:
        content: its text in UTF-8.
    """

    content: bytes

    @cached_property
    def packed(self) -> bytes:
        """The same as it travels."""
        return gzip.compress(self.content, mtime=0)

    @cached_property
    def path(self) -> str:
        """Where it is, from the page."""
        return f"{FOLDER}/{hashlib.sha256(self.content).hexdigest()[:16]}.js"


@dataclass(frozen=True)
class PageScript:
    """The scripts of the page with what they are given.

    Args:
        given: what the page knows from the start: lessons, texts, limits.
    """

    given: Mapping[str, Any]

    @cached_property
    def late(self) -> dict[str, ServedScript]:
        """What the page fetches when a tab is opened, by the file in `assets/page/`."""
        late = parts("gradio.js").late_scripts()
        return {
            name: ServedScript(LATE.format(script=script, texts=self._late_texts(name)).encode())
            for name, script in late.items()
        }

    @cached_property
    def first(self) -> ServedScript:
        """What the page starts with."""
        texts = self._texts(lambda key: not any(one.match(key) for one in LATE_TEXTS.values()))
        at_once = {**self.given, "texts": texts}
        given = json.dumps(json.dumps(at_once, ensure_ascii=False), ensure_ascii=False)
        files = json.dumps({name: file.path for name, file in self.late.items()})
        script = parts("gradio.js").first_script()
        return ServedScript(FIRST.format(given=given, files=files, script=script).encode())

    def _late_texts(self, name: str) -> str:
        """As JSON, by language, those that come with a late script."""
        wanted = LATE_TEXTS.get(name)
        return json.dumps(self._texts(wanted.match), ensure_ascii=False) if wanted else "{}"

    def _texts(self, wanted: Callable[[str], object]) -> dict[str, dict[str, str]]:
        return {
            lang: {key: text for key, text in own.items() if wanted(key)}
            for lang, own in self.given.get("texts", {}).items()
        }

    @property
    def files(self) -> list[ServedScript]:
        """All of them."""
        return [self.first, *self.late.values()]

    @property
    def starter(self) -> str:
        """The body of the function that Gradio calls with `element` and `server`."""
        return STARTER.format(path=self.first.path)
