"""A lesson's file comes out of an address as it went in, in Python and on the page."""

from __future__ import annotations

import base64
import random
import zlib

import pytest
from hostile import IN_A_FILE, IN_A_PAGE, LONG

from attention.address import fragment
from attention.lessons import load_lessons, parse_lesson
from attention.lessons.file import LARGEST_FILE
from attention.lessons.writing import source_of, write_lesson
from attention.packing import LONGEST, pack_lesson, unpack_lesson
from attention.scripts import script
from attention.texts import UserError, say

LESSONS = load_lessons()[0]
FEAR = source_of("fear")
# As `unpackText` of the page answers, and how many pieces of 64 KB came out before it did.
UNPACK = """async ([body, packed, most]) => {
    let pieces = 0;
    const real = DecompressionStream;
    globalThis.DecompressionStream = class {
        constructor(format) {
            const stream = new real(format);
            this.writable = stream.writable;
            this.readable = stream.readable.pipeThrough(new TransformStream({
                transform: (piece, out) => { pieces += 1; out.enqueue(piece); },
            }));
        }
    };
    try {
        const unpack = new Function(`${body}; return unpackText;`)();
        return { ...await unpack(packed, most), pieces };
    } finally {
        globalThis.DecompressionStream = real;
    }
}"""
PACK = "([body, text]) => new Function(`${body}; return packText;`)()(text)"


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def packed(data: bytes) -> str:
    """Anything, however long."""
    packing = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return base64url(packing.compress(data) + packing.flush())


@pytest.fixture(scope="module")
def page(blank_page):
    body = script("core/packing.js")

    class Page:
        """What the browser makes of it."""

        @staticmethod
        def pack(text):
            return blank_page.evaluate(PACK, [body, text])

        @staticmethod
        def unpack(own, most=LARGEST_FILE):
            return blank_page.evaluate(UNPACK, [body, own, most])

    return Page


@pytest.mark.parametrize("name", LESSONS)
def test_every_lesson_that_ships_fits_an_address_and_comes_back_whole(name, page):
    source = source_of(name)
    by_page, by_python = page.pack(source), pack_lesson(source)
    assert max(len(by_page), len(by_python)) <= LONGEST
    for own in (by_page, by_python):
        assert unpack_lesson(own) == page.unpack(own)["text"] == source


@pytest.mark.parametrize("words", [*IN_A_FILE, *IN_A_PAGE])
def test_words_that_mean_harm_come_back_as_they_were_typed(words, page):
    typed = {"title": words, "story": words, "challenge": words}
    source = write_lesson(LESSONS["love"].start, "en", typed)
    own = page.pack(source)
    assert unpack_lesson(own) == page.unpack(own)["text"] == source
    assert parse_lesson(source).title == {"en": words}


def test_a_link_of_python_carries_the_scene_and_the_lesson():
    scene = LESSONS["fear"].start.model_copy(update={"temperature": 7})
    pairs = dict(pair.split("=") for pair in fragment(scene, FEAR).split("&"))
    assert pairs["temperature"] == "7" and unpack_lesson(pairs["own"]) == FEAR


def test_a_lesson_too_long_for_an_address_is_refused_with_the_rule():
    noise = base64.b64encode(random.Random(1).randbytes(9_000)).decode()
    with pytest.raises(UserError, match=r"“own” must have at most 8,192 characters; got \d"):
        pack_lesson(f"# {noise}\n{FEAR}")
    with pytest.raises(UserError, match="at most 8,192 characters; got 8,193"):
        unpack_lesson("A" * (LONGEST + 1))


WHOLE = packed(FEAR.encode())
BROKEN = {
    "nothing": "",
    "signs": "a+b/",
    "a space": f"{WHOLE[:9]} {WHOLE[9:]}",
    "other digits": "١٢٣٤",
    "a letter too few": WHOLE[: len(WHOLE) // 4 * 4 - 3],
    "cut off": WHOLE[:1_000],
    "one letter": WHOLE[:40] + ("A" if WHOLE[40] != "A" else "B") + WHOLE[41:],
    "with a header": base64url(zlib.compress(FEAR.encode())),
    "not packed": base64url(FEAR.encode()),
    "more behind": base64url(base64.urlsafe_b64decode(WHOLE + "==") + b"more"),
    "letters": "frog",
}


@pytest.mark.parametrize("own", BROKEN.values(), ids=BROKEN)
def test_what_was_never_packed_is_told_for_what_it_is(own, page):
    with pytest.raises(UserError) as told:
        unpack_lesson(own)
    found = page.unpack(own)
    if "text" not in found:  # some damage can be unpacked: then it is no lesson
        assert found["error"]["key"] == told.value.key
        assert say(found["error"]) == str(told.value)
    else:
        with pytest.raises(UserError):
            parse_lesson(found["text"])


def test_of_what_would_unpack_without_end_no_more_comes_out_than_a_file_may_have(page):
    for size in (LARGEST_FILE + 1, 5_000_000):
        bomb = packed(b"#" * size)
        assert len(bomb) <= LONGEST
        with pytest.raises(UserError, match="must unpack to at most 65,536 bytes; more came"):
            unpack_lesson(bomb)
        found = page.unpack(bomb)
        assert found["error"] == {"key": "rule_own_size", "values": {"most": LARGEST_FILE}}
        assert found["pieces"] <= 4, "it stops at once"


def test_a_file_of_just_the_size_allowed_is_unpacked(page):
    text = "#" * LARGEST_FILE
    assert page.unpack(packed(text.encode()))["text"] == text
    assert page.unpack(packed(text.encode() + b"#"))["error"]["key"] == "rule_own_size"


def test_what_is_no_text_or_no_lesson_is_refused_as_a_file_is(page):
    latin = packed("é".encode("latin-1"))
    with pytest.raises(UserError, match="UTF-8"):
        unpack_lesson(latin)
    assert page.unpack(latin)["error"]["key"] == "rule_utf"
    wrong = FEAR.replace("level = 2", "level = 7")
    with pytest.raises(UserError) as by_file:
        parse_lesson(wrong)
    with pytest.raises(UserError) as by_link:
        unpack_lesson(packed(wrong.encode()))
    assert by_link.value.text == by_file.value.text
    assert len(str(UserError("rule_own_form", came=LONG))) < 400
