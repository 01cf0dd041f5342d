"""In front of thirty people: the lesson, its picture and its table, large, and a way back."""

from __future__ import annotations

import re

import pytest
from playing import DESK, address_at_rest, assert_fits, drag, go, notices
from playwright.sync_api import expect

from attention.lessons import load_lessons
from attention.texts import languages, texts

GONE = ["share", "lang-ru", "tab-play", "lesson", "kind", "temperature", "reset", "add-row"]
GONE += ["formula", "descent", "keras", "take-csv"]
STAYS = ["lesson-story", "stage", "w-0", "x-3-0", "b-3", "weight-3", "mask-3", "output-0"]
SIZES = [(1280, 720), (1024, 768)]


@pytest.fixture
def beamer(desk):
    desk.set_viewport_size({"width": 1280, "height": 720})
    yield desk
    desk.set_viewport_size(DESK)


def letters(page, testid):
    """Their height on the screen, in pixels."""
    return page.get_by_test_id(testid).evaluate(
        "(node) => parseFloat(getComputedStyle(node).fontSize) * (node.currentCSSZoom ?? 1)"
    )


@pytest.mark.parametrize(("size", "lang"), [(SIZES[0], "en"), (SIZES[1], "ru")])
def test_story_picture_and_table_fill_the_screen_and_nothing_else_is_there(beamer, size, lang):
    beamer.set_viewport_size({"width": size[0], "height": size[1]})
    go(beamer, f"#lang={lang}")
    before = letters(beamer, "weight-3")
    go(beamer, f"#view=projector&lang={lang}")
    for testid in GONE:
        expect(beamer.get_by_test_id(testid)).to_be_hidden()
    for testid in STAYS:
        expect(beamer.get_by_test_id(testid)).to_be_in_viewport(ratio=1)
    assert_fits(beamer)
    assert letters(beamer, "weight-3") >= before * (1 if size[0] == 1280 else 0.8)
    way_out = beamer.get_by_test_id("projector-exit").bounding_box()
    card = beamer.get_by_test_id("lesson-card").bounding_box()
    assert card["x"] + card["width"] <= way_out["x"]  # it covers nothing


def test_on_a_large_screen_the_picture_takes_about_half_and_all_is_larger(beamer):
    go(beamer, "#lesson=fear")
    before = letters(beamer, "weight-3")
    beamer.set_viewport_size({"width": 1920, "height": 1080})
    go(beamer, "#lesson=fear&view=projector")
    stage = beamer.get_by_test_id("stage").bounding_box()
    assert stage["height"] > 0.45 * 1080
    assert letters(beamer, "weight-3") > 1.1 * before


def test_a_board_that_one_touches_shows_the_table_no_smaller(open_page):
    screen = {"width": 1280, "height": 720}
    board = open_page("#view=projector", viewport=screen, has_touch=True, is_mobile=True)
    assert board.evaluate("matchMedia('(hover: none)').matches")
    board.wait_for_function("document.querySelector('.frame').currentCSSZoom >= 1", timeout=5_000)


@pytest.fixture
def large(beamer):
    """A screen on which the projector enlarges, with the ghost on it."""
    beamer.set_viewport_size({"width": 1920, "height": 1080})
    go(beamer, "#lesson=fear&view=projector&stage=plane")
    assert beamer.locator(".frame").evaluate("(node) => node.currentCSSZoom") > 1.2
    return beamer


def test_a_word_is_explained_where_it_stands(large):
    for name in ("weight", "output"):
        large.locator(f"[data-testid='term-{name}']:visible").hover()
        tip = large.get_by_role("tooltip")
        expect(tip).to_be_in_viewport(ratio=1)
        word = large.locator(f"[data-testid='term-{name}']:visible").bounding_box()
        said = tip.bounding_box()
        assert said["x"] <= word["x"] + 1
        assert said["x"] + said["width"] >= word["x"]
        assert 0 <= word["y"] - (said["y"] + said["height"]) < 20


def test_a_point_stays_under_the_hand(large):
    box = large.get_by_test_id("point-3").bounding_box()
    middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    large.mouse.move(*middle)
    large.mouse.down()
    large.mouse.move(middle[0] + 120, middle[1] - 60, steps=3)
    now = large.get_by_test_id("point-3").bounding_box()
    assert now["x"] + now["width"] / 2 == pytest.approx(middle[0] + 120, abs=3)
    assert now["y"] + now["height"] / 2 == pytest.approx(middle[1] - 60, abs=3)


def test_what_one_saw_rises_on_the_screen_beside_the_hand(large):
    drag(large, "x-3-0", 1)
    insight = large.get_by_test_id("insight")
    expect(insight).to_be_in_viewport(ratio=1)
    hand, card = large.get_by_test_id("x-3-0").bounding_box(), insight.bounding_box()
    assert card["x"] <= hand["x"] + hand["width"] <= card["x"] + card["width"]


_CORNERS = """async (fragments) => {
    const found = {};
    for (const fragment of fragments) {
        history.replaceState(history.state, "", location.pathname + fragment);
        dispatchEvent(new HashChangeEvent("hashchange"));
        await new Promise(requestAnimationFrame); // after the one that the page waits for
        const cells = document.querySelectorAll("#panel-play [data-testid^='mask-'],"
            + "#panel-play [data-testid^='weight-'], #panel-play table");
        const boxes = [...cells].map((cell) => cell.getBoundingClientRect());
        found[fragment] = ["right", "bottom"].map((side) =>
            Math.max(...boxes.map((box) => box[side])));
    }
    return found;
}"""


@pytest.mark.parametrize("size", SIZES)
def test_every_lesson_shows_its_whole_table_without_scrolling(beamer, size):
    beamer.set_viewport_size({"width": size[0], "height": size[1]})
    # On the smaller screen those with the most columns, and the one with the longest texts.
    lessons = load_lessons()[0] if size[0] == 1280 else ["sqrt-d", "gate", "dead-bias"]
    addresses = [f"#view=projector&lesson={n}&lang={lang}" for n in lessons for lang in languages()]
    corners = beamer.evaluate(_CORNERS, addresses)
    outside = {at: end for at, end in corners.items() if end[0] > size[0] or end[1] > size[1]}
    assert not outside


def test_what_a_lesson_is_about_is_shown_beside_its_table(beamer):
    shown = {
        "temperature": ["temperature"],
        "sqrt-d": ["kind", "temperature"],
        "two-hundreds": ["activation"],
        "overflow": ["formula"],
        "dead-bias": ["activation", "train-play"],
    }
    asked = {testid for testids in shown.values() for testid in testids}
    for lesson, testids in shown.items():
        go(beamer, f"#view=projector&lesson={lesson}")
        for testid in testids:
            expect(beamer.get_by_test_id(testid)).to_be_in_viewport(ratio=1)
        for testid in asked - set(testids):
            expect(beamer.get_by_test_id(testid)).to_be_hidden()
    go(beamer, "#view=projector&lesson=temperature&hide=temperature")
    expect(beamer.get_by_test_id("temperature")).to_be_hidden()


MATRICES = ("wq", "wk", "wv", "pos")
CHANGED = {  # what is to be moved there, beside the table
    "lesson=key-value": {"wk"},
    "lesson=who-asks": {"wq"},
    "lesson=order": {"pos"},
    "lesson=two-heads": {"wq", "heads"},
    "lesson=block": {"wq"},
    "puzzle=step_before": {"wq", "wk", "causal_mask"},
    "puzzle=two_heads": {"wq", "wk", "heads"},
}
_STORY = """() => {
    const texts = "[data-testid='lesson-story'], [data-testid='puzzle-task']";
    const story = [...document.querySelectorAll(texts)].find((one) => one.offsetHeight);
    const frame = document.querySelector(".playground");
    return [parseFloat(getComputedStyle(story).lineHeight) * (story.currentCSSZoom ?? 1),
        frame.getBoundingClientRect().bottom + scrollY];
}"""


@pytest.mark.parametrize("size", [(1280, 720), (1024, 576)])
def test_of_self_attention_only_what_is_to_be_changed_is_shown_in_large_type(beamer, size):
    beamer.set_viewport_size({"width": size[0], "height": size[1]})
    for lang in languages():
        for at, changed in CHANGED.items():
            go(beamer, f"#view=projector&{at}&lang={lang}")
            shown = {f"matrix-{name}": name for name in MATRICES}
            shown |= {name: name for name in ("heads", "causal_mask", "positions")}
            for testid, name in shown.items():
                if name in changed:
                    expect(beamer.get_by_test_id(testid)).to_be_in_viewport(ratio=1)
                else:
                    expect(beamer.locator(f"[data-testid='{testid}']:visible")).to_have_count(0)
            expect(beamer.get_by_test_id("output-0")).to_be_hidden()  # the flow says it
            line, foot = beamer.evaluate(_STORY)
            assert line >= (18 if size[0] == 1280 else 15.5), (at, lang)
            assert foot <= size[1], (at, lang)


@pytest.mark.parametrize(("lesson", "answer"), [("fear", "skip"), ("order", "choice-0")])
def test_what_is_said_of_an_answer_pushes_nothing_off_the_screen(open_page, lesson, answer):
    screen = {"width": 1280, "height": 720}
    page = open_page(f"#view=projector&lesson={lesson}", viewport=screen)
    page.get_by_test_id("step-next").click()
    page.get_by_test_id(f"predict-{answer}").click()
    expect(page.get_by_test_id("predict")).not_to_have_attribute("data-state", "open")
    foot = "document.querySelector('.playground').getBoundingClientRect().bottom + scrollY"
    page.wait_for_function(f"{foot} <= innerHeight", timeout=5_000)


def test_where_the_flow_is_not_in_sight_the_table_says_the_output(beamer):
    go(beamer, "#view=projector&lesson=two-heads")
    expect(beamer.get_by_test_id("output-0")).to_be_hidden()
    beamer.get_by_test_id("stage-softmax").click()
    expect(beamer.get_by_test_id("output-0")).to_be_in_viewport(ratio=1)
    beamer.wait_for_function(f"({_STORY})()[1] <= innerHeight")


def test_a_lesson_that_touches_no_matrix_shows_them_all(beamer):
    go(beamer, "#view=projector&lesson=fear&kind=self_attention")
    for name in ("wq", "wk", "wv"):
        expect(beamer.get_by_test_id(f"matrix-{name}")).to_be_visible()


def test_on_a_narrow_screen_every_slider_has_room_to_be_dragged(beamer):
    beamer.set_viewport_size({"width": 1024, "height": 768})
    for lesson in ("fear", "gate", "order", "sqrt-d"):
        go(beamer, f"#view=projector&lesson={lesson}")
        wide = beamer.locator(".slider:visible").evaluate_all(
            "(sliders) => sliders.map((one) => one.getBoundingClientRect().width)"
        )
        assert len(wide) >= 9 and min(wide) >= 30, lesson


def test_a_phone_that_is_given_the_link_shows_its_own_page(phone):
    expect(phone.get_by_test_id("projector")).to_be_hidden()
    go(phone, "#view=projector")
    expect(phone.get_by_test_id("lesson")).to_be_visible()
    assert_fits(phone)
    go(phone)


def test_the_keys_of_a_clicker_lead_from_lesson_to_lesson(beamer):
    names = list(load_lessons()[0])
    before = names[names.index("love") - 1]
    go(beamer, "#view=projector&lesson=love")
    beamer.keyboard.press("PageUp")
    assert address_at_rest(beamer) == f"lesson={before}&view=projector"
    drag(beamer, "x-0-0", 0.2)
    beamer.keyboard.press("PageDown")
    assert address_at_rest(beamer) == "lesson=love&view=projector", "also after a drag"
    beamer.get_by_test_id("x-0-0-number").focus()
    beamer.keyboard.press("PageDown")
    assert "lesson=love" in address_at_rest(beamer), "not while one types"
    go(beamer, "#view=projector&hide=lesson")
    beamer.keyboard.press("PageDown")
    assert address_at_rest(beamer) == "hide=lesson&view=projector"
    assert "Page" not in beamer.get_by_test_id("projector-exit").get_attribute("title")


@pytest.mark.every_engine
def test_a_button_leads_there_and_escape_or_a_button_back_unless_that_is_hidden(beamer):
    beamer.get_by_test_id("projector").click()
    assert address_at_rest(beamer) == "view=projector"
    beamer.keyboard.press("Escape")
    expect(beamer.get_by_test_id("projector")).to_be_focused()
    assert address_at_rest(beamer) == ""
    go(beamer, "#view=projector&lesson=love&tab=learn")
    expect(beamer.get_by_test_id("lesson-story")).to_be_visible()
    beamer.get_by_test_id("projector-exit").click()
    expect(beamer.get_by_test_id("lesson")).to_be_visible()
    assert address_at_rest(beamer) == "lesson=love"
    go(beamer, "#view=projector&hide=projector")
    expect(beamer.get_by_test_id("projector-exit")).to_be_hidden()
    beamer.keyboard.press("Escape")
    assert "view=projector" in address_at_rest(beamer)
    go(beamer, "#view=cinema")
    expect(notices(beamer)).to_have_count(1)
    expect(beamer.get_by_test_id("kind")).to_be_visible()


def test_only_what_a_projector_shows_leads_there(beamer):
    button = beamer.get_by_test_id("projector")
    for tab in ("learn", "variations", "reading", "teach"):
        go(beamer, f"#tab={tab}")
        expect(beamer.get_by_test_id(f"tab-{tab}")).to_have_attribute("aria-selected", "true")
        expect(button).to_be_hidden()
    beamer.get_by_test_id("tab-play").click()
    expect(button).to_be_visible()


@pytest.mark.parametrize("lang", languages())
def test_an_address_of_another_tab_is_told_why_it_is_not_there_and_both_ways_out_are_free(
    beamer, lang
):
    go(beamer, f"#view=projector&tab=learn&lang={lang}")
    expect(notices(beamer)).to_have_text(
        [re.compile(re.escape(texts()[lang]["notice_projector_tab"].format(came="learn")))]
    )
    dismiss = notices(beamer).get_by_role("button")
    notice, way_out = dismiss.bounding_box(), beamer.get_by_test_id("projector-exit").bounding_box()
    assert notice["x"] + notice["width"] <= way_out["x"]
    dismiss.click()
    expect(notices(beamer)).to_have_count(0)
    expect(beamer.locator(".playground")).to_have_attribute("data-view", "projector")
    go(beamer, f"#view=projector&tab=nowhere&lang={lang}")
    expect(notices(beamer)).to_contain_text(["nowhere"])
