"""The address of what stands on the page as a QR code, drawn here and asked of nobody else."""

from __future__ import annotations

from typing import Annotated, Any

import segno
from pydantic import Field

from attention.scene import Model
from attention.texts import UserError
from attention.ui.endpoints import json_endpoint

MOST_BYTES = 2953  # that the largest code holds, with the least correction (ISO/IEC 18004)
LONGEST = 40_000  # characters: more than the page ever writes


class Request(Model):
    """What a reader's phone is to open."""

    address: Annotated[str, Field(max_length=LONGEST, pattern="^https?://")]


def code_of(address: str) -> list[str]:
    """The modules of the QR code, row by row: "1" is dark; without the quiet zone around it.

    It is the smallest code that holds the address; where the same size allows more correction of
    errors, it has it.

    >>> rows = code_of("http://localhost:7860/")
    >>> len(rows), rows[0][:7]
    (25, '1111111')

    Args:
        address: at most 2,953 bytes of UTF-8.

    Raises:
        UserError: the address is longer.
    """
    size = len(address.encode())
    if size > MOST_BYTES:
        raise UserError("refused_code_long", most=MOST_BYTES, came=size)
    code = segno.make_qr(address, error="l", encoding="utf-8")
    return ["".join(map(str, row)) for row in code.matrix]


@json_endpoint
def qr_code(request: Any) -> dict[str, Any]:
    """The QR code of an address, `{"rows": ["1110…", …]}`; nothing of it is kept or logged."""
    return {"rows": code_of(Request.model_validate(request).address)}
