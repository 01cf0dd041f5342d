"""What a teacher hides is not there: not for the eye, the hand, the keyboard or a screen reader."""

from __future__ import annotations

import re

import pytest
from playing import address_at_rest, assert_agrees, drag, go
from playwright.sync_api import expect

# What each name takes off the page, by the beginnings of test ids.
HIDDEN = {
    "variations": ["tab-variations"],
    "learn": ["tab-learn"],
    "reading": ["tab-reading"],
    "teach": ["tab-teach"],
    "lesson": ["lesson", "level-", "lesson-next", "lesson-previous", "challenge-next"],
    "story": ["lesson-story", "lesson-title"],
    "predict": ["predict"],
    "challenge": ["challenge"],
    "kind": ["kind"],
    "activation": ["activation"],
    "bias": ["bias"],
    "temperature": ["temperature"],
    "reset": ["reset"],
    "x": ["x-"],
    "w": ["w-"],
    "b": ["b-", "bias"],
    "query": ["q-"],
    "mask": ["mask-"],
    "product": ["product-"],
    "logit": ["logit-"],
    "score": ["score-"],
    "output": ["output-"],
    "rows": ["add-row", "remove-row-"],
    "columns": ["add-column", "remove-column-"],
    "formula": ["formula"],
    "train": ["descent", "train-"],
    "keras": ["keras"],
    "take": ["take-"],
    "lang": ["lang-"],
    "share": ["share"],
    "projector": ["projector"],
}
SCENES = {"query": "kind=dot_product&", "w": "kind=gate&"}

_REACHED = """([starts]) => {
    const named = [...document.querySelectorAll(".playground [data-testid]")].filter((node) => {
        const id = node.dataset.testid;
        return starts.some((start) => start.endsWith("-") ? id.startsWith(start) : id === start);
    });
    return named.filter((node) => {
        document.activeElement.blur();
        node.focus();
        const seen = node.checkVisibility({ visibilityProperty: true });
        return seen || document.activeElement === node;
    }).map((node) => node.dataset.testid);
}"""


def reached(page, name):
    return page.evaluate(_REACHED, [HIDDEN[name]])


def test_every_name_is_tried(desk):
    go(desk, "#tab=teach")
    boxes = desk.get_by_test_id("hide-card").locator("fieldset input")
    names = boxes.evaluate_all("(all) => all.map((one) => one.dataset.testid.slice(5))")
    assert {*names, "teach"} == set(HIDDEN)


@pytest.mark.parametrize("name", HIDDEN)
def test_what_is_hidden_can_not_be_reached(desk, name):
    start = SCENES.get(name, "")
    go(desk, f"#{start}")
    assert reached(desk, name), "it is there when it is not hidden"
    for kind in ("", "kind=gate&", "kind=scaled_dot_product&"):
        go(desk, f"#{start or kind}hide={name}")
        assert reached(desk, name) == []
    expect(desk.get_by_test_id("notices")).to_be_empty()
    expect(desk.get_by_test_id("tab-teach")).to_be_hidden()
    if name != "x":
        drag(desk, "x-1-0", 0.7)
    assert address_at_rest(desk).endswith(f"hide={name}")


@pytest.mark.parametrize("name", ["mask", "b", "w", "x", "output", "rows"])
def test_it_is_as_hidden_on_a_phone(phone, name):
    go(phone)
    assert reached(phone, name)
    go(phone, f"#hide={name}")
    assert reached(phone, name) == []
    width = phone.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]


def test_the_tab_key_passes_by_what_is_hidden(desk):
    go(desk, "#hide=mask,temperature,rows,columns,learn,w,share,lesson,predict")
    desk.get_by_test_id("tab-play").focus()
    seen = []
    for _ in range(60):
        desk.keyboard.press("Tab")
        seen.append(desk.evaluate("document.activeElement.dataset?.testid") or "")
    assert {"x-0-0", "b-3", "kind"} <= set(seen)
    hidden = "mask-|temperature|.*-name-|remove|add-|tab-learn|w-|share|lesson$|level|predict"
    assert not [one for one in seen if re.match(hidden, one)]


def test_the_columns_stand_under_their_heads_whatever_is_hidden(desk):
    for hide in ("mask", "b", "mask,b,product", "logit,score,mask"):
        go(desk, f"#hide={hide}")
        ends = desk.locator("table.layer tr").evaluate_all(
            """(rows) => rows.map((row) => [...row.cells].filter((cell) => cell.offsetParent)
                .reduce((sum, cell) => sum + cell.colSpan, 0))"""
        )
        assert len(set(ends)) == 1, (hide, ends)


def test_a_hidden_tab_does_not_open(desk):
    go(desk, "#hide=learn&tab=learn")
    expect(desk.get_by_test_id("notices").get_by_role("listitem")).to_have_count(1)
    expect(desk.locator("#panel-play")).to_be_visible()
    expect(desk.locator("#panel-learn")).to_be_hidden()
    go(desk, "#hide=learn,reading")
    desk.get_by_test_id("tab-play").focus()
    desk.keyboard.press("ArrowLeft")
    expect(desk.get_by_test_id("tab-variations")).to_be_focused()
    desk.keyboard.press("ArrowRight")
    expect(desk.get_by_test_id("tab-play")).to_be_focused()


def test_names_as_people_write_them(desk):
    go(desk, "#hide=q,languages,add-row,tab-learn,level,mask,mask")
    expect(desk.get_by_test_id("notices")).to_be_empty()
    assert address_at_rest(desk).endswith("hide=learn,lesson,query,mask,rows,lang")


def test_an_unknown_name_is_ignored_and_that_is_said(desk):
    go(desk, "#hide=mask,frog,__proto__")
    expect(desk.get_by_test_id("notices").get_by_role("listitem")).to_have_count(2)
    expect(desk.get_by_test_id("mask-0")).to_be_hidden()
    assert_agrees(desk)


def test_the_panel_of_boxes_builds_the_link(desk):
    go(desk, "#lesson=love&tab=teach")
    for name in ("learn", "mask", "temperature"):
        desk.get_by_test_id(f"hide-{name}").check()
    desk.get_by_test_id("hide-view").check()
    link = desk.get_by_test_id("hide-link").input_value()
    assert link.endswith("#lesson=love&hide=learn,temperature,mask&view=projector")
    expect(desk.get_by_test_id("hide-open")).to_have_attribute("href", link)
    desk.get_by_test_id("hide-view").uncheck()
    go(desk, "#" + desk.get_by_test_id("hide-link").input_value().partition("#")[2])
    expect(desk.get_by_test_id("mask-0")).to_be_hidden()
    expect(desk.get_by_test_id("weight-0")).to_be_visible()
