"""The tab Learn: recordings, the way back through the epochs, and one's own input."""

import pytest
from learning import (
    answers,
    flat,
    last_of,
    number_in,
    open_task,
    record,
    said,
    shipped,
    standing,
    weights_in,
)
from playing import address_at_rest, fragment, go
from playwright.sync_api import expect

from attention.training.tasks import TASKS

NAMES = ("loud_second", "numbers", "deciding_word", "without_recurrence")


@pytest.mark.parametrize("name", NAMES)
def test_a_task_opens_with_its_recording_its_models_and_their_code(desk, name):
    opened, server = open_task(desk, name), shipped(name)
    recording, first = server["recording"], server["examples"][0]
    seed = recording["options"]["seed"]
    ends = sorted({last_of(recording, model)["epoch"] for model in TASKS[name].models})
    epochs = "–".join(str(epoch) for epoch in ends[:1] + ends[1:][-1:])
    length = recording["options"].get("length")
    length = " " + said("learn_said_length", length=length) if length else ""
    expect(opened.get_by_test_id("learn-said")).to_have_text(
        said("learn_said_shipped", seed=seed, done=epochs) + length
    )
    expect(opened.get_by_test_id("learn-glance")).to_contain_text(first["truth"])
    for model in TASKS[name].models:
        last = last_of(recording, model)
        assert number_in(opened, f"learn-right-{model}") == last["score"]
        parameters = f"{recording['parameters'][model]:,}"
        expect(opened.get_by_test_id(f"learn-parameters-{model}")).to_have_text(parameters)
        assert opened.get_by_test_id(f"learn-code-{model}").text_content() == server["code"][model]
        answer = opened.get_by_test_id(f"look-{model}-answer")
        expect(answer).to_have_text(last["looks"][0]["answer"] or "–")
        right = str(last["looks"][0]["answer"] == first["truth"]).lower()
        verdict = opened.get_by_test_id(f"look-{model}-verdict")
        expect(verdict).to_have_attribute("data-right", right)
    assert not opened.get_by_test_id("learn-problem").text_content()


@pytest.mark.parametrize("name", NAMES)
def test_the_scrubber_goes_back_to_what_the_models_knew_before(desk, name):
    opened, recording = open_task(desk, name), shipped(name)["recording"]
    scrubber = opened.get_by_test_id("learn-scrubber")
    moments = sorted({record["epoch"] for record in recording["epochs"]})
    for key, epoch in (("Home", moments[0]), ("ArrowRight", moments[1]), ("End", moments[-1])):
        scrubber.press(key)
        words = {"epoch": epoch, "epochs": recording["options"]["epochs"]}
        moment = said("learn_after", **words) if epoch else said("learn_before")
        expect(opened.get_by_test_id("learn-moment")).to_have_text(moment)
        for model in TASKS[name].models:
            record = last_of(recording, model, epoch)
            assert number_in(opened, f"learn-right-{model}") == record["score"]
            look = record["looks"][0]
            answer = opened.get_by_test_id(f"look-{model}-answer")
            expect(answer).to_have_text(look["answer"] or "–")
            if look["weights"] and len(look["weights"]) == 1:
                shown = weights_in(opened, model)
                assert [
                    shown[f"look-{model}-{step}"] for step in range(len(look["weights"][0]))
                ] == pytest.approx(look["weights"][0])
            elif look["weights"]:
                assert set(flat(look["weights"])) <= set(weights_in(opened, model).values())


def test_another_example_is_one_press_away(desk):
    opened, server = open_task(desk, "numbers"), shipped("numbers")
    opened.get_by_test_id("learn-example-3").click()
    example = server["examples"][3]
    expect(opened.get_by_test_id("learn-line")).to_have_text(
        " ".join(example["steps"]) + "→" + example["truth"]
    )
    look = last_of(server["recording"], "attention")["looks"][3]
    expect(opened.get_by_test_id("look-attention-answer")).to_have_text(look["answer"])


def test_what_is_chosen_is_in_the_address_and_mended_where_it_is_broken(desk):
    opened = open_task(desk, "without_recurrence", length="50")
    expect(opened.get_by_test_id("learn-length")).to_have_value("50")
    opened.get_by_test_id("learn-epochs").fill("3")
    opened.get_by_test_id("learn-epochs").press("Enter")
    opened.get_by_test_id("learn-train_seed").fill("7")
    opened.get_by_test_id("learn-train_seed").press("Enter")
    kept = "tab=learn&task=without_recurrence&train_seed=7&epochs=3&length=50"
    assert address_at_rest(desk) == kept
    go(desk, fragment(tab="learn", task="frog", epochs="9999", train_seed="x"))
    notices = desk.get_by_test_id("notices")
    expect(notices).to_contain_text("“task” must be one of loud_second, ")
    expect(notices).to_contain_text("“epochs” must be from 1 to ")
    expect(notices).to_contain_text("“train_seed” must be a whole number from 0 to 999999")


@pytest.mark.parametrize(
    ("text", "problem"),
    [("frog", "frog"), ("", "got nothing"), ("seven " * 2000, "at most 200 characters")],
)
def test_what_cannot_be_read_is_said_beside_the_field_and_stays_in_it(desk, text, problem):
    opened = open_task(desk, "numbers")
    field = opened.get_by_test_id("learn-own")
    field.fill(text)
    field.press("Enter")
    expect(opened.get_by_test_id("learn-own-status")).to_contain_text(problem)
    expect(field).to_have_value(text)
    expect(opened.get_by_test_id("learn-example-0")).to_have_attribute("aria-pressed", "true")


def test_score_and_seconds_of_the_recordings_are_drawn_over_their_length(desk):
    opened = open_task(desk, "without_recurrence")
    models = TASKS["without_recurrence"].models
    points = shipped("without_recurrence")["growth"]
    lengths = {point["length"] for point in points}
    assert len(lengths) > 1
    for key in ("score", "seconds"):
        chart = opened.get_by_test_id(f"learn-growth-{key}")
        expect(chart).to_be_visible()
        expect(chart.locator(".mark:not(.alone)")).to_have_count(len(lengths) * len(models))
    begun = {"ticket": "t", "examples": []}
    untrained = [record(model, 0) for model in models]
    now = {"epochs": [*untrained, record(models[0], 1)]}
    ended = standing(over="stopped", **now)
    ended["recording"]["options"]["length"] = 120
    with answers(desk, start_training=lambda _: begun, follow_training=lambda _: ended):
        opened.get_by_test_id("learn-train").click()
        # The other models have not trained: nothing of them is drawn.
        for key in ("score", "seconds"):
            own = opened.get_by_test_id(f"learn-growth-{key}").locator(".alone")
            expect(own).to_have_count(1)


def test_the_growth_with_the_length_has_a_mark_for_each_recording_and_for_ones_own(desk):
    desk.reload()  # what was trained here before has its marks too
    opened, server = open_task(desk, "without_recurrence"), shipped("without_recurrence")
    points = len(server["growth"])
    assert points == len(TASKS["without_recurrence"].models) * 4
    marks = opened.get_by_test_id("learn-growth-seconds").locator(".mark")
    expect(marks).to_have_count(points)
    models = TASKS["without_recurrence"].models
    own = standing("done", [record(model, epoch) for model in models for epoch in (0, 1)])
    own["recording"]["options"]["length"] = 120
    begun = {"ticket": "t", "examples": server["examples"]}
    with answers(desk, start_training=lambda _: begun, follow_training=lambda _: own):
        opened.get_by_test_id("learn-train").click()
        expect(marks).to_have_count(points + len(models))


def test_a_task_that_cannot_be_opened_is_asked_for_again(open_page):
    page = open_page()
    with answers(page, open_task=lambda _: None):
        go(page, "#tab=learn&task=numbers")
        opened = page.get_by_test_id("task-numbers")
        expect(opened.get_by_test_id("learn-problem")).to_have_text(said("learn_silent"))
    opened.get_by_role("button", name=said("gallery_again")).click()
    expect(opened).to_have_attribute("data-ready", "true")
    expect(opened.get_by_test_id("learn-glance")).not_to_be_empty()
