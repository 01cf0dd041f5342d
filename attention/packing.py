"""A lesson's file packed for an address (`own=`): raw DEFLATE, written in base64url.

The page does the same with the browser's own streams: `assets/page/core/packing.js`.
"""

from __future__ import annotations

import base64
import re
import zlib

from attention.lessons import parse_lesson
from attention.lessons.file import LARGEST_FILE
from attention.texts import UserError

LONGEST = 8 * 1024  # characters of an address
RAW = -zlib.MAX_WBITS  # without the header of a file


def pack_lesson(source: str) -> str:
    """The text of a lesson's file, as `own=` of an address carries it.

    >>> from attention.lessons.writing import source_of
    >>> packed = pack_lesson(source_of("fear"))
    >>> len(packed) < LONGEST, unpack_lesson(packed) == source_of("fear")
    (True, True)

    Raises:
        UserError: it is no lesson, or too long for an address.
    """
    parse_lesson(source)
    packing = zlib.compressobj(9, zlib.DEFLATED, RAW)
    packed = packing.compress(source.encode()) + packing.flush()
    written = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    if len(written) > LONGEST:
        raise UserError("rule_own_long", most=LONGEST, came=len(written))
    return written


def unpack_lesson(own: str) -> str:
    """The text of the lesson's file in an address, checked as any other.

    Raises:
        UserError: it is too long, is nothing that was packed, is larger than a file may be (no more
            than that is ever unpacked), or is no lesson.
    """
    if len(own) > LONGEST:
        raise UserError("rule_own_long", most=LONGEST, came=len(own))
    wrong = UserError("rule_own_form", came=own)
    if not re.fullmatch(r"[A-Za-z0-9_-]+", own) or len(own) % 4 == 1:
        raise wrong
    unpacking = zlib.decompressobj(RAW)
    try:
        packed = base64.urlsafe_b64decode(own + "=" * (-len(own) % 4))
        unpacked = unpacking.decompress(packed, LARGEST_FILE + 1)
    except (ValueError, zlib.error):
        raise wrong from None
    if len(unpacked) > LARGEST_FILE:
        raise UserError("rule_own_size", most=LARGEST_FILE)
    if not unpacking.eof or unpacking.unused_data:
        raise wrong
    try:
        source = unpacked.decode()
    except UnicodeDecodeError:
        raise UserError("rule_utf") from None
    parse_lesson(source)
    return source
