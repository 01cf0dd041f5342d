"""The summary of a class: what was asked and how many gave which answer, and nobody's name."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageColor

from attention.classroom.picture import summary_picture
from attention.classroom.summary import MARK, Asked, summary_csv
from attention.figures.rows import colours
from attention.texts import languages


def asked(**fields):
    both = lambda text: dict.fromkeys(languages(), text)  # noqa: E731
    usual = {"lesson": "love", "title": both("Love"), "question": both("**How** much?")}
    choices = (both("a little"), both("a lot"))
    return Asked(**usual | {"choices": choices, "right": 1, "rounds": ({0: 3, 1: 1},)} | fields)


def rows_of(table: bytes):
    text = table.decode("utf-8-sig")
    assert table.startswith(MARK.encode())
    return list(csv.reader(io.StringIO(text)))


def test_a_table_has_a_row_an_answer_and_a_round():
    two = asked(rounds=({0: 3, 1: 1}, {1: 4}))
    _, *rows = rows_of(summary_csv([two], 5, "en"))
    assert rows == [
        ["Love", "How much?", "1", "a little", "3", "no", "4", "5"],
        ["Love", "How much?", "1", "a lot", "1", "yes", "4", "5"],
        ["Love", "How much?", "2", "a little", "0", "no", "4", "5"],
        ["Love", "How much?", "2", "a lot", "4", "yes", "4", "5"],
    ]
    assert two.share_right(0) == 0.25 and two.share_right(1) == 1


def test_drawn_shares_are_right_within_five_per_cent():
    drawn = asked(choices=(), right=63.9, rounds=({50: 1, 60: 2, 70: 1},))
    _, *rows = rows_of(summary_csv([drawn], 4, "ru"))
    assert [row[3:6] for row in rows] == [
        ["50\u00a0%", "1", "нет"],
        ["60\u00a0%", "2", "да"],
        ["70\u00a0%", "1", "нет"],
    ]
    assert drawn.share_right(0) == 0.5


@pytest.mark.parametrize("before", ["", " ", "\t", "\x1f", "\u200b", "\ufeff ", "\u202e"])
@pytest.mark.parametrize("sign", [*"=+-@＝＋－＠"])
def test_nothing_before_a_formula_hides_it(before, sign):
    one = asked(title={"en": f"{before}{sign}HYPERLINK(1)"})
    table = summary_csv([one], 1, "en").decode("utf-8-sig").splitlines()
    assert table[1].startswith(f"'{before}{sign}HYPERLINK(1)")


@given(title=st.text(max_size=40), label=st.text(max_size=40))
def test_no_text_of_a_lesson_is_a_formula_to_a_spreadsheet(title, label):
    texts = {"title": {"en": title}, "choices": ({"en": label}, {"en": "=1+1"})}
    for row in rows_of(summary_csv([asked(**texts)], 1, "en")):
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in row)


@given(rounds=st.lists(st.dictionaries(st.integers(0, 1), st.integers(0, 300)), max_size=2))
def test_the_counts_of_a_table_are_those_that_were_given(rounds):
    _, *rows = rows_of(summary_csv([asked(rounds=tuple(rounds))], 1_000, "en"))
    assert sum(int(row[4]) for row in rows) == sum(sum(counts.values()) for counts in rounds)


@settings(max_examples=15)
@given(
    count=st.integers(0, 8),
    choices=st.integers(0, 16),
    answers=st.dictionaries(st.integers(0, 15), st.integers(0, 300)),
    title=st.text(max_size=60),
)
def test_a_picture_holds_whatever_was_asked(count, choices, answers, title):
    rows = tuple({"en": f"{title} {i}"} for i in range(choices))
    one = asked(title={"en": title}, choices=rows, right=0, rounds=(answers, {1: 7}))
    image = picture_of([one] * count)
    assert image.format == "PNG" and image.width < 3_000


def picture_of(asked, lang="en"):
    return Image.open(io.BytesIO(summary_picture(asked, 30, lang)))


def longest_run(image, colour):
    """The most pixels of this colour beside each other."""
    fits = (np.asarray(image.convert("RGB")) == ImageColor.getrgb(colour)).all(axis=2)
    ends = np.flatnonzero(np.diff(np.pad(fits, 1).ravel()))
    return int((ends[1::2] - ends[::2]).max())


@pytest.mark.parametrize("choices", [2, 16])
def test_a_bar_of_the_picture_is_as_long_as_its_share(choices):
    labels = tuple(dict.fromkeys(languages(), str(i)) for i in range(choices))
    image = picture_of([asked(choices=labels, right=0, rounds=({0: 10, 1: 30},))])
    right, other = (longest_run(image, colours()[name]) for name in ("good", "w"))
    assert other == pytest.approx(3 * right, abs=4)


def test_a_picture_is_about_as_wide_as_high_and_holds_six_by_six():
    drawn = asked(choices=(), right=63.9, rounds=({50: 1, 60: 2, 70: 1}, {64: 4}))
    full = picture_of([drawn] * 36)
    assert 1 < full.width / full.height < 2.2
    assert full.size == picture_of([drawn] * 50).size
    assert full.width * full.height < 40_000_000
