"""Each language is whole, the reader's own comes first, and the switch changes nothing else."""

import json
import re

import pytest
from learning import RECORDED, open_task, shipped
from playing import SLIDERS, TABS, assert_agrees, drag, fragment, go, notices, rename, type_number
from playwright.sync_api import expect
from pseudo import CODE, third_language, unmarked
from serving import serve

from attention.lessons import load_lessons
from attention.texts import languages, texts, typeset
from attention.ui.page import build_page

LESSONS = load_lessons()[0]
TEXTS = texts()

# Every text that somebody can see or hear, within the part of the page that names its language;
# programs and formulas are the same in all of them.
_WORDS = """() => {
    const root = document.querySelector('[data-testid="lesson-story"]').closest("[lang]");
    const said = ["aria-label", "title", "placeholder", "label", "data-label"];
    // What may break into two lines is said whole elsewhere.
    const apart = "[translate=no], [hidden], .column-name, .mostly, .typeset *";
    // A raised power stands in the middle of its text.
    const isText = (child) => child.nodeType === 3 || child.classList?.contains("typeset");
    const textsOf = (node) => [...node.childNodes].filter(isText).map((child) => child.textContent);
    const nodes = [...root.querySelectorAll("*")].filter((node) => !node.closest(apart));
    return nodes.flatMap((node) => [
        ...(node.querySelector(":scope > .typeset") ? [textsOf(node).join("")] : textsOf(node)),
        ...said.map((name) => node.getAttribute(name) ?? ""),
    ]).filter((text) => text.trim());
}"""
SAME = {
    "numpy",
    "keras",
    "tensorflow",
    "tanh",
    "max",  # in the formula of softmax
    "html",
    "python",
    "jupyter",
    "csv",
    "json",
    "png",
    "svg",
    "pdf",
}


def of_no_language(page):
    """The words on the page that no language's file has; the languages name themselves."""
    apart = {*languages(), *(text["language"].lower() for text in texts().values())}
    shown = [text for text in page.evaluate(_WORDS) if text.lower() not in apart]
    cut = "⟦[^⟦⟧]*…(?![^⟦⟧]*⟧)"  # … ends what has no room
    whole = [unmarked(re.sub(cut, "", text)) for text in shown]
    words = {word for text in whole for word in re.findall(r"[^\W\d_]{2,}", text.lower())}
    return words - SAME


def test_every_word_on_the_page_is_of_a_languages_file(open_page, tmp_path):
    with third_language(tmp_path), serve(build_page()) as url:
        page = open_page(base=url)
        page.get_by_test_id(f"lang-{CODE}").click()
        for tab in TABS[1:]:
            page.get_by_test_id(f"tab-{tab}").click()
            assert not of_no_language(page), tab
        for task in RECORDED:
            open_task(page, task, lang=CODE).get_by_test_id("learn-scrubber").press("Home")
            server = shipped(task)
            data = json.dumps([example["truth"] for example in server["examples"]])
            data += json.dumps([one["own"] for one in server["tries"]]).lower()
            assert not [word for word in of_no_language(page) if word not in data], task
        for lesson in LESSONS:
            go(page, fragment(lang=CODE, lesson=lesson))
            assert not of_no_language(page), lesson
        for kind in SLIDERS:
            go(page, fragment(lang=CODE, kind=kind, temperature="0.01", x="1;1;1;1"))
            page.get_by_test_id("add-row").click()
            page.get_by_test_id("mask-0").uncheck()
            page.get_by_test_id("score-0").click()
            type_number(page, "temperature", "0")
            type_number(page, "x-0-0", "99999999")
            type_number(page, "x-0-0", "?")
            assert not of_no_language(page), kind
        go(page, fragment(lang=CODE, x="1", b="1,2", mask="1", temperature="0", rows="7" * 50))
        assert of_no_language(page) <= {"mask", "temperature", "rows"}  # keys are keys
        expect(page.locator("html")).to_have_attribute("lang", CODE)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_page_is_driven_by_label_and_role_and_says_which_language_it_speaks(desk, lang):
    say, lesson = TEXTS[lang], LESSONS["fear"]
    row, column = lesson.rows[lang][3], lesson.columns[lang][0]
    go(desk, f"#lesson=fear&lang={lang}")
    expect(desk).to_have_title(say["page_title"])
    expect(desk.locator("html")).to_have_attribute("lang", lang)
    pressed = desk.get_by_role("group", name=say["choose_language"]).locator("[aria-pressed=true]")
    expect(pressed).to_have_text(lang.upper())
    desk.locator("table").get_by_role(
        "slider", name=say["slider_x"].format(row=row, column=column)
    ).press("End")
    expect(desk.get_by_test_id("challenge")).to_contain_text(say["challenge_done"])
    named = say["typed"].format(name=say["slider_b"].format(row=row))
    desk.locator("table").get_by_role("textbox", name=named, exact=True).fill("-7")
    desk.get_by_role("checkbox", name=say["show_row"].format(name=row)).uncheck()
    kind = desk.get_by_role("combobox", name=say["kind"], exact=True)
    kind.select_option(say["kind_dot_product"])
    table = desk.get_by_role("table", name=say["kind_dot_product"])
    table.get_by_role("slider", name=say["slider_q"].format(column=column)).press("Home")
    kind.select_option(say["kind_attention"])
    desk.get_by_role("combobox", name=say["activation"]).select_option(say["activation_tanh"])
    desk.get_by_role("checkbox", name=say["bias_switch"], exact=True).uncheck()
    desk.get_by_role("slider", name=say["temperature"], exact=True).press("End")
    for button in ("add_row", "add_column", "reset"):
        desk.get_by_role("button", name=say[button]).click()
    desk.get_by_role("button", name=say["remove_column"].format(name=column)).click()
    desk.get_by_role("button", name=say["remove_row"].format(name=lesson.rows[lang][0])).click()
    scene = assert_agrees(desk).scene()
    assert (len(scene.rows), len(scene.columns)) == (3, 2)
    desk.get_by_role("combobox", name=say["lesson"]).select_option(
        typeset(LESSONS["love"].title[lang])
    )
    expect(desk.get_by_role("heading", name=typeset(LESSONS["love"].title[lang]))).to_be_visible()


UNSPOKEN = next(one for one in ("fi-FI", "is-IS", "sw-KE") if one[:2] not in languages())


@pytest.mark.parametrize(("locale", "lang"), [("ru-RU", "ru"), (UNSPOKEN, "en")])
def test_the_readers_browser_chooses_and_the_address_fixes(open_page, locale, lang):
    page = open_page(locale=locale)
    expect(page).to_have_title(TEXTS[lang]["page_title"])
    expect(page.get_by_test_id("row-name-0")).to_have_text(LESSONS["fear"].rows[lang][0])
    other = next(code for code in languages() if code != lang)
    go(page, f"#lang={other}")
    expect(page).to_have_title(TEXTS[other]["page_title"])


def test_the_switch_changes_every_text_and_keeps_the_scene(desk):
    go(desk, "#frog=1")
    drag(desk, "x-3-0", 0.4)
    type_number(desk, "b-1", "-12")
    desk.get_by_test_id("mask-1").uncheck()
    rename(desk, "row-name-0", "Bello")
    desk.get_by_test_id("add-row").click()
    before = assert_agrees(desk)
    desk.get_by_test_id("lang-ru").click()
    expect(desk.get_by_test_id("lang-ru")).to_be_focused()
    expect(notices(desk)).to_contain_text(["такого ключа страница не знает"])
    after = assert_agrees(desk)
    assert (after.sliders, after.checks) == (before.sliders, before.checks)
    assert after.numbers == before.numbers
    names = ["Bello", "тёмный переулок", "завтра экзамен", "призрак 👻", "строка 5"]
    assert after.list("row-name", after.names) == names
    expect(desk).to_have_url(re.compile("lang=ru"))
    desk.get_by_test_id("lang-en").click()
    assert assert_agrees(desk).names == before.names


def test_numbers_in_running_text_have_the_mark_of_the_language(desk):
    go(desk, "#lang=ru&temperature=0.001&x=1e7,2.5,3;4,5,6;7,8,9;1,2,3")
    expect(notices(desk).filter(has_text="0,01")).to_have_count(1)
    desk.get_by_test_id("lang-en").click()
    expect(notices(desk).filter(has_text="0.01")).to_have_count(1)
    assert desk.get_by_test_id("score-1").inner_text().count(".") == 1, "tables keep the point"
