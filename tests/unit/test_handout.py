"""A handout is one small file that holds all it needs, and nothing from outside can get loose."""

from __future__ import annotations

import base64
import gzip
import re

import pytest
from handouts import data_of, packed

from attention.address import fragment
from attention.export import handout
from attention.export.one_file import DIGITS, LEFT_OUT
from attention.lessons import load_lessons
from attention.lessons.writing import source_of
from attention.scene import Scene
from attention.scripts import script, style
from attention.texts import languages
from attention.ui.handout import make_handout, make_worksheet

LESSONS = load_lessons()[0]
SCENE = LESSONS["fear"].start
REQUEST = {"lesson": "fear", "scene": SCENE.model_dump(mode="json")}


def text_of(answer: dict) -> str:
    return base64.b64decode(answer["content"]).decode()


@pytest.mark.parametrize("name", LESSONS)
def test_every_lesson_is_under_150_kb_and_refers_to_nothing_outside(name):
    page = handout(LESSONS[name], name=name)
    assert len(page.encode()) < 150_000
    assert not re.findall(r"https?://|(?:src|href)=\"(?!data:)", page)


def test_it_is_the_page_s_own_code_with_one_lesson_without_its_solution_in_every_language():
    page = handout(LESSONS["fear"], name="fear")
    assert script("handout.js") in packed(page, "script")
    assert packed(page, "style") == style("handout.js")
    data = data_of(page)
    assert list(data["lessons"]) == ["fear"] and data["home"] is None
    assert "solution" not in data["lessons"]["fear"]["challenge"]
    assert tuple(data["texts"]) == languages()
    # Its program asks for no text that it leaves out.
    for program, left_out in LEFT_OUT.items():
        assert not re.search(rf"[\"'`](?:{'|'.join(left_out)})\w", script(program)), program
    words = data["texts"]["en"]
    assert not any(key.startswith(LEFT_OUT["handout.js"]) for key in words) and "reset" in words


def test_bytes_are_written_in_digits_that_html_has_nothing_to_escape_in():
    assert len(set(DIGITS)) == 85 and not set(DIGITS) & set("<>&\"'")
    page = handout(LESSONS["fear"])
    digits = re.search(r'id="packed-script">(.*)</script>', page)[1]
    assert set(digits) <= set(DIGITS)
    assert len(digits) < 1.26 * len(gzip.compress(packed(page, "script").encode()))


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


def test_the_server_makes_both_of_a_lesson_that_ships_and_of_a_teacher_s_own():
    made = make_handout(REQUEST | {"lang": "ru"})
    assert made["name"] == "attention-fear.html"
    assert text_of(made) == handout(LESSONS["fear"], SCENE, name="fear", lang="ru")
    paper = make_worksheet(REQUEST | {"count": 2, "seed": 9, "unvaried": True})
    assert paper["name"] == "attention-fear-9.html"
    assert text_of(paper).count('class="sheet"') == 3

    own = {"source": source_of("fear"), "scene": REQUEST["scene"]}
    made = make_handout(own)
    assert made["name"] == "attention-own.html"
    assert list(data_of(text_of(made))["lessons"]) == ["own"]
    assert "Variant 1 · seed 9" in text_of(make_worksheet(own | {"count": 1, "seed": 9}))


WRONG = [
    *({"lesson": "../secret"}, {"lesson": None}, {"source": "level = 9"}, {"lang": "xx"}),
    *({"scene": {}}, {"count": 41}, {"count": 0}, {"seed": -1}, {"seed": 0.5}, {"name": "x.exe"}),
]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_the_server_refuses_what_it_cannot_make(wrong):
    good = REQUEST | {"count": 1, "seed": 1}
    assert set(make_worksheet(good | wrong)) == {"error"}
    assert "error" not in make_worksheet(good)
