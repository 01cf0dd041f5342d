"""Which of the page's texts a program may ask for: a page in one file takes no others with it."""

from __future__ import annotations

import re

from attention.texts import texts

# The toolbar's choices: text(`${key}_${value}`).
FAMILIES = {("kind_", ""), ("activation_", "")}


def texts_of(code: str) -> set[str]:
    """The keys that stand in a program in quotes, after a dot, or with a blank.

    text(`add_${one}`) may ask for every `add_…` whose end is a word of the program.

    >>> sorted(texts_of("text('reset'); ['row', 'column'].map((one) => text(`add_${one}`))"))
    ['add_column', 'add_row', 'reset']
    """
    words = set(re.findall(r"\w+", code))
    told = set(re.findall(r"[\"'.](\w+)\b", code))
    families = FAMILIES | {
        tuple(re.split(r"\$?\{[^}]*\}", template))
        for template in re.findall(r"[`\"]([a-z_]+(?:\$?\{[^}`\"]*\}[a-z_]*)+)[`\"]", code)
    }
    asked = {key for key in texts()["en"] if any(_fits(key, one, words) for one in families)}
    return asked | told & set(texts()["en"])


def _fits(key: str, literals: tuple[str, ...], words: set[str]) -> bool:
    """Whether a key is these literals with words between."""
    first, *others = literals
    rest = key.removeprefix(first)
    if not key.startswith(first) or not others:
        return key == first
    ends = (i for i in range(1, len(rest) + 1) if rest[:i] in words)
    return any(_fits(rest[i:], tuple(others), words) for i in ends)
