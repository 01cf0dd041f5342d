"""A broken lesson file costs its own lesson only, and the page says which rule it breaks."""

import shutil

from playing import assert_agrees
from playwright.sync_api import expect
from serving import serve

from attention.lessons import FOLDER, load_lessons
from attention.ui import playground
from attention.ui.page import build_page


def test_the_page_opens_without_the_broken_lesson_and_names_its_fault(
    open_page, tmp_path, monkeypatch
):
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "04-fear.toml"
    file.write_text(file.read_text("utf-8").replace("w = [1, 0.5, 0.2]", "w = [1]"), "utf-8")
    monkeypatch.setattr(playground, "load_lessons", lambda: load_lessons(tmp_path))
    with serve(build_page()) as url:
        page = open_page(base=url)
        notice = page.get_by_test_id("notices")
        expect(notice).to_contain_text("04-fear.toml")
        expect(notice).to_contain_text("scene.w: must have 3 numbers; got 1")
        expect(page.get_by_role("heading", name="The general")).to_be_visible()
        assert page.get_by_test_id("lesson").locator("option[value='fear']").count() == 0
        assert_agrees(page)
