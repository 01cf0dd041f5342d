"""What a page in one file holds, unpacked."""

from __future__ import annotations

import gzip
import json
import re
from typing import Any

from attention.export.one_file import DIGITS


def packed(page: str, part: str) -> str:
    """Its `script`, its `style`, or what it is `given`."""
    found = re.search(f'id="packed-{part}">(.*)</script>', page)[1]
    return gzip.decompress(_bytes_of(found)).decode()


def _bytes_of(digits: str) -> bytes:
    """Five digits, each worth 85 of the next, are four bytes; those missing at the end are 84."""
    worth = {digit: i for i, digit in enumerate(DIGITS)}
    written = b""
    for at in range(0, len(digits), 5):
        group = digits[at : at + 5]
        number = 0
        for digit in group.ljust(5, DIGITS[-1]):
            number = 85 * number + worth[digit]
        written += number.to_bytes(4, "big")[: len(group) - 1]
    return written


def data_of(page: str) -> dict[str, Any]:
    """What the page is given."""
    return json.loads(packed(page, "given"))
