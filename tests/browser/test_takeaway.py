"""What one takes away is the scene on the table, in every format."""

import pytest
from engines import expect_download, let_copy, pasted
from playing import SERVER, drag, go, read, rename, requests_of
from playwright.sync_api import expect

from attention.export import FORMATS, Step, Sweep, Training, animate, export
from attention.lessons import load_lessons
from attention.texts import texts

CODES = ["numpy", "keras"]
OLD = texts()["en"]["code_changed"]


def take(page, format):
    page.get_by_test_id(f"take-{format}").click()


def test_a_file_is_the_table_as_it_stands_and_code_is_shown_and_copied_as_it_is(desk, tmp_path):
    desk.get_by_test_id("lang-ru").click()
    drag(desk, "x-1-0", 0.3)
    desk.get_by_test_id("mask-0").uncheck()
    rename(desk, "row-name-2", "<b>${1}</b> $x$ 'a' \"b\"")
    desk.keyboard.press("Enter")
    scene, say = read(desk).scene(), texts()["ru"]
    let_copy(desk)
    for format in FORMATS:
        expected = export(scene, format, say)
        if format not in CODES:
            with expect_download(desk) as waiting:
                take(desk, format)
            assert waiting.value.path().read_bytes() == expected
            name = FORMATS[format].name or f"attention.{FORMATS[format].ending}"
            assert waiting.value.suggested_filename == name
            continue
        take(desk, format)
        expect(desk.get_by_test_id(f"take-{format}")).to_have_attribute("aria-pressed", "true")
        assert desk.get_by_test_id("code").text_content() == expected.decode()
        desk.get_by_role("button", name=say["copy"]).click()
        expect(desk.get_by_role("button", name=say["copied"])).to_be_visible()
        assert pasted(desk) == expected.decode()


@pytest.mark.parametrize(
    "change",
    [lambda page: drag(page, "x-0-0", 0.9), lambda page: rename(page, "row-name-0", "Bello")],
    ids=["number", "name"],
)
def test_code_for_another_table_says_that_it_is_old_and_asks_for_no_other(desk, change):
    take(desk, "numpy")
    expect(desk.get_by_test_id("code")).to_contain_text("barking dog")
    expect(desk.get_by_text(OLD)).not_to_be_visible()
    with requests_of(desk) as asked:
        change(desk)
        expect(desk.get_by_text(OLD)).to_be_visible()
        desk.wait_for_timeout(400)  # the hand rests
    assert asked == []
    take(desk, "numpy")
    expect(desk.get_by_text(OLD)).not_to_be_visible()
    expected = export(read(desk).scene(), "numpy", texts()["en"]).decode()
    assert desk.get_by_test_id("code").text_content() == expected


def test_the_last_button_that_was_pressed_counts_whatever_answers_first(desk):
    held = []
    desk.route(SERVER, lambda route: held.append(route), times=1)
    try:
        take(desk, "numpy")
        take(desk, "keras")
        expect(desk.get_by_test_id("code")).to_contain_text("import keras")
        held[0].continue_()
        desk.wait_for_timeout(500)  # the answer to the first one comes, and is too late
        expect(desk.get_by_test_id("code")).to_contain_text("import keras")
    finally:
        desk.unroute(SERVER)
    go(desk)


@pytest.mark.parametrize("format", ["gif", "webp"])
def test_an_animation_sweeps_what_the_lesson_lets_one_touch_over_its_slider(desk, format):
    desk.get_by_test_id("lang-ru").click()
    lesson, words = load_lessons()[0]["fear"], texts()["ru"]
    low, high, _ = lesson.ranges.b
    chosen = desk.get_by_test_id("take-moves")
    expect(chosen).to_have_value(lesson.touch[0])
    assert chosen.locator("option").first.text_content() == words["slider_b"].format(
        row=lesson.rows["ru"][3]
    )
    with expect_download(desk) as waiting:
        take(desk, format)
    expected = animate(read(desk).scene(), Sweep(of="b.3", low=low, high=high), format, words)
    assert waiting.value.path().read_bytes() == expected
    assert waiting.value.suggested_filename == f"attention.{format}"


def test_a_training_that_has_run_is_shown_by_its_own_steps(desk):
    go(desk, "#lesson=learn-fear")
    chosen = desk.get_by_test_id("take-moves")
    training = chosen.locator("option[value=training]")
    expect(training).to_have_count(0)
    before, objective = read(desk).scene(), load_lessons()[0]["learn-fear"].training
    numbers = [before.w, before.b]
    for _ in range(3):
        desk.get_by_test_id("train-step").click()
        numbers += [(after := read(desk).scene()).w, after.b]
    expect(training).to_have_count(1)
    chosen.select_option("training")
    with expect_download(desk) as waiting:
        take(desk, "webp")
    steps = [
        Step(number=n, parts={"w": w, "b": b})
        for n, (w, b) in enumerate(zip(numbers[::2], numbers[1::2], strict=True))
    ]
    expected = animate(
        before, Training(steps=steps, target=objective.target), "webp", texts()["en"]
    )
    assert waiting.value.path().read_bytes() == expected
    drag(desk, "b-0", 0.9)  # a hand ends it
    expect(training).to_have_count(0)


def test_why_there_is_no_animation_is_said(desk):
    desk.route(SERVER, lambda route: route.abort(), times=1)
    take(desk, "gif")
    expect(desk.locator(".takeaway [role=status]")).to_have_text(texts()["en"]["server_silent"])
    with expect_download(desk):  # pressed again, it comes
        take(desk, "gif")
    expect(desk.locator(".takeaway [role=status]")).to_have_text("")
