"""A finger on the stage moves what it holds, as far as it goes, and the page stays where it is."""

from __future__ import annotations

import pytest
from playing import assert_agrees, go, touch

HELD = {
    "disc-1": ("flow", "x-1-0"),
    "point-1": ("plane", "x-1-0"),
    "arrow": ("plane", "w-0"),
}
STEPS = 12
# What the slider says after each move of the finger.
FOLLOW = """(testid) => {
    const slider = document.querySelector(`[data-testid="${testid}"]`);
    window.followed = [];
    window.onpointermove = () => followed.push(slider.value); // the page is opened once for all
}"""


@pytest.mark.chromium("its driver has no fingers in Firefox")
@pytest.mark.parametrize("testid", HELD)
def test_a_finger_drags_what_it_holds_all_the_way(phone, testid):
    stage, slider = HELD[testid]
    go(phone, f"#lesson=fear&stage={stage}")
    phone.evaluate("scrollTo(0, 60)")
    box = phone.get_by_test_id(testid).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    scrolled = phone.evaluate("scrollY")
    phone.evaluate(FOLLOW, slider)
    touch(phone, *((x + 3 * step, y + 3 * step) for step in range(STEPS + 1)))
    followed = phone.evaluate("followed")
    assert phone.evaluate("scrollY") == scrolled
    assert len(followed) == STEPS and len(set(followed)) > STEPS / 2, "to the end of the way"
    assert_agrees(phone)
