"""What one takes away is the scene on the table, in every format."""

import pytest
from playing import drag, go, read, rename
from playwright.sync_api import expect

from attention.export import FORMATS, export
from attention.texts import say, texts
from attention.ui.takeaway import take_away

FILES = [name for name, format in FORMATS.items() if format.ending != "py"]
CODES = [name for name in FORMATS if name not in FILES]


@pytest.fixture
def played(desk):
    """A page on which something has been played."""
    desk.get_by_test_id("lang-ru").click()
    drag(desk, "x-1-0", 0.3)
    desk.get_by_test_id("mask-0").uncheck()
    rename(desk, "row-name-2", "<b>${1}</b> $x$ 'a' \"b\"")
    desk.keyboard.press("Enter")
    return desk


@pytest.mark.parametrize("format", FILES)
def test_a_file_is_the_table_as_it_stands(played, format, tmp_path):
    with played.expect_download() as waiting:
        played.get_by_test_id(f"take-{format}").click()
    waiting.value.save_as(tmp_path / "file")
    expected = export(read(played).scene(), format, texts()["ru"])
    assert (tmp_path / "file").read_bytes() == expected
    assert waiting.value.suggested_filename == f"attention.{FORMATS[format].ending}"


@pytest.mark.parametrize("format", CODES)
def test_code_is_shown_and_copied_as_it_is(played, format):
    played.context.grant_permissions(["clipboard-read", "clipboard-write"])
    played.get_by_test_id(f"take-{format}").click()
    expected = export(read(played).scene(), format, texts()["ru"]).decode()
    code = played.get_by_test_id("code")
    expect(played.get_by_test_id(f"take-{format}")).to_have_attribute("aria-pressed", "true")
    assert code.text_content() == expected
    played.get_by_role("button", name=texts()["ru"]["copy"]).click()
    expect(played.get_by_role("button", name=texts()["ru"]["copied"])).to_be_visible()
    assert played.evaluate("navigator.clipboard.readText()") == expected
    played.context.clear_permissions()


def test_code_for_another_table_says_that_it_is_old(desk):
    desk.get_by_test_id("take-numpy").click()
    old = desk.get_by_text(texts()["en"]["code_changed"])
    expect(desk.get_by_test_id("code")).to_contain_text("import numpy")
    expect(old).not_to_be_visible()
    drag(desk, "x-0-0", 0.9)
    expect(old).to_be_visible()
    desk.get_by_test_id("take-numpy").click()
    expect(old).not_to_be_visible()
    expected = export(read(desk).scene(), "numpy", texts()["en"]).decode()
    assert desk.get_by_test_id("code").text_content() == expected


def test_a_new_name_makes_the_code_old(desk):
    go(desk)
    desk.get_by_test_id("take-numpy").click()
    expect(desk.get_by_test_id("code")).to_contain_text("barking dog")
    rename(desk, "row-name-0", "Bello")
    expect(desk.get_by_text(texts()["en"]["code_changed"])).to_be_visible()


def test_the_last_button_that_was_pressed_counts_whatever_answers_first(desk):
    go(desk)
    held = []
    desk.route("**/component_server/", lambda route: held.append(route), times=1)
    try:
        desk.get_by_test_id("take-numpy").click()
        desk.get_by_test_id("take-keras").click()
        expect(desk.get_by_test_id("code")).to_contain_text("import keras")
        drag(desk, "x-0-0", 0.9)
        held[0].continue_()
        desk.wait_for_timeout(500)  # the answer to the first one comes, and is too late
        expect(desk.get_by_test_id("code")).to_contain_text("import keras")
        expect(desk.get_by_text(texts()["en"]["code_changed"])).to_be_visible()
    finally:
        desk.unroute("**/component_server/")


def test_with_code_in_sight_a_drag_still_asks_nothing_of_the_server(desk):
    go(desk)
    desk.get_by_test_id("take-keras").click()
    expect(desk.get_by_test_id("code")).to_contain_text("import keras")
    asked = []
    desk.on("request", lambda request: asked.append(request.url))
    drag(desk, "x-0-0", 0.9)
    desk.wait_for_timeout(400)  # the hand rests
    assert asked == []


def test_a_wrong_request_is_told_what_is_allowed():
    scene = {"rows": ["a"], "columns": ["f"], "x": [[1]], "w": [1]}
    assert f"one of {', '.join(FORMATS)}; got 'exe'" in say(
        take_away({"scene": scene, "format": "exe"})["error"]
    )
    assert "lang: " in say(take_away({"scene": scene, "format": "csv", "lang": "xx"})["error"])
    assert "number" in say(take_away({"scene": scene | {"x": [["1"]]}, "format": "csv"})["error"])
