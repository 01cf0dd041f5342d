"""The tab Learn: recordings, the way back through the epochs, and one's own input."""

import pytest
from learning import (
    RECORDED,
    answers,
    is_right,
    last_of,
    looks,
    number_in,
    open_task,
    read,
    record,
    said,
    shipped,
    standing,
    to_the_last_epoch,
    weights_in,
)
from playing import address_at_rest, fragment, go, notices, requests_of, touch
from playwright.sync_api import expect

from attention.training.tasks import TASKS
from attention.training.tasks.numbers import example_of


@pytest.mark.parametrize("name", RECORDED)
def test_a_task_opens_with_its_recording_its_models_and_their_code(desk, name):
    opened, server = open_task(desk, name), shipped(name)
    to_the_last_epoch(opened)
    recording, first = server["recording"], server["examples"][0]
    ends = sorted({last_of(recording, model)["epoch"] for model in TASKS[name].models})
    epochs = "–".join(str(epoch) for epoch in ends[:1] + ends[1:][-1:])
    came = said("learn_said_shipped", seed=recording["options"]["seed"], done=epochs)
    expect(opened.get_by_test_id("learn-said")).to_contain_text(came)
    expect(opened.get_by_test_id("learn-line")).to_contain_text(first["truth"])
    for model in TASKS[name].models:
        parameters = f"{recording['parameters'][model]:,}"
        expect(opened.get_by_test_id(f"learn-parameters-{model}")).to_have_text(parameters)
        assert opened.get_by_test_id(f"learn-code-{model}").text_content() == server["code"][model]
        right = is_right(looks(name, model)[0], first["truth"])
        verdict = opened.get_by_test_id(f"look-{model}-verdict")
        expect(verdict).to_have_attribute("data-right", str(right).lower())
    assert not opened.get_by_test_id("learn-problem").text_content()


@pytest.mark.parametrize("name", RECORDED)
def test_the_scrubber_begins_before_training_and_goes_to_what_the_models_knew_then(desk, name):
    opened, recording = open_task(desk, name), shipped(name)["recording"]
    scrubber = opened.get_by_test_id("learn-scrubber")
    moments = sorted({record["epoch"] for record in recording["epochs"]})
    expect(opened.get_by_test_id("learn-moment")).to_have_text(said("learn_before"))
    for key, epoch in (("ArrowRight", moments[1]), ("End", moments[-1]), ("Home", moments[0])):
        scrubber.press(key)
        words = {"epoch": epoch, "epochs": recording["options"]["epochs"]}
        moment = said("learn_after", **words) if epoch else said("learn_before")
        expect(opened.get_by_test_id("learn-moment")).to_have_text(moment)
        for model in TASKS[name].models:
            record = last_of(recording, model, epoch)
            assert number_in(opened, f"learn-right-{model}") == record["score"]
            if record["trained_score"] is not None:
                assert number_in(opened, f"learn-trained-{model}") == record["trained_score"]
            look = looks(name, model, epoch)[0]
            answer = opened.get_by_test_id(f"look-{model}-answer")
            expect(answer).to_have_text(look["answer"] or "–")
            if not look["weights"]:
                continue
            shown = weights_in(opened, model)
            if TASKS[name].view == "sequence":  # the least of many are drawn together
                assert sum(shown) == pytest.approx(sum(look["weights"][0]))
                for one in shown[:-1]:
                    assert min(abs(one - each) for each in look["weights"][0]) < 1e-4
            else:
                weights = [weight for row in look["weights"] for weight in row]
                assert shown == pytest.approx(weights, abs=1e-4)


# Which epoch is shown at once when the button is pressed.
_PRESS_AND_READ = """(button) => {
    button.click();
    const task = button.closest("[data-testid^='task-']");
    return task.querySelector("[data-testid='learn-moment']").textContent;
}"""


# A busy machine may need longer for a press than all epochs take: here nothing is between.
_PLAY_UNTIL_IT_MOVES = """async (button) => {
    const task = button.closest("[data-testid^='task-']");
    const moment = task.querySelector("[data-testid='learn-moment']");
    const before = moment.textContent;
    button.click();
    const label = button.textContent;
    while (moment.textContent === before) await new Promise(requestAnimationFrame);
    button.click();
    return [label, moment.textContent];
}"""


def test_play_runs_through_the_epochs_and_stops_at_a_press_and_at_the_end(desk):
    opened, recording = open_task(desk, "numbers"), shipped("numbers")["recording"]
    play, moment = opened.get_by_test_id("learn-epochs-play"), opened.get_by_test_id("learn-moment")
    answer = opened.get_by_test_id("look-attention-answer")
    expect(play).to_have_text(said("learn_epochs_play"))
    label, stopped_at = play.evaluate(_PLAY_UNTIL_IT_MOVES)
    assert label == said("learn_epochs_pause")
    desk.wait_for_timeout(400)
    expect(moment).to_have_text(stopped_at)
    play.press("Enter")
    last = recording["options"]["epochs"]
    expect(moment).to_have_text(said("learn_after", epoch=last, epochs=last))
    expect(play).to_have_text(said("learn_epochs_play"))
    expect(answer).to_have_text(looks("numbers", "attention")[0]["answer"])
    first = play.evaluate(_PRESS_AND_READ)  # from the end it begins anew
    assert first in (said("learn_before"), said("learn_after", epoch=1, epochs=last))
    desk.get_by_test_id("tab-play").click()  # nobody looks any more
    desk.get_by_test_id("tab-learn").click()
    expect(play).to_have_text(said("learn_epochs_play"))


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize(("view", "height"), [("desk", 720), ("phone", 844)])
@pytest.mark.parametrize("name", RECORDED)
def test_play_and_the_attention_are_on_the_first_screen(request, view, height, name, lang):
    page = request.getfixturevalue(view)
    opened = open_task(page, name, lang=lang)
    page.evaluate("scrollTo(0, 0)")
    for node, part in ((opened.get_by_test_id("learn-epochs-play"), 1), (_picture(opened), 0.4)):
        box = node.bounding_box()
        assert box["y"] >= 0 and box["y"] + part * box["height"] <= height, box


def _picture(opened):
    """The first picture of weights."""
    pictures = (".ribbon-map", ".sound-flow", ".plot", ".head-bars")
    return opened.locator(", ".join(f".look {one}" for one in pictures)).first


@pytest.mark.parametrize("name", RECORDED)
def test_what_is_worth_trying_is_answered_at_once_and_says_whom_it_fools(desk, blank_page, name):
    opened, task = open_task(desk, name), TASKS[name]
    tries = task.tries(task.Options())
    with requests_of(desk) as asked:
        for one in tries:
            example = one.example or read(blank_page, name, one.own)
            chip = opened.get_by_test_id(f"learn-try-{one.name}")
            chip.click()
            expect(chip).to_have_attribute("aria-pressed", "true")
            said_by = {model: looks(name, model, examples=[example])[0] for model in task.models}
            for model, look in said_by.items():
                answer = opened.get_by_test_id(f"look-{model}-answer")
                expect(answer).to_have_text(look["answer"])
            truth = example.truth or one.truth
            wrong = [model for model, look in said_by.items() if not is_right(look, truth)]
            fools = said("learn_fools", count=len(wrong), models=len(task.models))
            if len(wrong) in (0, len(task.models)):
                fools = said("learn_fools_all" if wrong else "learn_fools_none")
            if truth is None or "forced" in (one.own or {}):
                fools = ""
            expect(chip.locator("b")).to_have_text(fools)
            if truth is not None:
                marks = opened.locator(".verdict[data-right='false']")
                expect(marks).to_have_count(len(wrong))
    assert not asked, "the browser answers"
    assert len(tries) in (3, 4)
    opened.get_by_test_id("learn-scrubber").press("Home")
    chip = opened.get_by_test_id(f"learn-try-{tries[-1].name}")
    expect(chip).to_have_attribute("aria-pressed", "true")
    before = looks(name, task.models[0], 0, [example])[0]
    expect(opened.get_by_test_id(f"look-{task.models[0]}-answer")).to_have_text(before["answer"])


@pytest.mark.parametrize(
    ("name", "text"), [("deciding_word", "The soup was wonderful"), ("numbers", "237")]
)
def test_ones_own_input_is_answered_while_it_is_typed_and_at_every_epoch(
    desk, blank_page, name, text
):
    opened, task = open_task(desk, name), TASKS[name]
    field, status = opened.get_by_test_id("learn-own"), opened.get_by_test_id("learn-own-status")
    example = read(blank_page, name, {"text": text})
    with requests_of(desk) as asked:
        field.press_sequentially(text)
        expect(opened.get_by_test_id("learn-example-own")).to_have_attribute("aria-pressed", "true")
        for key, epoch in (("End", None), ("Home", 0), ("ArrowRight", 3)):
            opened.get_by_test_id("learn-scrubber").press(key)
            upto = task.Options().epochs if epoch is None else epoch
            upto = max(one for one in range(0, upto + 1) if one == 0 or one % task.every == 0)
            if key == "ArrowRight":
                upto = task.every
            for model in task.models:
                look = looks(name, model, upto, [example])[0]
                answer = opened.get_by_test_id(f"look-{model}-answer")
                expect(answer).to_have_text(look["answer"] or "–")
            expect(status).to_contain_text(said("learn_own_after", epoch=upto))
            expect(status).to_contain_text(f": {look['answer'] or '–'}.")  # the last model's
    assert not asked, "the browser answers"
    field.fill("")
    expect(opened.get_by_test_id("learn-example-0")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("name", RECORDED)
def test_the_lines_that_are_the_attention_layer_are_marked_in_the_code(desk, name):
    opened, server = open_task(desk, name), shipped(name)
    opened.get_by_test_id("learn-code").locator("summary").click()
    for model, program in server["code"].items():
        marked = opened.get_by_test_id(f"learn-code-{model}").locator("mark").all_text_contents()
        lines = program.split("\n")
        assert [line.rstrip("\n") for line in marked] == [lines[i] for i in server["marked"][model]]
        assert bool(marked) == ("attention" in model or "layer" in model)


def test_the_models_stand_in_two_columns_once_both_have_something_to_show(desk):
    opened = open_task(desk, "loud_second")
    columns = "(node) => getComputedStyle(node).gridTemplateColumns.split(' ').length"
    assert opened.get_by_test_id("learn-looks").evaluate(columns) == 2


def test_a_kind_of_model_has_the_same_sign_in_every_task_and_place(desk):
    signs = {}
    for name in RECORDED:
        opened = open_task(desk, name)
        for model in TASKS[name].models:
            marks = opened.locator(f".look[data-testid='look-{model}'] h3 .mark").all()
            marks += opened.locator(f"tr:has([data-testid='learn-right-{model}']) .mark").all()
            classes = {mark.get_attribute("class") for mark in marks}
            assert len(marks) == 2 and len(classes) == 1, (name, model)
            assert signs.setdefault(model, classes) == classes, (name, model)
    assert len({sign for classes in signs.values() for sign in classes}) == len(signs)


def test_another_example_is_one_press_away(desk):
    opened, server = open_task(desk, "numbers"), shipped("numbers")
    to_the_last_epoch(opened)
    opened.get_by_test_id("learn-example-3").click()
    example = server["examples"][3]
    line = " ".join(example["steps"]) + "→" + example["truth"]
    expect(opened.get_by_test_id("learn-line")).to_have_text(line)
    look = looks("numbers", "attention")[3]
    expect(opened.get_by_test_id("look-attention-answer")).to_have_text(look["answer"])


def test_what_is_chosen_is_in_the_address_and_mended_where_it_is_broken(desk):
    opened = open_task(desk, "without_recurrence", length="50")
    expect(opened.get_by_test_id("learn-length")).to_have_value("50")
    for name, number in (("epochs", "3"), ("train_seed", "7")):
        opened.get_by_test_id(f"learn-{name}").fill(number)
        opened.get_by_test_id(f"learn-{name}").press("Enter")
    for name, number in (("learn_rate", "0.05"), ("units", "8"), ("dropout", "0.3")):
        opened.get_by_test_id(f"learn-{name}").select_option(number)
    kept = "tab=learn&task=without_recurrence&train_seed=7&epochs=3"
    kept += "&learn_rate=0.05&units=8&dropout=0.3&length=50"
    assert address_at_rest(desk) == kept
    opened.get_by_test_id("learn-units").select_option("32")  # as the task has it
    assert "units" not in address_at_rest(desk)
    wrong = {"learn_rate": "0.03", "units": "5", "dropout": "1"}
    go(desk, fragment(tab="learn", task="frog", epochs="9999", train_seed="x", **wrong))
    for words in ("“learn_rate” must be one of 0.0001, 0.0002, ",
                  "“dropout” must be one of 0, 0.1, ",
                  "“units” must be one of 4, 8, 16, 32, 64; the address has “5”",
                  "“task” must be one of loud_second, ", "“epochs” must be from 1 to ",
                  "“train_seed” must be a whole number from 0 to 999999"):  # fmt: skip
        expect(notices(desk).filter(has_text=words)).to_have_count(1)


@pytest.mark.parametrize(
    ("text", "problem"),
    [("frog", "frog"), ("1.5", "got 1.5"), ("seven " * 2000, "at most 200 characters")],
)
def test_what_cannot_be_read_is_said_beside_the_field_and_stays_in_it(desk, text, problem):
    opened = open_task(desk, "numbers")
    field = opened.get_by_test_id("learn-own")
    field.fill(text)
    field.press("Enter")
    expect(opened.get_by_test_id("learn-own-status")).to_contain_text(problem)
    expect(field).to_have_value(text)


def test_score_and_seconds_are_drawn_over_the_length_with_ones_own_beside_them(desk):
    opened, points = open_task(desk, "without_recurrence"), shipped("without_recurrence")["growth"]
    models = TASKS["without_recurrence"].models
    assert len(points) > len(models)
    charts = [opened.get_by_test_id(f"learn-growth-{key}") for key in ("score", "seconds")]
    for chart in charts:
        expect(chart).to_be_visible()
        expect(chart.locator(".mark:not(.alone)")).to_have_count(len(points))
        expect(chart.locator(".range")).to_have_count(len(points))
    section = opened.locator(".growth")
    expect(section).to_contain_text(said("learn_growth_note", count=3, epochs=10))
    expect(section).to_contain_text(said("learn_growth_chance", share="3.8 %"))
    expect(opened.get_by_test_id("learn-parallel")).to_contain_text("in parallel")
    # A whisker stands on its mark, from the least to the most.
    boxes = charts[0].evaluate(  # all at once: what stands above may still come
        """(chart) => ["range", "mark"].map((kind) =>
            [...chart.querySelectorAll(`.${kind}.series-4`)].map((node) => {
                const { x, y, width, height } = node.getBoundingClientRect();
                return { x, y, width, height };
            }))"""
    )
    assert boxes[0]
    for whisker, mark in zip(*boxes, strict=True):
        middle = mark["y"] + mark["height"] / 2
        assert whisker["y"] - 2 <= middle <= whisker["y"] + whisker["height"] + 2
        assert abs(whisker["x"] + whisker["width"] / 2 - mark["x"] - mark["width"] / 2) < 2
    # Only the first model has trained: nothing of the others is drawn.
    epochs = [*(record(model, 0) for model in models), record(models[0], 1)]
    ended = standing("stopped", epochs)
    ended["recording"]["options"]["length"] = 120
    begun = {"ticket": "t", "examples": [], "reader": {"reads": "characters"}, "answers": []}
    with answers(desk, start_training=lambda _: begun, follow_training=lambda _: ended):
        opened.get_by_test_id("learn-train").click()
        for chart in charts:
            expect(chart.locator(".alone")).to_have_count(1)
            expect(chart.locator(".mark")).to_have_count(len(points) + 1)


@pytest.mark.parametrize("name", ["loud_second", "numbers", "deciding_word", "demand"])
def test_what_is_worth_knowing_of_the_models_is_said_with_what_they_have_come_to(desk, name):
    opened, recording = open_task(desk, name), shipped(name)["recording"]
    values = {}
    for model, weights in recording["parameters"].items():
        share = f"{100 * last_of(recording, model)['score']:.1f} %"
        values |= {f"score_{model}": share, f"weights_{model}": f"{weights:,}"}
    note = opened.get_by_test_id("learn-models-note")
    expect(note).to_have_text(said(f"task_{name}_models", **values))


def test_a_bias_that_softmax_cancels_is_not_among_the_layers_weights(desk):
    opened = open_task(desk, "deciding_word")
    to_the_last_epoch(opened)
    layer = "look-self_attention-layer"
    for name in ("Wt", "Wx", "bh", "Wa"):
        expect(opened.get_by_test_id(f"{layer}-{name}")).to_be_visible()
    expect(opened.get_by_test_id(f"{layer}-ba")).to_have_count(0)
    opened = open_task(desk, "without_recurrence")
    to_the_last_epoch(opened)
    expect(opened.locator(".own-weights:visible")).to_have_count(0)


def test_a_task_that_cannot_be_opened_is_asked_for_again(open_page):
    page = open_page()
    with answers(page, open_task=lambda _: None):
        go(page, "#tab=learn&task=numbers")
        opened = page.get_by_test_id("task-numbers")
        expect(opened.get_by_test_id("learn-problem")).to_have_text(said("learn_silent"))
    opened.get_by_role("button", name=said("gallery_again")).click()
    expect(opened).to_have_attribute("data-ready", "true")
    expect(opened.get_by_test_id("learn-line")).not_to_be_empty()


def test_a_digit_that_is_made_to_look_elsewhere_changes_and_can_look_itself_again(desk):
    opened = open_task(desk, "numbers")
    opened.get_by_test_id("learn-own").fill("237")
    answer = opened.get_by_test_id("look-attention-answer")
    example = example_of(237, "en")
    free = looks("numbers", "attention", examples=[example])[0]
    expect(answer).to_have_text(free["answer"])
    last = len(example.steps) - 1
    forced = {"0": [float(i == last) for i in range(last + 1)]}
    there = looks("numbers", "attention", examples=[example_of(237, "en", forced)])[0]
    assert there["answer"] != free["answer"]
    for end in ("to-0", f"from-{last}"):  # the digit, then the word
        opened.get_by_test_id(f"look-attention-map-{end}").press("Enter")
    expect(answer).to_have_text(there["answer"])
    expect(opened.get_by_test_id(f"look-attention-map-from-{last}")).to_be_focused()
    marked = opened.get_by_test_id("look-attention-map-to-0").locator(".forced")
    expect(marked).to_be_visible()
    word = opened.get_by_test_id(f"learn-out-{last}")
    word.click()
    expect(marked).to_have_count(0)  # nobody looks at what has been taken out
    word.click()
    expect(marked).to_be_visible()
    opened.get_by_test_id("look-attention-free").click()
    expect(answer).to_have_text(free["answer"])


def test_an_answer_to_what_is_worth_trying_is_brought_to_where_the_eye_is(phone):
    opened = open_task(phone, "deciding_word")
    opened.get_by_test_id("learn-try-not_bad").click()
    expect(opened.get_by_test_id("look-attention-answer")).to_be_in_viewport()
    covered = opened.get_by_test_id("learn-epochs-play").bounding_box()
    assert covered["y"] + covered["height"] < _picture(opened).bounding_box()["y"]
    expect(opened.get_by_test_id("learn-moment")).to_contain_text("12")


@pytest.mark.parametrize(
    "view",
    [
        "desk",
        pytest.param("phone", marks=pytest.mark.chromium("its driver has no fingers in Firefox")),
    ],
)
def test_mouse_and_finger_drag_a_digit_to_a_word_and_the_page_scrolls_beside_it(request, view):
    page = request.getfixturevalue(view)
    opened, example = open_task(page, "numbers"), shipped("numbers")["examples"][0]
    to_the_last_epoch(opened)
    ribbons = opened.get_by_test_id("look-attention-map")

    def middle(node):
        box = node.bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def scroll_to(node):
        node.evaluate("(node) => node.scrollIntoView({ block: 'center' })")
        return page.evaluate("scrollY")

    before = scroll_to(ribbons)
    digit = middle(ribbons.get_by_text("3", exact=True))
    word = middle(ribbons.get_by_text("thirty"))
    ends = list(zip(digit, word, strict=True))
    way = [[a + part * (b - a) for a, b in ends] for part in (0, 0.25, 0.5, 0.75, 1)]
    if view == "phone":
        touch(page, *way)
    else:
        page.mouse.move(*way[0])
        page.mouse.down()
        page.mouse.move(*way[-1], steps=3)
        page.mouse.up()
    expect(opened.get_by_test_id("look-attention-free")).to_be_visible()
    assert page.evaluate("scrollY") == before
    one_there = [float(i == 2) for i in range(len(example["steps"]))]
    forced = example_of(int(example["truth"]), "en", {"1": one_there})
    expected = looks("numbers", "attention", examples=[forced])[0]
    expect(opened.get_by_test_id("look-attention-answer")).to_have_text(expected["answer"])
    if view == "phone":
        answer = opened.get_by_test_id("look-plain-answer")
        before = scroll_to(answer)
        x, y = middle(answer)
        touch(page, *((x, y + down) for down in (0, 20, 60, 100)))
        page.wait_for_function(f"scrollY < {before - 50}", timeout=5_000)


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("width", [320, 390, 820, 1000, 1280])
def test_the_table_of_models_is_not_cut(open_page, width, lang):
    page = open_page(viewport={"width": width, "height": 900})
    for task in RECORDED:
        opened = open_task(page, task, lang=lang)
        table, panel = opened.locator(".models"), opened.locator(".course-of")
        to_the_last_epoch(opened)
        (inner, outer) = (node.bounding_box() for node in (table, panel))
        assert outer["x"] < inner["x"], task
        assert inner["x"] + inner["width"] < outer["x"] + outer["width"], task


@pytest.mark.parametrize("name", RECORDED)
def test_the_axis_of_the_loss_ends_soon_above_the_largest(desk, name):
    opened = open_task(desk, name)
    largest = max(one["loss"] or 0 for one in shipped(name)["recording"]["epochs"])
    written = opened.get_by_test_id("learn-loss").locator("text").all_text_contents()
    ends = max(map(float, written[: len(written) - 3]))  # without the epochs
    assert largest <= ends < 2 * largest
