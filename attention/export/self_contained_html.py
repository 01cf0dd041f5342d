"""HTML files that hold all they need: they may run and load nothing but what stands in them."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from string import Template

from attention.texts import ASSETS


def self_contained_html(
    template: str, *, styles: Sequence[str], scripts: Sequence[str] = (), **parts: str
) -> str:
    """A file of `assets/` with its blanks filled in, and a policy that browsers hold it to.

    Args:
        template: the file's name; its blanks are `$policy` and the parts' names.
        styles: the only ones that count, letter by letter.
        scripts: the only ones that run.
        **parts: HTML; whoever makes it escapes what came from outside.
    """
    policy = (
        f"default-src 'none'; style-src {hashes(styles)}; script-src {hashes(scripts)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    return Template((ASSETS / template).read_text("utf-8")).substitute(policy=policy, **parts)


def hashes(texts: Sequence[str]) -> str:
    """The hashes by which a Content-Security-Policy allows them."""
    digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts]
    return " ".join(f"'sha256-{digest}'" for digest in digests) or "'none'"
