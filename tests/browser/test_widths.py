"""At every width of the window a control has room for its words and a thumb, and nothing is on it.

A control is what one presses, writes into or chooses from: not what is drawn, and not the × of a
row that no mouse is over. A thumb hits all that answers for the control, such as its label: 44
pixels across, 24 down. A word that explains itself, a link in running text and a name that one can
change are as large as their letters. Names at the ribbons of a picture may be cut.
"""

from __future__ import annotations

import pytest
from playing import TABS, fragment, go, keep_progress, next_frame, wait_until_ready

WIDTHS = range(320, 1921, 20)
SOME_WIDTHS = range(320, 1921, 160)
SCENES = ["", "lesson=sqrt-d", "lesson=learn-love", "kind=gate"]
TALL = 12_000
ANSWERED = '{"done": ["general", "fear"], "predicted": {"general": 0, "love": 0}}'

_FAULTS = """() => {
    const CONTROLS = `button:not(.ribbon-map .end), a[href], input, select, textarea, summary,
        [contenteditable]`;
    const WORDS = ".term, p a, li a, .name, .further button";
    const pen = document.createElement("canvas").getContext("2d");
    const faults = [];
    const frames = new Map(); // of a node: what around it hides what is outside
    const framesOf = (node) => {
        if (!node.closest(".playground")) return [];
        if (frames.has(node)) return frames.get(node);
        const overflow = getComputedStyle(node).overflowX;
        const frame = { node, isFixed: overflow === "hidden" || overflow === "clip" };
        const around = framesOf(node.parentElement);
        const found = overflow === "visible" ? around : [frame, ...around];
        frames.set(node, found);
        return found;
    };
    const isSeen = (node) => node.checkVisibility({ visibilityProperty: true }) && !node.disabled &&
        !node.matches(".skip") &&
        getComputedStyle(node).opacity !== "0";
    const answers = (node, x, y) => {
        const found = document.elementFromPoint(x, y);
        return found !== null &&
            (node.contains(found) || found.closest("label")?.control === node);
    };

    /** What is too narrow for the words in it. */
    function cutWords(node) {
        if (node.matches("select")) {
            const { font, paddingLeft, paddingRight } = getComputedStyle(node);
            pen.font = font;
            const room = node.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
            const words = node.selectedOptions[0]?.text ?? "";
            return pen.measureText(words).width > room + 1 ? [words] : [];
        }
        if (node.matches("textarea, [type=checkbox], [type=range], [type=file]")) return [];
        if (node.matches("input"))
            return node.scrollWidth > node.clientWidth + 1 ? [node.value] : [];
        const { left, right, top, bottom } = node.getBoundingClientRect();
        const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
        const range = document.createRange();
        const cut = [];
        while (texts.nextNode()) {
            const parent = texts.currentNode.parentElement;
            if (!texts.currentNode.data.trim() || !isSeen(parent) ||
                getComputedStyle(parent).clipPath !== "none") continue;
            range.selectNodeContents(texts.currentNode);
            const box = range.getBoundingClientRect();
            if (box.left < left - 1 || box.right > right + 1 || box.top < top - 2 ||
                box.bottom > bottom + 2) cut.push(texts.currentNode.data);
        }
        return cut;
    }

    /** Does a frame around it, or the window, hide a part of it for good? */
    function isCutOff(node) {
        const around = framesOf(node.parentElement);
        for (const frame of around) frame.node.scrollLeft = 0;
        const isHiddenBy = (frame) => {
            const [box, { left, right }] = [node, frame.node].map((one) =>
                one.getBoundingClientRect());
            return box.left < left - 1 || box.right > right + 1;
        };
        const isOutside = () => {
            const { left, right } = node.getBoundingClientRect();
            return left < -0.5 || right > innerWidth + 0.5 || around.some(isHiddenBy);
        };
        if (!isOutside()) return false;
        if (around.some((frame) => frame.isFixed && isHiddenBy(frame))) return true;
        node.scrollIntoView({ inline: "nearest", block: "nearest" });
        return isOutside();
    }

    /** Seen from its middle and its corners, does it answer everywhere? */
    function isCovered(node, { left, right, top, bottom, width, height }) {
        const [dx, dy] = [Math.min(6, width / 4), Math.min(6, height / 4)];
        const corners = [left + dx, right - dx].flatMap((x) => [[x, top + dy], [x, bottom - dy]]);
        return [[(left + right) / 2, (top + bottom) / 2], ...corners]
            .some(([x, y]) => !answers(node, x, y));
    }

    /** How far it answers from its middle, there and back. */
    function reach(node, { left, right, top, bottom }, dx, dy) {
        const [x, y] = [(left + right) / 2, (top + bottom) / 2];
        const far = (way) => {
            let n = 0;
            while (n < 60 && answers(node, x + way * dx * (n + 1), y + way * dy * (n + 1))) n++;
            return n;
        };
        return 1 + far(1) + far(-1);
    }

    function faultsOf(node) {
        if (isCutOff(node)) return ["is cut off"];
        const isWord = node.matches(WORDS);
        const box = isWord ? node.getClientRects()[0] : node.getBoundingClientRect();
        const found = cutWords(node).map((words) => `is narrower than “${words}”`);
        if (isCovered(node, box)) return [...found, "is covered"];
        if (isWord) return found;
        const across = Math.max(box.width, box.width < 44 ? reach(node, box, 1, 0) : 0);
        const down = Math.max(box.height, box.height < 24 ? reach(node, box, 0, 1) : 0);
        if (across < 43.5) found.push(`is ${Math.round(across)} pixels wide`);
        if (down < 23.5) found.push(`is ${Math.round(down)} pixels high`);
        return found;
    }

    if (document.documentElement.scrollWidth > innerWidth) faults.push("the page is too wide");
    const controls =
        [...document.querySelector(".playground").querySelectorAll(CONTROLS)].filter(isSeen);
    for (const node of controls)
        for (const fault of faultsOf(node))
            faults.push(`${node.dataset.testid ?? node.textContent.slice(0, 40)} ${fault}`);
    return [faults, controls.length, document.querySelector(".main.app").scrollHeight];
}"""


def faults(page, widths) -> dict[str, str]:
    """What is wrong with a control, and the widths of the window at which it is."""
    found: dict[str, list[int]] = {}
    high = TALL  # all of the page is in the window, which has nothing to scroll, nor much to paint
    for width in widths:
        page.set_viewport_size({"width": width, "height": high})
        next_frame(page)
        here, controls, high = page.evaluate(_FAULTS)
        high += 400
        assert controls > 10
        for fault in here:
            found.setdefault(fault, []).append(width)
    return {fault: f"{min(at)}–{max(at)} px, {len(at)} widths" for fault, at in found.items()}


@pytest.fixture(params=["en", "ru"])
def lang(request) -> str:
    return request.param


@pytest.fixture
def thumb(open_page):
    """A page for a thumb."""
    page = open_page(reduced_motion="reduce", has_touch=True, is_mobile=True)
    wait_until_ready(page)
    return page


@pytest.fixture
def mouse(open_page):
    """A page for a mouse."""
    page = open_page(reduced_motion="reduce")
    wait_until_ready(page)
    return page


def before_and_after_an_answer(page, lang, widths):
    go(page, fragment(lesson="fear", lang=lang))
    page.get_by_test_id("step-predict").click()
    before = faults(page, widths)
    page.get_by_test_id("predict-choice-1").click()
    return [before, faults(page, widths)]


def test_a_thumb_has_room_at_every_width_before_and_after_an_answer(thumb, lang):
    assert before_and_after_an_answer(thumb, lang, WIDTHS) == [{}, {}]


def test_a_mouse_has_room_too(mouse, lang):
    assert before_and_after_an_answer(mouse, lang, SOME_WIDTHS) == [{}, {}]


def test_every_control_has_room_in_other_lessons_and_kinds(thumb, lang):
    for kept, scene in ((None, ""), *((ANSWERED, scene) for scene in SCENES)):
        keep_progress(thumb, kept)
        go(thumb, f"#{scene}&lang={lang}")
        assert faults(thumb, SOME_WIDTHS) == {}, scene


def test_every_control_has_room_in_the_other_tabs(thumb, lang):
    for tab in TABS[1:]:
        go(thumb, fragment(tab=tab, lang=lang))
        if tab == "variations":
            thumb.locator("[data-testid='gallery'][data-ready='true']").wait_for()
        assert faults(thumb, SOME_WIDTHS) == {}, tab
