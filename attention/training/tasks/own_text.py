"""A text of one's own, as the page sends it."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from attention.texts import UserError

MOST_SENT = 100_000  # characters; each task says more kindly how few of them it can read

Text = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, max_length=MOST_SENT)]


def check_length(text: str, most: int) -> None:
    """Refuse what has more characters than a task can read."""
    if len(text) > most:
        raise UserError("refused_long", most=most, came=len(text))
