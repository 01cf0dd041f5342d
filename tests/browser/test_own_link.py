"""A lesson of one's own keeps its story over a reload, Back and a link, or its loss is told."""

from __future__ import annotations

import base64
import random
import zlib

import pytest
from engines import expect_download
from playing import (
    DESK,
    PHONE,
    SERVER,
    address_at_rest,
    assert_agrees,
    assert_fits,
    drag,
    expect_done,
    go,
    kept,
    next_frame,
    notices,
    read,
    silent_server,
    type_number,
    wait_until_ready,
)
from playwright.sync_api import expect
from test_dropped_lesson import FEAR, MINE, drop
from test_share import read_code

from attention.address import fragment
from attention.lessons import load_lessons, parse_lesson
from attention.lessons.file import LARGEST_FILE
from attention.packing import LONGEST, pack_lesson, unpack_lesson
from attention.texts import texts, typeset
from attention.ui.qr_code import MOST_BYTES

EN, RU = texts()["en"], texts()["ru"]
HOSTILE = "<img src=x onerror=window.hacked=1>"
OTHER = FEAR.replace("Ghosts: fear −100", "Other ghosts").replace(
    "temperature = 20", "temperature = 9"
)
NOISE = base64.b64encode(random.Random(1).randbytes(9_000)).decode()
LARGE = f"# {NOISE}\n{MINE}".replace("My ghosts", "My large ghosts")
FITS = "(node) => node.scrollWidth <= node.clientWidth"
TITLES = [lesson.title["en"] for lesson in load_lessons()[0].values()]
OWN = pack_lesson(MINE)


def packed(text):
    """Whatever it is, as an address would have it."""
    packing = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = packing.compress(text.encode()) + packing.flush()
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def title(page):
    return page.get_by_test_id("lesson-title")


def expect_lesson(page, name, lesson=MINE, lang="en"):
    """Its title, its story, its question and its challenge."""
    wanted = parse_lesson(lesson)
    expect(title(page)).to_have_text(name)
    story = typeset(wanted.story[lang].replace("**", ""))
    expect(page.get_by_test_id("lesson-story")).to_have_text(story)
    assert typeset(wanted.predict.text[lang])[:30] in page.get_by_test_id("predict").text_content()
    challenge = typeset(wanted.challenge.text[lang].replace("**", ""))
    assert challenge[:30] in page.get_by_test_id("challenge").text_content()
    expect(notices(page)).to_have_count(0)


def expect_alone(page, said, words=EN):
    """The table, with no lesson's words over it."""
    expect(title(page)).to_have_text(words["alone_title"])
    expect(page.get_by_test_id("lesson-story")).to_have_text(words["alone_story"])
    expect(page.get_by_test_id("step-predict")).to_be_hidden()
    expect(page.get_by_test_id("step-challenge")).to_be_hidden()
    expect(notices(page).first).to_contain_text(said)
    assert_agrees(page)


def settled(page):
    """The address, once it has followed."""
    return f"#{address_at_rest(page)}"


@pytest.mark.parametrize(("locale", "name"), [("en-US", "My ghosts"), ("ru-RU", None)])
def test_a_dropped_lesson_is_in_the_link_with_what_was_changed(open_page, locale, name):
    page = open_page()
    drop(page, "ghosts.toml", MINE)
    expect(title(page)).to_have_text("My ghosts")
    expect(notices(page)).to_have_text([f"{EN['own_opened'].format(title='My ghosts')}×"])
    assert settled(page).startswith("#own=")
    type_number(page, "x-0-0", "55")
    link = settled(page)
    keys = [pair.partition("=")[0] for pair in link[1:].split("&")]
    assert keys == ["x", "own"]
    assert unpack_lesson(link.partition("own=")[2]) == MINE
    page.get_by_test_id("share").click()
    expect(page.get_by_test_id("share-own")).to_be_hidden()
    expect(page.get_by_test_id("share-link")).to_have_value(page.url)
    assert read_code(page) == page.url, "a phone can read it too"
    for width in (1280, 820, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.get_by_test_id("share-dialog").evaluate(FITS)
    page.set_viewport_size(DESK)
    table = read(page)
    other = open_page(link, locale=locale)
    lang = locale[:2]
    expect_lesson(other, name or parse_lesson(MINE).title["ru"], lang=lang)
    assert read(other).sliders == table.sliders
    expect_done(other, False)
    assert settled(other) == link


def test_loaded_again_it_is_the_same_and_what_was_answered_is_answered(open_page):
    page = open_page()
    drop(page, "ghosts.toml", MINE)
    expect(title(page)).to_have_text("My ghosts")
    drag(page, "x-1-0", 0.6)
    table, link = read(page), settled(page)
    page.reload()
    wait_until_ready(page)
    expect_lesson(page, "My ghosts")
    assert (read(page), settled(page)) == (table, link)
    assert page.get_by_test_id("lesson").locator("option", has_text="My ghosts").count() == 1
    expect(page.get_by_test_id("predict")).to_have_attribute("data-state", "open")
    page.get_by_test_id("step-next").click()
    page.get_by_test_id("predict-skip").click()
    expect(page.get_by_test_id("predict")).not_to_have_attribute("data-state", "open")
    page.reload()
    wait_until_ready(page)
    expect_lesson(page, "My ghosts")
    expect(page.get_by_test_id("predict")).not_to_have_attribute("data-state", "open")
    assert not set(kept(page)["predicted"]) & set(load_lessons()[0]), "apart from those that ship"
    page.evaluate("sessionStorage.clear()")
    go(page, "#lesson=love")
    page.reload()
    wait_until_ready(page)
    page.get_by_test_id("step-next").click()
    page.get_by_test_id("predict-skip").click()
    assert len(kept(page)["predicted"]) == 2, "nor is it lost while other lessons are open"


def test_back_and_forth_across_own_and_shipped_lessons(open_page):
    page = open_page(f"#temperature=3&own={OWN}")
    expect_lesson(page, "My ghosts")
    for step in ("lesson=love", f"own={pack_lesson(OTHER)}", "temperature=5", f"own={OWN}"):
        page.evaluate("(hash) => { location.hash = hash; }", step)
        page.wait_for_timeout(250)
    expect_lesson(page, "My ghosts")
    seen = []
    for _ in range(4):
        page.go_back()
        page.wait_for_timeout(250)
        seen.append((title(page).inner_text(), read(page).sliders["temperature"]))
    love = load_lessons()[0]["love"]
    assert seen == [
        (EN["home_title"], 5),
        ("Other ghosts", 9),
        (love.title["en"], love.start.temperature),
        ("My ghosts", 3),
    ]
    page.go_forward()
    page.go_forward()
    expect_lesson(page, "Other ghosts", OTHER)


def test_no_other_story_is_ever_in_sight_while_the_lesson_is_on_its_way(open_page, browser):
    page = browser.new_context(locale="ru-RU").new_page()
    try:
        page.route(SERVER, lambda route: (page.wait_for_timeout(1_500), route.continue_()))
        page.add_init_script("""
            window.seen = new Set();
            const look = () => {
                const node = document.querySelector("[data-testid='lesson-title']");
                if (node?.checkVisibility({ visibilityProperty: true })) seen.add(node.textContent);
                const said = document.querySelector("[data-testid='awaited']")?.textContent;
                if (said) seen.add(said);
                requestAnimationFrame(look);
            };
            look();
        """)
        page.goto(f"{open_page().url.partition('#')[0]}#own={OWN}")
        name = parse_lesson(MINE).title["ru"]
        expect(title(page)).to_have_text(name)
        expect(title(page)).to_be_visible()
        next_frame(page)
        assert page.evaluate("[...seen]") == [RU["awaited"], name]
        expect(page.get_by_test_id("awaited")).to_be_empty()
    finally:
        page.context.close()


def test_a_later_address_wins_and_nothing_is_written_over_it(open_page):
    page = open_page()
    held = []
    page.route(SERVER, lambda route: held.append(route))
    page.evaluate("(own) => { location.hash = `own=${own}`; }", OWN)
    expect(page.get_by_test_id("awaited")).to_have_text(EN["awaited"])
    expect(title(page)).to_be_hidden()
    page.evaluate("() => { location.hash = 'lesson=love'; }")
    love = load_lessons()[0]["love"].title["en"]
    expect(title(page)).to_have_text(love)
    for route in held:
        route.continue_()
    page.unroute(SERVER)
    assert address_at_rest(page) == "lesson=love"
    expect(title(page)).to_have_text(love)
    expect(title(page)).to_be_visible()
    page.go_back()
    expect_lesson(page, "My ghosts")


def test_of_a_lesson_too_large_the_tab_knows_it_and_a_link_says_that_it_has_the_table(open_page):
    page = open_page()
    with pytest.raises(ValueError, match=f"{LONGEST:,}"):
        pack_lesson(LARGE)
    drop(page, "large.toml", LARGE)
    expect(title(page)).to_have_text("My large ghosts")
    expect(notices(page)).to_contain_text(["A link carries only its table"])
    type_number(page, "x-0-0", "44")
    for button in ("add-row", "add-column"):
        page.get_by_test_id(button).click()
    table, link = read(page), settled(page)
    assert len(link) < 400
    page.reload()
    wait_until_ready(page)
    expect_lesson(page, "My large ghosts", LARGE)
    assert (read(page), settled(page)) == (table, link)
    page.get_by_test_id("share").click()
    expect(page.get_by_test_id("share-own")).to_have_text(EN["share_own"])
    expect(page.get_by_text(EN["share_hint"])).to_be_hidden()
    for locale, words in (("en-US", EN), ("ru-RU", RU)):
        other = open_page(link, locale=locale, viewport=PHONE)
        expect_alone(other, words["notice_table_alone"], words)
        assert read(other).scene().x == table.scene().x
        assert read(other).scene().w == table.scene().w
        text = other.locator(".playground").inner_text()
        assert not [one for one in TITLES if one in text.replace(_options(other), "")]
        assert_fits(other)
        other.reload()
        wait_until_ready(other)
        expect_alone(other, words["notice_table_alone"], words)


def _options(page):
    return page.get_by_test_id("lesson").inner_text()


BROKEN = {
    "letters": ("frog", "must be a lesson’s file, packed by DEFLATE"),
    "hostile": ("%3Cimg src=x onerror=window.hacked=1%3E", "got “<img src=x"),
    "empty": ("", "must be a lesson’s file"),
    "cut off": (OWN[:-9], "must be a lesson’s file"),
    "too long": ("A" * (LONGEST + 1), f"at most {LONGEST} characters; got {LONGEST + 1}"),
    "endless": (packed("#" * 5_000_000), f"at most {LARGEST_FILE} bytes; more came"),
    "no lesson": (packed("level = 1"), "title"),
    "a broken rule": (
        packed(MINE.replace("level = 2", "level = 7")),
        "level: must be one of 1, 2, 3 or 4; got 7",
    ),
    "nothing": ("none", "carries only the table"),
    "unknown": ("file.0123456789abcdef", "carries only the table"),
}


@pytest.mark.parametrize(("own", "said"), BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_opened_is_told_and_the_table_stands_alone(desk, own, said):
    go(desk, f"#x=1,2;3,4;5,6&temperature=3&lesson=love&own={own}")
    expect_alone(desk, said)
    expect(notices(desk)).to_have_count(2)  # and that the lesson's name is ignored
    scene = read(desk).scene()
    assert (scene.x, scene.temperature) == ([[1, 2], [3, 4], [5, 6]], 3)
    assert desk.evaluate("'hacked' in window") is False
    assert "own=" in settled(desk) and "lesson=" not in settled(desk)
    desk.get_by_test_id("lang-ru").click()
    expect(title(desk)).to_have_text(RU["alone_title"])
    desk.get_by_test_id("reset").click()
    expect(title(desk)).to_have_text(RU["home_title"])
    assert settled(desk) == "#lang=ru"


def test_words_of_a_link_are_text(open_page):
    source = MINE.replace("My ghosts", HOSTILE)
    page = open_page(f"#own={pack_lesson(source)}")
    expect_lesson(page, HOSTILE, source)
    assert page.evaluate("'hacked' in window") is False


def test_where_the_server_is_silent_the_link_keeps_its_lesson_for_later(open_page):
    page = open_page()  # a page of its own: the lesson stays in it
    source = MINE.replace("My ghosts", "Ghosts for later")
    with silent_server(page):
        go(page, f"#temperature=3&own={pack_lesson(source)}")
        expect_alone(page, "cannot be opened now")
        assert settled(page) == f"#temperature=3&own={pack_lesson(source)}"
    go(page, f"#{address_at_rest(page)}")
    expect_lesson(page, "Ghosts for later", source)
    assert read(page).sliders["temperature"] == 3


def test_own_stands_beside_what_a_link_hides_and_the_language(open_page):
    page = open_page(f"#lang=ru&hide=mask,teach&view=projector&stage=plane&own={OWN}")
    expect(title(page)).to_have_text(parse_lesson(MINE).title["ru"])
    assert page.get_by_test_id("mask-0").is_hidden()
    assert "lesson=" not in settled(page)
    assert f"own={OWN}" in settled(page)


def test_a_table_alone_makes_no_handout_of_another_lesson_but_a_lesson_of_its_own(desk):
    go(desk, "#x=1,2;3,4&own=none&tab=teach")
    desk.get_by_test_id("handout-save").click()
    expect(desk.get_by_test_id("handout-said")).to_have_text(EN["alone_refused"])
    with expect_download(desk) as saving:
        desk.get_by_test_id("own-save").click()
    lesson = parse_lesson(saving.value.path().read_text("utf-8"))
    assert lesson.start.x == [[1, 2], [3, 4]] and lesson.title["en"] not in TITLES


def test_a_link_of_python_opens_and_so_does_its_handout(open_page, tmp_path):
    scene = parse_lesson(MINE).start.model_copy(update={"temperature": 4})
    page = open_page(f"#{fragment(scene, MINE)}")
    expect_lesson(page, "My ghosts")
    assert read(page).sliders["temperature"] == 4
    page.get_by_test_id("tab-teach").click()
    with expect_download(page) as saving:
        page.get_by_test_id("handout-save").click()
    saving.value.save_as(tmp_path / "own.html")
    handout = open_page("own.html", base=f"file://{tmp_path}")
    expect_lesson(handout, "My ghosts")
    assert read(handout).sliders["temperature"] == 4


def test_a_page_in_one_file_says_that_it_cannot_open_a_lesson_of_a_link(open_page):
    page = open_page(f"play#x=1,2;3,4&own={OWN}")
    expect_alone(page, EN["notice_own_page"])
    assert read(page).scene().x == [[1, 2], [3, 4]]


def test_a_link_longer_than_a_code_is_still_a_link(open_page):
    noise = f"# {NOISE[:3_500]}\n{MINE}"
    own = pack_lesson(noise)
    assert MOST_BYTES < len(own) <= LONGEST
    page = open_page(f"#own={own}")
    expect_lesson(page, "My ghosts", noise)
    page.get_by_test_id("share").click()
    expect(page.get_by_test_id("share-said")).to_contain_text(f"at most {MOST_BYTES}")
    expect(page.get_by_test_id("share-link")).to_have_value(page.url)
    expect(page.get_by_test_id("share-copy")).to_be_enabled()


def test_a_browser_without_streams_says_so_and_marks_the_file(open_page):
    page = open_page()
    page.evaluate("() => { delete window.CompressionStream; delete window.DecompressionStream; }")
    drop(page, "ghosts.toml", MINE)
    expect(notices(page)).to_contain_text(["A link carries only its table"])
    assert "own=file." in settled(page)
    go(page, f"#own={pack_lesson(OTHER)}")
    expect_alone(page, EN["notice_own_browser"])
    assert f"own={pack_lesson(OTHER)}" in settled(page)


def test_the_address_of_a_lesson_packed_elsewhere_is_read_the_same(open_page):
    packing = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = packing.compress(MINE.encode()) + packing.flush()
    other = base64.urlsafe_b64encode(data).decode().rstrip("=")
    assert other != OWN
    page = open_page(f"#own={OWN}")
    expect_lesson(page, "My ghosts")
    page.evaluate("(own) => { location.hash = `own=${own}`; }", other)
    page.wait_for_timeout(300)
    expect_lesson(page, "My ghosts")
    assert page.get_by_test_id("lesson").locator("option", has_text="My ghosts").count() == 1
