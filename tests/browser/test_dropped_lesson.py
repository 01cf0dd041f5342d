"""The table is saved as a lesson; a lesson's file opens by a button or by dropping it."""

from __future__ import annotations

import shutil

import pytest
from engines import expect_download
from playing import (
    DESK,
    PHONE,
    address_at_rest,
    assert_agrees,
    assert_fits,
    expect_done,
    go,
    notices,
    read,
    silent_server,
    type_number,
    wait_until_ready,
)
from playwright.sync_api import expect
from serving import serve

from attention.lessons import FOLDER, load_lessons, parse_lesson
from attention.lessons.writing import source_of
from attention.texts import texts
from attention.ui import playground
from attention.ui.page import build_page

FEAR = source_of("fear")
MINE = FEAR.replace("Ghosts: fear −100", "My ghosts").replace("temperature = 20", "temperature = 7")

_DROP = """([type, files]) => {
    const data = new DataTransfer();
    for (const [name, text] of files) data.items.add(new File([text], name));
    const event = new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true });
    document.querySelector("table").dispatchEvent(event);
    return event.defaultPrevented;
}"""


@pytest.fixture(scope="module")
def opened(browser, address):
    """A page of its own: lessons that were opened stay in it."""
    context = browser.new_context(viewport=DESK, locale="en-US")
    yield context.new_page()
    context.close()


@pytest.fixture
def page(opened, address):
    opened.goto(f"{address}/#lang=en&x=1,2,3;4,5,6")
    opened.evaluate("() => sessionStorage.clear()")
    opened.reload()
    wait_until_ready(opened)
    return opened


def drop(page, name, text):
    """Whether the page takes it."""
    page.evaluate(_DROP, ["dragover", [[name, text]]])
    expect(page.get_by_test_id("own-drop")).to_be_visible()
    taken = page.evaluate(_DROP, ["drop", [[name, text]]])
    expect(page.get_by_test_id("own-drop")).to_be_hidden()
    return taken


def expect_title(page, title):
    expect(page.get_by_test_id("lesson-title")).to_have_text(title)


def save(page):
    """The file that the button saves."""
    with expect_download(page) as saving:
        page.get_by_test_id("own-save").click()
    return saving.value.path()


def test_the_table_is_saved_and_the_file_opens_as_the_same_lesson(page):
    before = read(page).scene()
    page.get_by_test_id("tab-teach").click()
    page.get_by_test_id("own-title").fill("Two <b>dogs</b>")
    file = save(page)
    assert parse_lesson(file.read_text("utf-8")).start.x == before.x
    go(page, "#tab=teach")
    page.get_by_test_id("own-file").set_input_files(file)
    expect_title(page, "Two <b>dogs</b>")
    assert assert_agrees(page).scene() == before
    expect(page.get_by_test_id("lesson").locator("option:checked")).to_have_text("Two <b>dogs</b>")
    expect_done(page, False)
    page.get_by_test_id("lang-ru").click()
    expect_title(page, "Two <b>dogs</b>")


def test_a_dropped_lesson_opens_stays_in_the_list_and_its_link_carries_the_table(page):
    assert drop(page, "ghosts.TOML", MINE)
    expect_title(page, "My ghosts")
    done = page.get_by_test_id("notices").locator("[data-kind='done']")
    expect(done).to_contain_text("“My ghosts” is open")
    type_number(page, "b-0", "-3")
    before = read(page).scene()
    assert "lesson=" not in address_at_rest(page)
    page.reload()
    wait_until_ready(page)
    assert read(page).scene() == before
    page.get_by_test_id("lesson").select_option(label="My ghosts")
    assert read(page).sliders["temperature"] == 7
    page.get_by_test_id("lesson").select_option("love")
    assert drop(page, "again.toml", MINE.replace("My ghosts", "My ghosts 2"))
    expect_title(page, "My ghosts 2")
    expect(page.get_by_test_id("lesson").locator("option", has_text="My ghosts")).to_have_count(2)


def test_every_fault_is_told_in_the_pages_language_and_nothing_is_lost(page):
    before = read(page)
    wrong = MINE.replace("w = [1, 0.5, 0.2]", "w = [1, '<b>']")
    assert drop(page, "a.toml", wrong.replace("level = 2", "level = 7"))
    said = page.get_by_test_id("notices")
    line = FEAR[: FEAR.index("w = [1, 0.5")].count("\n") + 1
    expect(said).to_contain_text("“a.toml” is not a lesson yet")
    expect(said).to_contain_text("Line 1, level: must be one of 1, 2, 3 or 4; got 7")
    page.get_by_test_id("lang-ru").click()
    expect(said).to_contain_text("Строка 1, level: допустимо одно из: 1, 2, 3 или 4; получено 7")
    drop(page, "a.toml", wrong)
    expect(said).to_contain_text(f"Строка {line}, scene.w.1: нужно число; получено '<b>'")
    drop(page, "a.toml", "#" * 70_000)
    expect(said).to_contain_text("не больше 65536 байт; в «a.toml» их 70000")
    drop(page, "notes.txt", "Bring chalk.")
    expect(said).to_contain_text("Строка 1: поле — это имя, знак «=» и значение")
    expect(notices(page)).to_have_count(1)  # what the last file was told, and no more
    page.get_by_test_id("lang-en").click()
    assert read(page) == before


def test_of_files_dropped_together_each_is_told_and_the_good_one_opens(page):
    files = [["bad.toml", "level = "], ["good.toml", MINE], ["worse.toml", "x"]]
    page.evaluate(_DROP, ["drop", files])
    expect(notices(page)).to_contain_text(["“bad.toml”", "“My ghosts”", "“worse.toml”"])
    expect_title(page, "My ghosts")


def test_of_files_picked_together_each_is_told_and_the_good_one_opens(page):
    go(page, "#tab=teach")
    files = [("bad.toml", "level = "), ("good.toml", MINE), ("worse.toml", "x")]
    with page.expect_file_chooser() as chooser:
        page.get_by_test_id("own-open").click()
    assert chooser.value.is_multiple()
    chooser.value.set_files(
        [{"name": name, "mimeType": "", "buffer": text.encode()} for name, text in files]
    )
    expect(notices(page)).to_contain_text(["“bad.toml”", "“My ghosts”", "“worse.toml”"])
    expect_title(page, "My ghosts")


def test_a_decimal_comma_and_a_solution_that_solves_nothing_are_told_when_the_file_opens(page):
    drop(page, "a.toml", MINE.replace("w = [1, 0.5, 0.2]", "w = [1, 0,5, 0.2]"))
    expect(notices(page)).to_contain_text(["must have 3 numbers; got 4. A comma begins the next"])
    drop(page, "a.toml", MINE.replace("temperature = 7", "temperature = 0,7"))
    expect(notices(page)).to_contain_text(["a number needs a decimal point: write 0.7; got 0,7"])
    drop(page, "a.toml", MINE.replace("[200, 20, 0]", "[91, 20, 0]"))
    expect(notices(page)).to_contain_text(["challenge.solution: must reach every goal"])
    expect(notices(page)).to_have_count(1)


def test_new_words_beside_old_goals_are_told(page):
    teach = page.locator("#panel-teach")
    go(page, "#tab=teach")
    page.get_by_test_id("own-challenge").fill("Give the dog half.")
    save(page)
    expect(teach).to_contain_text("the file keeps its goals")
    go(page, "#x=1,2,3;4,5,6;7,8,9;1,2,3&tab=teach")
    save(page)
    expect(teach).to_contain_text("Saved as")
    expect(teach).not_to_contain_text("the file keeps its goals")


def test_without_an_answer_the_page_says_so(page):
    with silent_server(page):
        drop(page, "a.toml", MINE)
        expect(notices(page)).to_contain_text([texts()["en"]["server_silent"]])


@pytest.mark.chromium("its driver hears of no file dialog in Firefox")
def test_the_card_fits_a_phone_and_its_button_is_worked_by_keys(page):
    page.get_by_test_id("tab-teach").click()
    page.set_viewport_size(PHONE)
    assert_fits(page)
    with page.expect_file_chooser() as chooser:
        page.get_by_test_id("own-open").press("Enter")
    chooser.value.set_files({"name": "m.toml", "mimeType": "", "buffer": MINE.encode()})
    expect(page.get_by_test_id("lesson-title")).to_be_in_viewport()
    page.set_viewport_size(DESK)


def test_the_page_opens_without_a_broken_lesson_and_names_its_fault(
    open_page, tmp_path, monkeypatch
):
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "04-fear.toml"
    file.write_text(file.read_text("utf-8").replace("w = [1, 0.5, 0.2]", "w = [1]"), "utf-8")
    monkeypatch.setattr(playground, "load_lessons", lambda: load_lessons(tmp_path))
    with serve(build_page()) as url:
        page = open_page(base=url)
        expect(notices(page)).to_contain_text(["scene.w: must have 3 numbers; got 1"])
        expect(notices(page)).to_contain_text(["04-fear.toml"])
        assert page.get_by_test_id("lesson").locator("option[value='fear']").count() == 0
        assert_agrees(page)
