"""What of the page's scripts runs at once, and what is a file of its own that comes later."""

from __future__ import annotations

import gzip
import json

import httpx
import pytest

from attention import scripts
from attention.late_scripts import EXPORT, parts
from attention.scripts import modules, script
from attention.ui.page_script import PageScript
from attention.ui.playground import Playground

LATE = ("variations", "learn", "reading", "teach")


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A folder of modules in place of the page's: `house(a='import …')`."""
    monkeypatch.setattr(scripts, "PAGE", tmp_path)

    def write(**files: str) -> None:
        for name, text in files.items():
            (tmp_path / f"{name}.js").write_text(text, "utf-8")

    yield write
    modules.cache_clear()
    parts.cache_clear()


def names(files) -> list[str]:
    return [file.stem for file in files]


BASE = "export const base = 1;\n"
FIRST = """import { base } from "./base.js";
export const later = () => import("./late.js").then(({ sum }) => sum(base));
"""
SUM = """import { base } from "./base.js";
export function sum(number) { return number + base; }
"""


def test_a_late_script_holds_what_the_first_has_not(house):
    house(
        base=BASE, late='import { more } from "./more.js";\n' + SUM, more="export const more = 1;\n"
    )
    house(first=FIRST)
    found = parts("first.js")
    assert names(found.first) == ["base", "first"]
    assert [names(files) for files in found.late.values()] == [["more", "late"]]


def test_it_takes_the_very_objects_of_the_first(house, blank_page):
    house(base="export const base = { many: 1 };\n", first=FIRST.replace("sum(base)", "sum()"))
    house(late=SUM.replace("number + base", "base"))
    found = parts("first.js")
    run = """([first, late]) => {
      const bring = async (name) => new Function("SHARED", late[name])(SHARED());
      const { base, later, SHARED } =
        new Function("BRING", `${first}; return { base, later, SHARED };`)((name) => bring(name));
      return later().then((given) => given === base);
    }"""
    assert blank_page.evaluate(run, [found.first_script(), found.late_scripts()])


def test_what_two_late_scripts_need_is_in_the_first(house):
    both = 'import { base } from "./base.js";\nexport const {} = base;\n'
    house(base=BASE, one=both.replace("{}", "one"), two=both.replace("{}", "two"))
    house(first='export const all = [() => import("./one.js"), () => import("./two.js")];\n')
    found = parts("first.js")
    assert names(found.first) == ["base", "first"]
    assert [names(files) for files in found.late.values()] == [["one"], ["two"]]


def test_a_type_that_a_comment_imports_is_not_fetched(house):
    house(base=BASE, first='/** @type {import("./base.js").Type} */\nexport const first = 1;\n')
    assert parts("first.js").late == {}


def test_a_name_that_changes_does_not_cross(house):
    house(base="export let base = 1;\n", late=SUM, first=FIRST)
    with pytest.raises(ValueError, match=r"a name that changes; got base of base\.js in late\.js"):
        parts("first.js").first_script()


def test_a_late_script_that_wants_another_later_is_refused(house):
    house(base=BASE, late='export const sum = () => import("./base.js");\n')
    house(first='export const first = () => import("./late.js");\n')
    with pytest.raises(ValueError, match=r"runs at once may import later; got late\.js"):
        parts("first.js")


def test_one_name_in_two_parts_is_refused(house):
    house(base=BASE, late=SUM + "const first = 2;\n")
    house(first=FIRST + "const first = 1;\n")
    with pytest.raises(ValueError, match=r"different names; got first in first\.js and late\.js"):
        parts("first.js")


@pytest.fixture(scope="module")
def page():
    return PageScript({})


def test_the_first_script_holds_nothing_of_the_tabs_that_come_later(page):
    found = parts("gradio.js")
    assert [file.parent.name for file in found.late] == ["puzzles", *LATE]
    for files in found.late.values():
        rooms = {file.relative_to(scripts.PAGE).parts[0] for file in files if file.suffix == ".js"}
        assert rooms <= {*LATE, "puzzles", "core", "ui"}
        for file in (one for one in files if one.suffix == ".js"):
            for name in scripts.declared(file, EXPORT):
                assert f"function {name}(".encode() not in page.first.content, name


def test_nothing_of_the_page_comes_twice_or_not_at_all(page):
    everything = parts("gradio.js").everything()
    assert len(everything) == len(set(everything))
    late = {
        file
        for entry in parts("gradio.js").late
        for file in modules(f"{entry.parent.name}/panel.js")
    }
    assert set(everything) == {*modules("gradio.js"), *late}


def test_the_first_script_is_smaller_by_what_comes_later(page):
    whole = script("gradio.js", *(f"{room}/panel.js" for room in LATE))
    assert len(page.first.packed) < 0.8 * len(gzip.compress(whole.encode(), mtime=0))


def test_a_late_script_is_served_as_the_first_is(address):
    with httpx.Client(base_url=address, timeout=20) as client:
        for file in Playground(render=False).script.late.values():
            answer = client.get(f"/{file.path}")
            assert answer.content == file.content
            assert answer.headers["content-type"].startswith("text/javascript")
            assert "immutable" in answer.headers["cache-control"]
            assert answer.headers["content-encoding"] == "gzip"


def test_the_first_script_knows_where_the_others_are(page):
    paths = {name: file.path for name, file in page.late.items()}
    assert f"const FILES = {json.dumps(paths)};".encode() in page.first.content


def test_what_only_puzzles_say_comes_with_them_in_every_language():
    spoken = {lang: {"puzzle_check": f"{lang} check", "puzzle_mean_title": "Mean", "lesson": "L"}
              for lang in ("en", "ru")}  # fmt: skip
    made = PageScript({"texts": spoken})
    first, late = made.first.content.decode(), made.late["puzzles/panel.js"].content.decode()
    for lang in spoken:
        assert f"{lang} check" in late and f"{lang} check" not in first
    assert "puzzle_mean_title" in first and "puzzle_mean_title" not in late
    assert all("check" not in one.content.decode().split("\n")[1] for name, one in made.late.items()
               if name != "puzzles/panel.js")  # fmt: skip
