"""The page's script, a file of its own that a browser compiles while Gradio starts, and keeps.

It is a module, for Gradio's page is made of them: `start(element, server)` opens the playground.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from attention.scripts import script

FOLDER = "page"  # of its address
FOREVER = "public, max-age=31536000, immutable"  # another content has another name

# What gr.HTML runs. Where the file does not arrive, the course in one file plays instead.
STARTER = """import(new URL("{path}", document.baseURI)).then(
  ({{ start }}) => start(element, server),
  () => location.replace(`play${{location.hash}}`),
);"""

# Called at once, the function is compiled whole and not twice; JSON is read faster than a literal.
MODULE = """export const start = (function (element, server) {{
const GIVEN = JSON.parse({given});
{script}
}});
"""


@dataclass(frozen=True)
class PageScript:
    """The scripts of the page with what they are given.

    Args:
        given: what the page knows from the start: lessons, texts, limits.
    """

    given: Mapping[str, Any]

    @cached_property
    def content(self) -> bytes:
        """The module."""
        given = json.dumps(json.dumps(self.given, ensure_ascii=False), ensure_ascii=False)
        return MODULE.format(given=given, script=script("gradio.js")).encode()

    @cached_property
    def packed(self) -> bytes:
        """The same as it travels."""
        return gzip.compress(self.content, mtime=0)

    @cached_property
    def path(self) -> str:
        """Where it is, from the page."""
        return f"{FOLDER}/{hashlib.sha256(self.content).hexdigest()[:16]}.js"

    @property
    def starter(self) -> str:
        """The body of the function that Gradio calls with `element` and `server`."""
        return STARTER.format(path=self.path)
