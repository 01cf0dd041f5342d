"""HTML files that hold all they need: they may run and load nothing but what stands in them."""

from __future__ import annotations

import base64
import hashlib
from string import Template

from attention.texts import ASSETS


def sealed(template: str, style: str, script: str = "", **parts: str) -> str:
    """A file of `assets/` with its blanks filled in, and a policy that browsers hold it to.

    Args:
        template: the file's name; its blanks are `$policy`, `$style`, `$script` and the parts'.
        style: the only style that counts.
        script: the only one that runs; without it none does.
        **parts: HTML; whoever makes it escapes what came from outside.
    """
    scripts = _source(script) if script else "'none'"
    policy = (
        f"default-src 'none'; style-src {_source(style)}; script-src {scripts}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    text = Template((ASSETS / template).read_text("utf-8"))
    return text.substitute(policy=policy, style=style, script=script, **parts)


def _source(text: str) -> str:
    """The hash by which a Content-Security-Policy allows a text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
