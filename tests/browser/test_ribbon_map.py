"""Who looks at whom, as ribbons: as thick as the weights, brought out by pointer, tap and key."""

from __future__ import annotations

import numpy as np
import pytest

from attention.scripts import script, style

DRAW = """([body, css, ribbons]) => {
    document.body.className = "playground";
    document.body.replaceChildren();
    document.adoptedStyleSheets = [new CSSStyleSheet()];
    document.adoptedStyleSheets[0].replaceSync(css);
    const map = new Function(`${body}\\nreturn ribbonMap({ testid: "map" });`)();
    document.body.append(map.node);
    map.show(ribbons);
    window.showAgain = map.show;
}"""
RIBBONS = """(nodes) => nodes.map((node) => {
    
    return { ...node.dataset, faint: node.classList.contains("faint"),
        path: node.getAttribute("d") };
})"""


def named(names):
    return [{"name": name, "row": row} for row, name in enumerate(names)]


def draw(page, weights, sources, targets):
    code, css = script("ui/ribbon-map.js"), style("ui/ribbon-map.js")
    ribbons = {"weights": weights, "sources": sources, "targets": targets, "label": "all of it"}
    page.evaluate(DRAW, [code, css, ribbons])
    return ribbons


def ribbons(page):
    """By test id: what each ribbon says of itself, and its path."""
    found = page.locator(".ribbon").evaluate_all(RIBBONS)
    return {one["testid"]: one for one in found}


@pytest.mark.parametrize(("targets", "sources"), [(1, 4), (4, 4), (3, 16), (16, 16), (18, 18)])
def test_every_ribbon_is_as_thick_as_its_weight_and_the_ribbons_of_a_target_lie_on_one_another(
    blank_page, targets, sources
):
    random = np.random.default_rng(targets)
    weights = random.dirichlet(np.full(sources, 0.4), targets)
    weights[-1] = 0 if targets > 1 else weights[-1]  # nothing is visible to it
    names = [f"word {i}" for i in range(max(sources, targets))]
    draw(blank_page, weights.tolist(), named(names[:sources]), named(names[:targets]))
    found, units = ribbons(blank_page), set()
    for t, row in enumerate(weights):
        edge = None
        for s, weight in enumerate(row):
            one = found[f"map-{t}-{s}"]
            assert float(one["weight"]) == weight
            width = float(one["width"])
            if not one["path"]:
                assert width <= 0.5
                edge = None
                continue
            units.add(round(width / weight, 0))
            start, top, end, foot, last = numbers(one["path"])
            assert foot - end == pytest.approx(width, abs=0.02)
            assert last - top == pytest.approx(width, abs=0.02)
            assert edge is None or end == pytest.approx(edge, abs=0.03), "no gap at the target"
            assert start == 0
            edge = foot
    assert len(units) == 1 and units.pop() >= 8, "one scale for all, and a weight of 1 is seen"


def numbers(path):
    """Of an outline: x and top of its beginning, top and foot of its end, foot of its beginning."""
    left, _, rest = path.removeprefix("M").partition("C")
    x, top = map(float, left.split())
    curve, _, rest = rest.partition("V")
    foot, _, back = rest.partition("C")
    return x, top, float(curve.split()[-1]), float(foot), float(back.removesuffix("Z").split()[-1])


def told(side):
    """The numbers at this side, in their order."""
    return [text.replace("\xa0", " ") for text in side.locator(".share").all_text_contents()]


def test_a_name_brings_out_its_ribbons_by_pointer_tap_and_key(blank_page):
    weights = [[0.75, 0.25], [0.5, 0.5]]
    draw(blank_page, weights, named(["dog", "ghost"]), named(["dog", "ghost"]))
    sides = [blank_page.locator(f".ribbon-{side} button") for side in ("sources", "targets")]

    def shares(side):
        return told(sides[side])

    def bright():
        return {name for name, one in ribbons(blank_page).items() if not one["faint"]}

    everything = {"map-0-0", "map-0-1", "map-1-0", "map-1-1"}
    assert bright() == everything and not any(shares(0) + shares(1))
    sides[1].nth(0).hover()
    assert bright() == {"map-0-0", "map-0-1"} and shares(0) == ["75.0 %", "25.0 %"]
    blank_page.mouse.move(0, 0)
    assert bright() == everything
    sides[0].nth(1).click()
    blank_page.mouse.move(0, 0)
    assert bright() == {"map-0-1", "map-1-1"} and shares(1) == ["25.0 %", "50.0 %"]
    sides[0].nth(1).click()
    blank_page.mouse.move(0, 0)
    assert bright() == everything
    blank_page.keyboard.press("ArrowRight")
    assert bright() == {"map-1-0", "map-1-1"}
    blank_page.keyboard.press("ArrowUp")
    assert bright() == {"map-0-0", "map-0-1"}
    assert blank_page.locator(".ribbon-map button[tabindex='0']").count() == 1


def test_a_single_target_has_its_numbers_there_and_new_weights_keep_the_nodes(blank_page):
    ribbons_now = draw(blank_page, [[0.5, 0.5]], named(["dog", "ghost"]), [{"name": "output"}])
    shares = blank_page.locator(".ribbon-sources")
    assert told(shares) == ["50.0 %", "50.0 %"]
    before = blank_page.locator(".ribbon").first.element_handle()
    height = blank_page.locator(".ribbon-map").bounding_box()["height"]
    blank_page.evaluate("(next) => showAgain(next)", ribbons_now | {"weights": [[1, 0]]})
    assert before.get_attribute("data-weight") == "1"
    assert told(shares) == ["100 %", "0 %"]
    assert blank_page.locator(".ribbon-map").bounding_box()["height"] == height
    assert blank_page.get_by_role("img", name="all of it").count() == 1
