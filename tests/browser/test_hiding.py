"""What a teacher hides is not there: not for the eye, the hand, the keyboard or a screen reader."""

from __future__ import annotations

import re
from itertools import chain

import pytest
from playing import TABS, address_at_rest, assert_agrees, assert_fits, drag, go, notices
from playwright.sync_api import expect

# What each name takes off the page, by the beginnings of test ids.
HIDDEN = {tab: [f"tab-{tab}"] for tab in TABS[1:]}
HIDDEN |= {name: [name, f"step-{name}"] for name in ("predict", "challenge")}
HIDDEN |= {name: [name] for name in ("kind", "activation", "bias")}
HIDDEN |= {name: [name] for name in ("temperature", "reset", "formula", "keras", "share")}
HIDDEN |= {name: [f"{name}-"] for name in ("x", "w", "mask", "product", "logit", "score")}
HIDDEN |= {
    "lesson": ["lesson", "level-", "lesson-next", "lesson-previous", "challenge-next"],
    "story": ["lesson-story", "lesson-title"],
    "stage": ["stage", "stage-"],
    "output": [f"output-{place}" for place in range(4)],
    "b": ["b-", "bias"],
    "query": ["q-"],
    "rows": ["add-row", "remove-row-"],
    "columns": ["add-column", "remove-column-"],
    "train": ["descent", "train-"],
    "take": ["take-"],
    "lang": ["lang-"],
    "projector": ["projector"],
    "class": ["class-"],
}
OF_SELF = {name: [f"{name}-", f"matrix-{name}"] for name in ("wq", "wk", "wv", "pos")}
OF_SELF |= {name: [name] for name in ("heads", "head", "positions")}
OF_SELF["head"] += ["stage-head-"]
OF_SELF |= {"causal": ["causal_mask"], "asks": ["asks-", "stage-asks-"]}
HIDDEN |= OF_SELF
SELF = "#lesson=query&kind=self_attention&wq=1,0;0,1;0,0&wv=1,0;0,1;0,0&heads=2&positions=learned"
KINDS = ["attention", "gate", "scaled_dot_product"]
IN_THE_TABLE = ["x", "w", "b", "query", "mask", "product", "logit", "score", "output", "rows"]
IN_THE_TABLE += ["columns", "bias", "activation"]

# Opens each fragment, and says what can be reached of the test ids that begin so.
_REACHED = """(cases) => cases.map(([fragment, starts]) => {
    history.replaceState(history.state, "", location.pathname + fragment);
    dispatchEvent(new HashChangeEvent("hashchange"));
    document.activeElement.blur(); // what an earlier test has left there
    const isNamed = ({ dataset: { testid } }) => starts.some((start) =>
        start.endsWith("-") ? testid.startsWith(start) : testid === start);
    const isReached = (node) => {
        if (node.checkVisibility({ visibilityProperty: true })) return true;
        node.focus();
        return document.activeElement === node;
    };
    return [...document.querySelectorAll(".playground [data-testid]")]
        .filter((node) => isNamed(node) && isReached(node)).map((node) => node.dataset.testid);
})"""


def reached(page, *cases):
    """For each case, a fragment and names of what can be hidden: what can be reached of that."""
    starts = [(at, list(chain(*(HIDDEN[name] for name in names)))) for at, names in cases]
    return page.evaluate(_REACHED, starts)


def test_every_name_is_tried_and_all_of_it_is_there_when_nothing_is_hidden(desk):
    go(desk, "#tab=teach")
    boxes = desk.get_by_test_id("hide-card").locator("fieldset input")
    expect(boxes.first).to_be_attached()  # the tab's scripts come when it is opened
    names = boxes.evaluate_all("(all) => all.map((one) => one.dataset.testid.slice(5))")
    assert {*names, "teach"} == set(HIDDEN)
    places = ["#lang=en", SELF, *(f"#lesson=fear&kind={kind}" for kind in KINDS)]
    found = list(chain(*reached(desk, *((place, HIDDEN) for place in places))))
    for name, starts in HIDDEN.items():
        assert any(testid.startswith(tuple(starts)) for testid in found), name


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_hidden_can_not_be_reached(desk, kind):
    names = HIDDEN if kind == "attention" else IN_THE_TABLE  # the others know nothing of a kind
    cases = [(f"#lesson=fear&kind={kind}&hide={name}", [name, "teach"]) for name in names]
    cases += [("#hide=class", ["class"])]
    cases += [(f"{SELF}&hide={name}", [name]) for name in OF_SELF]
    found = reached(desk, *cases)
    assert not [(case, left) for case, left in zip(cases, found, strict=True) if left]


def test_it_is_as_hidden_on_a_phone(phone):
    for name in ("mask", "b", "w", "x", "output", "rows"):
        before, after = reached(phone, ("#", [name]), (f"#hide={name}", [name]))
        assert before
        assert not after
        assert_fits(phone)


# What a row says from its product to what it adds up to, such as "7.00+-2=5.00".
_EQUATIONS = """() => [...document.querySelectorAll("tr.step")].map((row) => {
    const sign = (node) => getComputedStyle(node, "::before").content.replace(/"|none/g, "");
    const parts = {
        ".product": (cell) => cell.textContent,
        ".b-cell": (cell) => sign(cell.querySelector(".pair")) + cell.querySelector(".typed").value,
        ".logit": (cell) => sign(cell) + cell.textContent,
        ".no-logit .score": (cell) => sign(cell) + cell.textContent, // which it is then
    };
    return Object.entries(parts).map(([selector, read]) => {
        const cell = [...row.cells].find((one) => one.matches(selector));
        return cell?.offsetParent ? read(cell) : "";
    }).join("").replaceAll("−", "-");
})"""


def test_what_is_left_in_sight_is_no_false_equation(desk):
    attention = ["", "b", "product", "b,product", "logit", "b,logit", "score,b", "w", "x", "mask"]
    gate = ["w", "b", "w,b", "w,product,b"]
    cases = [("attention", hide) for hide in attention] + [("gate", hide) for hide in gate]
    for kind, hide in cases:
        go(desk, f"#lesson=general&kind={kind}&b=1,-2,3,4&hide={hide}")
        for equation in desk.evaluate(_EQUATIONS):
            left, is_equal, right = equation.partition("=")
            assert "…" in left or not is_equal or eval(left) == float(right), (hide, equation)
            assert hide or "…" not in left


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
    go(desk, "#hide=learn,reading&tab=learn")
    expect(notices(desk)).to_have_count(1)
    expect(desk.locator("#panel-play")).to_be_visible()
    expect(desk.locator("#panel-learn")).to_be_hidden()
    desk.get_by_test_id("tab-play").focus()
    for key, tab in (("ArrowLeft", "variations"), ("ArrowRight", "play")):
        desk.keyboard.press(key)
        expect(desk.get_by_test_id(f"tab-{tab}")).to_be_focused()


def test_names_are_taken_as_people_write_them_and_an_unknown_one_is_said(desk):
    go(desk, "#hide=q,languages,add-row,tab-learn,level,mask,mask")
    expect(notices(desk)).to_have_count(0)
    assert address_at_rest(desk).endswith("hide=learn,lesson,query,mask,rows,lang")
    go(desk, "#hide=mask,frog,__proto__")
    expect(notices(desk)).to_have_count(2)
    expect(desk.get_by_test_id("mask-0")).to_be_hidden()
    assert_agrees(desk)


def test_all_that_can_be_hidden_at_once_stays_so_while_one_plays(desk):
    names = [name for name in HIDDEN if name != "x"]
    go(desk, f"#hide={','.join(names)}")
    expect(notices(desk)).to_have_count(0)
    drag(desk, "x-1-0", 0.7)
    hidden = address_at_rest(desk).partition("hide=")[2]
    assert set(hidden.split(",")) == set(names)


def test_the_panel_of_boxes_builds_the_link(desk):
    go(desk, "#lesson=love&tab=teach")
    for name in ("learn", "mask", "temperature", "view"):
        desk.get_by_test_id(f"hide-{name}").check()
    link = desk.get_by_test_id("hide-link").input_value()
    assert link.endswith("#lesson=love&hide=learn,temperature,mask&view=projector")
    expect(desk.get_by_test_id("hide-open")).to_have_attribute("href", link)
    desk.get_by_test_id("hide-view").uncheck()
    assert desk.get_by_test_id("hide-link").input_value() == link.removesuffix("&view=projector")


def test_a_hidden_number_has_no_large_control_either(desk):
    go(desk, "#lesson=fear&hide=b")
    expect(desk.locator(".touch-strip").get_by_role("slider", name="bias")).to_have_count(0)
    expect(desk.locator(".touch-strip").get_by_role("slider", name="fear")).to_have_count(1)
