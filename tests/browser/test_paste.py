"""A table or a sentence is pasted: it stands on the table, or what is wrong with it is said."""

import csv
import io
import math

import pytest
from engines import copy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playing import assert_agrees, go, read
from playwright.sync_api import expect
from twins import pasted_in_browser

LIMITS = {"rows": 16, "columns": 8, "name": 40, "number": [-1_000_000, 1_000_000]}


def parsed(page, *texts):
    return pasted_in_browser(page, list(texts), LIMITS)


@pytest.mark.parametrize(
    ("text", "rows", "columns", "x"),
    [
        ("1,2\n3,4", None, None, [[1, 2], [3, 4]]),
        ("a\tb\n1,5\t−2\n", None, ["a", "b"], [[1.5, -2]]),
        (
            ";fear;near\r\ndog;1,5;2\r\ncat;-3;,5",
            ["dog", "cat"],
            ["fear", "near"],
            [[1.5, 2], [-3, 0.5]],
        ),
        ('"a, b",1\n"say ""x""",2', ["a, b", 'say "x"'], None, [[1], [2]]),
        ("name,a,b\n1,2,3", None, ["name", "a", "b"], [[1, 2, 3]]),
        ("name\ta\ndog\t2", ["dog"], ["a"], [[2]]),
        ("1 2  3\n4 5 6", None, None, [[1, 2, 3], [4, 5, 6]]),
        ("5", None, None, [[5]]),
        ("\ufeffh\n1\n\n2\n", None, ["h"], [[1], [2]]),
        ("the dog, the cat", ["the", "dog,", "the", "cat"], None, None),
    ],
)
def test_what_spreadsheets_and_people_write_is_read(desk, text, rows, columns, x):
    assert parsed(desk, text) == [{"table": {"rows": rows, "columns": columns, "x": x}}]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (" \n ", "empty"),
        ("1,2\n3", "width"),
        ("a,b\n1,x", "number"),
        ("1,\n2,3", "number"),
        ("1\n1000001", "range"),
        ("1\n1e999", "range"),
        ("\n".join("1" * 17), "rows"),
        (",".join("1" * 9), "columns"),
        ("x" * 41 + ",1", "name"),
        (" ".join(["word"] * 17), "rows"),
    ],
)
def test_what_can_not_stand_on_the_table_is_told_by_its_rule(desk, text, problem):
    (found,) = parsed(desk, text)
    assert found["problem"]["key"] == f"paste_{problem}"


ANYTHING = st.text(st.sampled_from('01.,;\t\n\r"- e−xα👻\u202e\x00\ufeff<'), max_size=60) | st.text(
    max_size=40
)
QUIET = {"suppress_health_check": [HealthCheck.function_scoped_fixture]}


@settings(max_examples=40, **QUIET)
@given(texts=st.lists(ANYTHING, min_size=1, max_size=30))
def test_whatever_is_pasted_fits_the_table_or_is_refused(desk, texts):
    for found in parsed(desk, *texts):
        if "problem" in found:
            continue
        table = found["table"]
        rows = table["rows"] if table["x"] is None else table["x"]
        assert 1 <= len(rows) <= 16
        for names in (table["rows"], table["columns"]):
            assert all(len(name) <= 40 for name in names or [])
        if table["x"] is not None:
            widths = {len(row) for row in table["x"]}
            assert len(widths) == 1
            assert 1 <= widths.pop() <= 8
            numbers = [number for row in table["x"] for number in row]
            assert all(math.isfinite(one) and abs(one) <= 1_000_000 for one in numbers)


@settings(max_examples=15, **QUIET)
@given(
    x=st.integers(1, 8).flatmap(
        lambda width: st.lists(
            st.lists(st.integers(-(10**6), 10**6), min_size=width, max_size=width),
            min_size=1,
            max_size=16,
        )
    ),
    separator=st.sampled_from(",;\t"),
)
def test_a_table_with_names_comes_back_as_it_was_written(desk, x, separator):
    rows = [f'row "{i}"{separator}x' for i in range(len(x))]
    columns = [f"column{i}" for i in range(len(x[0]))]
    written = io.StringIO()
    lines = csv.writer(written, delimiter=separator)
    lines.writerows([["", *columns], *([name, *row] for name, row in zip(rows, x, strict=True))])
    (found,) = parsed(desk, written.getvalue())
    names = [" ".join(name.split()) for name in rows]
    assert found == {"table": {"rows": names, "columns": columns, "x": x}}


def paste(page, text):
    page.get_by_test_id("paste").click()
    page.get_by_test_id("paste-field").fill(text)
    page.get_by_test_id("paste-use").click()


@pytest.mark.parametrize("kind", ["attention", "dot_product"])
def test_a_pasted_table_stands_on_the_table_and_can_be_undone(desk, kind):
    go(desk, f"#kind={kind}")
    before = read(desk).scene()
    paste(desk, "\theat\tcold\nfire\t5\t−1\nice\t0,5\t9")
    expect(desk.get_by_test_id("paste-dialog")).to_be_hidden()
    scene = assert_agrees(desk).scene()
    assert (scene.rows, scene.columns) == (["fire", "ice"], ["heat", "cold"])
    assert scene.x == [[5, -1], [0.5, 9]]
    expect(desk.get_by_test_id("paste")).to_be_focused()
    desk.get_by_test_id("undo").click()
    assert assert_agrees(desk).scene() == before


def test_the_words_of_a_sentence_become_the_rows(desk):
    paste(desk, "the dog chased the cat away")
    scene = assert_agrees(desk).scene()
    assert scene.rows == ["the", "dog", "chased", "the", "cat", "away"]
    assert scene.x[4:] == [[0, 0, 0], [0, 0, 0]]


def test_what_is_wrong_is_said_and_nothing_is_lost(desk):
    before = read(desk).scene()
    paste(desk, "a,b\n1,<img src=x>")
    problem = desk.get_by_test_id("paste-problem")
    expect(problem).to_have_text(
        "Every cell except the names must be a number; line 2 has “<img src=x>”."
    )
    expect(desk.get_by_test_id("paste-field")).to_have_value("a,b\n1,<img src=x>")
    desk.get_by_test_id("paste-close").click()
    assert assert_agrees(desk).scene() == before


def test_a_gate_has_one_column(desk):
    go(desk, "#lesson=gate&stage=flow")
    paste(desk, "1,2")
    expect(desk.get_by_test_id("paste-problem")).to_contain_text("can have 1 to 1 columns")
    desk.get_by_test_id("paste-field").fill("loud\t3\nquiet\t1")
    desk.get_by_test_id("paste-use").click()
    scene = assert_agrees(desk).scene()
    assert (scene.rows, scene.x) == (["loud", "quiet"], [[3], [1]])


def leave_and_paste(page):
    """Press the keys where no field has the focus."""
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Control+V")


def test_what_is_pasted_onto_the_page_opens_the_sheet_but_not_in_a_field_nor_where_it_is_hidden(
    desk,
):
    dialog = desk.get_by_test_id("paste-dialog")
    copy(desk, "1,2")
    desk.get_by_test_id("x-0-0-number").select_text()
    desk.keyboard.press("Control+V")
    expect(desk.get_by_test_id("x-0-0-number")).to_have_value("1,2")
    expect(dialog).to_be_hidden()
    leave_and_paste(desk)
    expect(dialog).to_be_visible()
    expect(desk.get_by_test_id("paste-field")).to_have_value("1,2")
    desk.keyboard.press("Escape")
    go(desk, "#hide=x")
    leave_and_paste(desk)
    expect(dialog).to_be_hidden()
    expect(desk.get_by_test_id("paste")).to_be_hidden()
