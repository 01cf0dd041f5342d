"""A handout is one small file that holds all it needs, and nothing from outside can get loose."""

from __future__ import annotations

import base64
import re

import pytest
from handouts import data_of, packed

from attention.address import fragment
from attention.export import handout
from attention.export.one_file import ELSEWHERE
from attention.lessons import load_lessons
from attention.scene import Scene
from attention.scripts import script, style
from attention.texts import ASSETS, languages
from attention.ui.handout import make_handout, make_worksheet

LESSONS = load_lessons()[0]
SCENE = LESSONS["fear"].start
SOURCE = (ASSETS / "lessons/04-fear.toml").read_text("utf-8")


def text_of(answer: dict) -> str:
    return base64.b64decode(answer["content"]).decode()


@pytest.mark.parametrize("name", LESSONS)
def test_every_lesson_is_under_100_kb(name):
    assert len(handout(LESSONS[name], name=name).encode()) < 100_000


def test_it_is_the_page_s_own_code():
    page = handout(LESSONS["fear"], name="fear")
    assert script("handout.js") in packed(page, "script")
    assert packed(page, "style") == style("handout.js")


def test_it_has_one_lesson_without_its_solution_and_every_language():
    data = data_of(handout(LESSONS["fear"], name="fear"))
    assert list(data["lessons"]) == [data["first"]] == ["fear"]
    assert "solution" not in data["lessons"]["fear"]["challenge"]
    assert tuple(data["texts"]) == languages()


def test_its_program_asks_for_no_text_that_it_leaves_out():
    assert not re.search(rf"[\"'`](?:{'|'.join(ELSEWHERE)})\w", script("handout.js"))
    words = data_of(handout(LESSONS["fear"]))["texts"]["en"]
    assert not any(key.startswith(ELSEWHERE) for key in words) and "reset" in words


def test_it_refers_to_nothing_outside():
    page = handout(LESSONS["fear"], name="fear")
    assert not re.findall(r"https?://|(?:src|href)=\"(?!data:)", page)


def test_a_hostile_name_stays_in_its_string():
    evil = "</script><img src=x onerror=alert(1)>"
    scene = Scene(rows=[evil, "<!--"], columns=["</title>"], x=[[1], [2]], w=[1])
    page = handout(LESSONS["fear"], scene, name="fear")
    assert evil not in page and page.count("</script>") == 4
    assert "%3C%2Fscript%3E" in data_of(page)["opening"]


def test_an_address_tells_every_number_in_full():
    scene = Scene(rows=["a"], columns=["f"], x=[[0.1 + 0.2]], w=[1e-7], temperature=0.5)
    told = dict(pair.split("=") for pair in fragment(scene).split("&"))
    assert float(told["x"]) == 0.1 + 0.2 and float(told["w"]) == 1e-7


def test_the_server_makes_both_of_a_lesson_that_ships():
    request = {"lesson": "fear", "scene": SCENE.model_dump(mode="json"), "lang": "ru"}
    made = make_handout(request)
    assert made["name"] == "attention-fear.html"
    assert text_of(made) == handout(LESSONS["fear"], SCENE, name="fear", lang="ru")
    paper = make_worksheet(request | {"count": 2, "seed": 9, "unvaried": True})
    assert paper["name"] == "attention-fear-9.html"
    assert text_of(paper).count('class="sheet"') == 3


def test_the_server_makes_both_of_a_teacher_s_own_lesson():
    request = {"source": SOURCE, "scene": SCENE.model_dump(mode="json")}
    made = make_handout(request)
    assert made["name"] == "attention-own.html"
    assert list(data_of(text_of(made))["lessons"]) == ["own"]
    assert "Variant 1 · seed 9" in text_of(make_worksheet(request | {"count": 1, "seed": 9}))


@pytest.mark.parametrize(
    "wrong",
    [
        {"lesson": "../secret"},
        {"lesson": None},
        {"source": "level = 9"},
        {"lang": "xx"},
        {"scene": {}},
        {"count": 41},
        {"count": 0},
        {"seed": -1},
        {"seed": 0.5},
        {"name": "x.exe"},
    ],
    ids=str,
)
def test_the_server_refuses_what_it_cannot_make(wrong):
    good = {"lesson": "fear", "scene": SCENE.model_dump(mode="json"), "count": 1, "seed": 1}
    assert set(make_worksheet(good | wrong)) == {"error"}
    assert "error" not in make_worksheet(good)
