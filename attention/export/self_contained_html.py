"""HTML files that hold all they need: they may run and load nothing but what stands in them."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from attention.texts import ASSETS

TEMPLATES = Environment(
    loader=FileSystemLoader(ASSETS),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)


def self_contained_html(
    template: str,
    *,
    styles: Sequence[str],
    scripts: Sequence[str] = (),
    plays: bool = False,
    **parts: Any,
) -> str:
    """A file of `assets/` with its blanks filled in, and a policy that browsers hold it to.

    Args:
        template: the file's name; it knows `policy` and the parts by their names.
        styles: the only ones that count, letter by letter.
        scripts: the only ones that run.
        plays: whether sounds that stand in it may be played.
        **parts: what else it needs; as HTML everything is escaped that is not marked as safe.
    """
    policy = (
        f"default-src 'none'; style-src {hashes(styles)}; script-src {hashes(scripts)}; "
        f"img-src data:; {'media-src data:; ' * plays}base-uri 'none'; form-action 'none'"
    )
    return TEMPLATES.get_template(template).render(policy=Markup(policy), **parts)


def hashes(texts: Sequence[str]) -> str:
    """The hashes by which a Content-Security-Policy allows them."""
    digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts]
    return " ".join(f"'sha256-{digest}'" for digest in digests) or "'none'"
