"""The code of a room: short enough to read from a projector and type on a phone."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Annotated

from pydantic import AfterValidator, Field

from attention.texts import UserError

LETTERS = "CDFHJKLMNPRTWXY"  # no two look alike, and without vowels they make no words
LENGTH = 6
# What a Russian keyboard writes for them.
CYRILLIC, LATIN = "СНКМРТХУ", "CHKMPTXY"
# What the browser has to know of the above.
LIMITS = {"letters": LETTERS, "length": LENGTH, "twins": [CYRILLIC, LATIN]}
KEY_LENGTH = 22  # characters of base64url: 128 bits


def new_code() -> str:
    """One of 11 million."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def tidy_code(typed: str) -> str:
    """A code as somebody has typed it.

    >>> tidy_code("krt hwx"), tidy_code("КРТ-НWХ")
    ('KRTHWX', 'KPTHWX')

    Raises:
        UserError: it is none.
    """
    code = "".join(typed.upper().split()).replace("-", "").translate(str.maketrans(CYRILLIC, LATIN))
    if len(code) != LENGTH or set(code) - set(LETTERS):
        raise UserError("class_code", length=LENGTH, letters=LETTERS, came=typed)
    return code


def new_secret() -> str:
    """What the teacher's browser alone knows."""
    return secrets.token_urlsafe(16)


def sealed(secret: str) -> str:
    """What is kept of it: nobody gets the secret from there."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_same(secret: str, seal: str) -> bool:
    """Whether it is the one that was sealed."""
    return hmac.compare_digest(sealed(secret), seal)


Code = Annotated[str, Field(strict=True, max_length=64), AfterValidator(tidy_code)]
# Of a teacher, the secret; of a student, what tells one answer's owner from another's.
Key = Annotated[str, Field(strict=True, pattern=rf"^[A-Za-z0-9_-]{{{KEY_LENGTH}}}$")]
