"""What the vectors in the plane of self-attention are called can be read, wherever they lie."""

from __future__ import annotations

from itertools import chain

import pytest
from playing import go, type_number
from playwright.sync_api import expect

from attention.lessons import load_lessons

HEADS = "two-heads&wq=0,0;4,4;0,0&heads=2"
LESSONS = ["key-value", "who-asks", "who-asks&asks=3", "block", "order", "two-heads", HEADS]
# By label, the other labels and the shafts that go through its letters.
_STRUCK = """() => {
    const plane = document.querySelector(".stage svg.plane");
    const all = [...plane.querySelectorAll(".point-name")];
    const labels = all.filter((label) => label.checkVisibility());
    const letters = labels.map((label) => {
        const { left, right, top, bottom } = label.getBoundingClientRect();
        return { left: left + 1, right: right - 1, top: top + 4, bottom: bottom - 4 };
    });
    const within = (box, { x, y }) =>
        x > box.left && x < box.right && y > box.top && y < box.bottom;
    const shafts = [...plane.querySelectorAll(".query-shaft, .key-shaft")];
    const places = (path) => Array.from({ length: 200 }, (_, i) =>
        path.getPointAtLength((i / 199) * path.getTotalLength())
            .matrixTransform(path.getScreenCTM()));
    return labels.flatMap((label, i) => {
        const over = letters.filter((box, other) => other !== i && box.left < letters[i].right
            && letters[i].left < box.right && box.top < letters[i].bottom
            && letters[i].top < box.bottom);
        const through = shafts.filter((path) => places(path).some((at) => within(letters[i], at)));
        return over.length + through.length ? [label.textContent] : [];
    });
}"""


def expect_labels(page, *expected: str) -> None:
    """Those of queries, keys and values; what comes together is told when the hand rests."""
    expect(page.locator(".plane .vector-name")).to_have_text(expected)


@pytest.mark.parametrize("view", ["desk", "phone"])
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_no_label_lies_on_another_or_on_an_arrow(request, view, lang):
    page = request.getfixturevalue(view)
    struck = {}
    for lesson in LESSONS:
        go(page, f"#lesson={lesson}&stage=plane&lang={lang}")
        expect(page.locator(".plane .vector-name").first).to_be_visible()
        struck[lesson] = page.evaluate(_STRUCK)
    assert not any(struck.values()), struck


def test_vectors_that_end_at_the_same_place_share_a_label_until_they_part(desk):
    go(desk, "#lesson=two-heads&stage=plane")
    expect_labels(desk, "q · chases", "k, v · dog", "k, v · chases", "k, v · cat")
    type_number(desk, "wk-0-0", "0")  # the dog's key
    expect_labels(desk, "q · chases", "k · dog, chases", "v · dog", "v · chases", "k, v · cat")
    type_number(desk, "wv-0-0", "0")
    expect_labels(desk, "q · chases", "k, v · dog, chases", "k, v · cat")
    desk.get_by_test_id("mask-0").uncheck()
    expect_labels(desk, "q · chases", "k, v · chases", "k, v · cat")


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_vector_that_can_be_seen_has_its_name(desk, lesson):
    go(desk, f"#lesson={lesson}&stage=plane")
    scene = load_lessons()[0][lesson.partition("&")[0]].start
    seen = [name for row, name in enumerate(scene.rows) if not scene.mask or scene.mask[row]]
    named = [
        label.split(" · ") for label in desk.locator(".plane .vector-name").all_text_contents()
    ]
    for letter in "kv":
        has = [names.split(", ") for letters, names in named if letter in letters.split(", ")]
        assert sorted(chain(*has)) == sorted(seen)
