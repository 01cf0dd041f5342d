"""What a page in one file unpacks by its own means is what was packed."""

from __future__ import annotations

import base64
import random
import zlib

import pytest
from effort import many

from attention.export import course
from attention.scripts import script

INFLATE = """([body, packed]) => {
    const inflate = new Function(`${body}; return inflate;`)();
    const read = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    return packed.map((one) => {
        try {
            return btoa([...inflate(read(one))].map((byte) => String.fromCharCode(byte)).join(""));
        } catch (error) {
            return error.message;
        }
    });
}"""
RANDOM = random.Random(17)
TEXTS = {
    "nothing": b"",
    "a byte": b"a",
    "one byte many times": b"a" * 70_000,
    "all bytes": bytes(range(256)) * 3,
    "noise": RANDOM.randbytes(40_000),
    "words": " ".join(RANDOM.choices(["призрак", "ghost", "fear", "0.5"], k=5_000)).encode(),
    "the course": course().encode(),
}
STRATEGIES = [zlib.Z_DEFAULT_STRATEGY, zlib.Z_FIXED, zlib.Z_HUFFMAN_ONLY, zlib.Z_RLE]


def deflate(text: bytes, level: int, strategy: int = zlib.Z_DEFAULT_STRATEGY) -> bytes:
    packing = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS, strategy=strategy)
    return packing.compress(text) + packing.flush()


@pytest.fixture(scope="module")
def inflate(blank_page):
    def inflate(*packed: bytes) -> list[str]:
        written = [base64.b64encode(one).decode() for one in packed]
        return blank_page.evaluate(INFLATE, [script("core/inflate.js"), written])

    return inflate


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_kind_of_block_is_unpacked(inflate, text):
    packed = [deflate(text, level, kind) for level in (0, 1, 9) for kind in STRATEGIES]
    assert set(inflate(*packed)) == {base64.b64encode(text).decode()}


def test_what_has_no_end_is_an_error(inflate):
    whole = deflate(TEXTS["words"], 9)
    cuts = [whole[: RANDOM.randrange(1, len(whole) - 1)] for _ in range(many(30, 300))]
    assert set(inflate(*cuts)) == {"the packed bytes must have an end"}


def test_what_is_no_block_is_an_error(inflate):
    assert inflate(b"\x07") == ["a block must be of kind 0, 1 or 2; got 3"]
