"""The map of a trained model: a digit can be made to look at another word."""

from learning import answers, open_task, shipped
from playwright.sync_api import expect

from attention.ui import learn


def test_a_digit_that_is_made_to_look_elsewhere_changes_and_can_look_itself_again(desk):
    opened = open_task(desk, "numbers")
    opened.get_by_test_id("learn-own").fill("237")
    opened.get_by_test_id("learn-ask").click()
    answer = opened.get_by_test_id("look-attention-answer")
    own = opened.get_by_test_id("learn-example-own")
    expect(own).to_have_attribute("aria-pressed", "true", timeout=60_000)
    expect(opened.get_by_test_id("learn-own-warming")).not_to_be_visible()
    free = learn.answer_own({"task": "numbers", "own": {"text": "237"}})
    expect(answer).to_have_text(free["looks"]["attention"]["answer"])
    steps = free["example"]["steps"]
    forced = {"0": [float(i == len(steps) - 1) for i in range(len(steps))]}
    there = learn.answer_own({"task": "numbers", "own": {"text": "237", "forced": forced}})
    assert there["looks"]["attention"]["answer"] != free["looks"]["attention"]["answer"]
    cell = opened.get_by_test_id(f"look-attention-0-{len(steps) - 2}")
    cell.focus()
    cell.press("ArrowDown")
    desk.keyboard.press("Enter")
    expect(answer).to_have_text(there["looks"]["attention"]["answer"])
    last = opened.get_by_test_id(f"look-attention-0-{len(steps) - 1}")
    expect(last).to_be_focused()
    expect(last).to_have_attribute("aria-selected", "true")
    opened.get_by_test_id("look-attention-free").click()
    expect(answer).to_have_text(free["looks"]["attention"]["answer"])


def test_a_cell_is_dragged_to_another_word(desk):
    opened = open_task(desk, "numbers")
    example = shipped("numbers")["examples"][0]
    with answers(desk, answer_own=lambda _: {"error": "not now"}) as asked:
        opened.get_by_test_id("look-attention-1-0").hover()
        desk.mouse.down()
        opened.get_by_test_id("look-attention-1-2").hover()
        desk.mouse.up()
        expect(opened.get_by_test_id("learn-own-status")).to_contain_text("not now")
    one_there = [float(i == 2) for i in range(len(example["steps"]))]
    own = {"text": " ".join(example["steps"]), "forced": {"1": one_there}}
    assert [data["own"] for _, data in asked] == [own]


def test_a_finger_drags_a_cell_to_another_word_and_scrolls_the_page_beside_it(phone):
    opened = open_task(phone, "numbers")
    example = shipped("numbers")["examples"][0]
    fingers = phone.context.new_cdp_session(phone)

    def touch(kind, *places):
        points = [{"x": x, "y": y} for x, y in places]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def middle(testid):
        box = opened.get_by_test_id(testid).bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    opened.locator("table.heat").evaluate("(node) => node.scrollIntoView({ block: 'center' })")
    before = phone.evaluate("scrollY")
    with answers(phone, answer_own=lambda _: {"error": "not now"}) as asked:
        (x, first), (_, last) = (middle(f"look-attention-1-{step}") for step in (0, 2))
        touch("touchStart", (x, first))
        for part in (0.25, 0.5, 0.75, 1):
            touch("touchMove", (x, first + part * (last - first)))
        touch("touchEnd")
        expect(opened.get_by_test_id("learn-own-status")).to_contain_text("not now")
    assert phone.evaluate("scrollY") == before
    one_there = [float(i == 2) for i in range(len(example["steps"]))]
    assert [data["own"]["forced"] for _, data in asked] == [{"1": one_there}]
    opened.get_by_test_id("look-plain-answer").evaluate(
        "(node) => node.scrollIntoView({ block: 'center' })"
    )
    before = phone.evaluate("scrollY")
    x, y = middle("look-plain-answer")
    touch("touchStart", (x, y))
    for way in (20, 60, 100):
        touch("touchMove", (x, y + way))
    touch("touchEnd")
    phone.wait_for_function(f"scrollY < {before - 50}", timeout=5_000)
