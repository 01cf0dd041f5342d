"""Each language is whole, the reader's own comes first, and the switch changes nothing else."""

import re

import pytest
from learning import RECORDED, open_task
from playing import (
    SLIDERS,
    address_at_rest,
    assert_agrees,
    drag,
    fragment,
    go,
    read,
    rename,
    type_number,
)
from playwright.sync_api import expect
from pseudo import CODE, third_language, unmarked
from serving import serve

from attention.lessons import load_lessons
from attention.lessons.lesson import texts_within
from attention.reading import load_reading
from attention.texts import languages, texts
from attention.ui.page import build_page
from attention.variations import VARIATIONS

LESSONS = load_lessons()[0]
TEXTS = texts()

# Every text that somebody can see or hear, within the part of the page that names its language;
# programs, formulas and sources are the same in all of them.
_WORDS = """() => {
    const root = document.querySelector('[data-testid="lesson-story"]').closest("[lang]");
    const said = ["aria-label", "title", "placeholder", "label", "data-label"];
    const apart = "[translate=no], [hidden]";
    const nodes = [...root.querySelectorAll("*")].filter((node) => !node.closest(apart));
    return nodes.flatMap((node) => [
        ...[...node.childNodes].filter((child) => child.nodeType === 3).map((child) => child.data),
        ...said.map((name) => node.getAttribute(name) ?? ""),
    ]).filter((text) => text.trim());
}"""


def words(text):
    return set(re.findall(r"[^\W\d_]{2,}", text.lower()))


def known_words(lang):
    """All words of a language's files; the languages name themselves, and keys are keys."""
    told = [text[lang] for lesson in LESSONS.values() for _, text in texts_within(lesson)]
    lessons = " ".join(one if isinstance(one, str) else " ".join(one) for one in told)
    lessons += " ".join(entry.why[lang] for entry in load_reading())
    variations = " ".join(f"{one.title[lang]} {one.idea[lang]}" for one in VARIATIONS.values())
    themselves = " ".join(f"{code} {TEXTS[code]['language']}" for code in languages())
    return words(" ".join([*TEXTS[lang].values(), lessons, variations, themselves]))


def visible_words(page):
    return set().union(*map(words, page.evaluate(_WORDS)))


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_word_on_the_page_is_of_its_language(desk, lang):
    known = known_words(lang)
    for name in LESSONS:
        go(desk, fragment(lesson=name, lang=lang))
        assert visible_words(desk) <= known
    for kind in SLIDERS:
        go(desk, fragment(kind=kind, lang=lang))
        desk.get_by_test_id("add-row").click()
        if kind != "gate":
            desk.get_by_test_id("add-column").click()
        assert visible_words(desk) <= known
        desk.get_by_test_id("mask-0").uncheck()
        desk.get_by_test_id("logit-0").click()
        assert visible_words(desk) <= known
    go(desk, fragment(lang=lang, temperature="0.01", x=";".join(["1"] * 16), activation="tanh"))
    assert visible_words(desk) <= known
    type_number(desk, "temperature", "0")
    type_number(desk, "x-0-0", "99999999")
    type_number(desk, "x-0-0", "?")
    rename(desk, "row-name-0", "7" * 50)
    assert visible_words(desk) <= known
    go(desk, fragment(lang=lang, x="1", b="1,2", mask="1", temperature="0", rows="7" * 50 + ",%"))
    assert visible_words(desk) <= known | words("x b mask temperature rows")


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_word_of_a_task_is_of_its_language(desk, lang):
    known = known_words(lang) | {"keras", "tensorflow"}
    for name in RECORDED:
        opened = open_task(desk, name, lang=lang)
        assert visible_words(desk) <= known
        opened.get_by_test_id("learn-code").locator("summary").click()
        opened.get_by_test_id("learn-scrubber").press("Home")
        opened.get_by_test_id("learn-example-1").click()
        assert visible_words(desk) <= known


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_page_is_driven_by_label_and_role(desk, lang):
    say = TEXTS[lang]
    lesson = LESSONS["fear"]
    row, column = lesson.rows[lang][3], lesson.columns[lang][0]
    go(desk, f"#lang={lang}")
    table = desk.get_by_role("table", name=say["kind_attention"])
    slider = desk.get_by_role("slider", name=say["slider_x"].format(row=row, column=column))
    slider.press("End")
    expect(desk.get_by_test_id("challenge")).to_contain_text(say["challenge_done"])
    named = say["typed"].format(name=say["slider_b"].format(row=row))
    desk.get_by_role("textbox", name=named, exact=True).fill("-7")
    desk.get_by_role("checkbox", name=say["show_row"].format(name=row)).uncheck()
    desk.get_by_role("combobox", name=say["kind"], exact=True).select_option(
        say["kind_dot_product"]
    )
    table = desk.get_by_role("table", name=say["kind_dot_product"])
    query = table.get_by_role("slider", name=say["slider_q"].format(column=column))
    query.press("Home")
    desk.get_by_role("combobox", name=say["kind"], exact=True).select_option(say["kind_attention"])
    desk.get_by_role("combobox", name=say["activation"], exact=True).select_option(
        say["activation_tanh"]
    )
    desk.get_by_role("checkbox", name=say["bias_switch"], exact=True).uncheck()
    desk.get_by_role("checkbox", name=say["bias_switch"], exact=True).check()
    desk.get_by_role("slider", name=say["temperature"], exact=True).press("End")
    desk.get_by_role("button", name=say["add_row"]).click()
    desk.get_by_role("button", name=say["add_column"]).click()
    desk.get_by_role("button", name=say["remove_column"].format(name=column)).click()
    desk.get_by_role("button", name=say["remove_row"].format(name=lesson.rows[lang][0])).click()
    scene = assert_agrees(desk).scene()
    assert (scene.activation, scene.temperature, scene.mask[2]) == ("tanh", 50, False)
    desk.get_by_role("button", name=say["reset"]).click()
    desk.get_by_role("combobox", name=say["lesson"]).select_option(LESSONS["love"].title[lang])
    expect(desk.get_by_role("heading", name=LESSONS["love"].title[lang])).to_be_visible()


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_page_says_which_language_it_speaks(desk, lang):
    go(desk, f"#lang={lang}")
    expect(desk).to_have_title(TEXTS[lang]["page_title"])
    expect(desk.locator("html")).to_have_attribute("lang", lang)
    pressed = desk.get_by_role("group", name=TEXTS[lang]["choose_language"]).locator(
        "[aria-pressed='true']"
    )
    expect(pressed).to_have_text(lang.upper())


@pytest.mark.parametrize(("locale", "lang"), [("ru-RU", "ru"), ("de-DE", "en")])
def test_the_readers_browser_chooses_and_the_address_fixes(open_page, locale, lang):
    page = open_page(locale=locale)
    expect(page).to_have_title(TEXTS[lang]["page_title"])
    expect(page.get_by_test_id("row-name-0")).to_have_text(LESSONS["fear"].rows[lang][0])
    other = next(code for code in languages() if code != lang)
    go(page, f"#lang={other}")
    expect(page).to_have_title(TEXTS[other]["page_title"])


def test_the_switch_changes_every_text_and_keeps_the_scene(desk):
    drag(desk, "x-3-0", 0.4)
    type_number(desk, "b-1", "-12")
    desk.get_by_test_id("mask-1").uncheck()
    rename(desk, "row-name-0", "Bello")
    desk.get_by_test_id("add-row").click()
    before = assert_agrees(desk)
    desk.get_by_test_id("lang-ru").click()
    after = assert_agrees(desk)
    assert (after.sliders, after.checks) == (before.sliders, before.checks)
    assert after.numbers == before.numbers
    assert after.list("row-name", after.names) == [
        "Bello", "тёмный переулок", "завтра экзамен", "призрак 👻", "шаг 5",
    ]  # fmt: skip
    assert visible_words(desk) <= known_words("ru") | {"bello"}
    expect(desk).to_have_url(re.compile("lang=ru"))
    desk.get_by_test_id("lang-en").click()
    assert assert_agrees(desk).names == before.names


def test_the_switch_leaves_the_focus_where_it_is(desk):
    desk.get_by_test_id("lang-ru").click()
    expect(desk.get_by_test_id("lang-ru")).to_be_focused()


def test_a_notice_is_said_in_the_new_language_too(desk):
    go(desk, "#frog=1")
    desk.get_by_test_id("lang-ru").click()
    expect(desk.get_by_test_id("notices")).to_contain_text("такого ключа страница не знает")


def test_a_link_from_one_language_opens_in_the_other(desk):
    desk.get_by_test_id("lang-ru").click()
    desk.get_by_test_id("remove-row-0").click()
    expect(desk).to_have_url(re.compile("rows="))
    hash_ = address_at_rest(desk)
    go(desk, "#" + hash_.replace("lang=ru", "lang=en"))
    assert read(desk).list("row-name", read(desk).names) == LESSONS["fear"].rows["en"][1:]


def test_a_third_language_is_offered_and_spoken_everywhere(open_page, tmp_path):
    names = {
        "numpy",
        "keras",
        "html",
        "python",
        "jupyter",
        "csv",
        "json",
        "png",
        "svg",
        "pdf",
    }
    with third_language(tmp_path), serve(build_page()) as url:
        page = open_page(base=url)
        page.get_by_test_id(f"lang-{CODE}").click()
        for tab in ("play", "variations", "learn", "teach"):
            page.get_by_test_id(f"tab-{tab}").click()
            shown = page.evaluate(_WORDS)
            left = {text: words(unmarked(text)) - names for text in shown}
            themselves = [*languages(), *(TEXTS[code]["language"] for code in TEXTS)]
            left = {text for text, found in left.items() if found}
            assert not {text for text in left if not {text, text.lower()} & {*themselves}}, tab
        expect(page.locator("html")).to_have_attribute("lang", CODE)


def test_numbers_in_running_text_have_the_mark_of_the_language(desk):
    go(desk, "#lang=ru&temperature=0.001&x=1e7,2.5,3;4,5,6;7,8,9;1,2,3")
    notices = desk.get_by_test_id("notices")
    expect(notices).to_contain_text("0,01")
    desk.get_by_test_id("lang-en").click()
    expect(notices).to_contain_text("0.01")
    assert desk.get_by_test_id("logit-1").inner_text().count(".") == 1, "tables keep the point"
