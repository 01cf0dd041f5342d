"""A training on the server: its phases, its end, and what happens without a server."""

import pytest
from engines import body_of
from learning import NEVER, answers, asked_of, last_of, open_task, record, said, shipped, standing
from playing import next_frame
from playwright.sync_api import expect

from attention.training.tasks import TASKS

BEGUN = {"ticket": "t", "examples": []}
MOMENT = said("learn_compared_at", epoch=4)
DRAWN = "(nodes) => nodes.filter((node) => node.getAttribute('d')).length"


def test_a_training_starts_once_tells_how_it_goes_and_stops(desk):
    opened = open_task(desk, "loud_second", epochs="50", train_seed="3")
    started = []
    listen = lambda request: started.append(asked_of(request)) if body_of(request) else None  # noqa: E731
    desk.on("request", listen)
    opened.get_by_test_id("learn-train").dblclick()
    details = opened.get_by_test_id("learn-details")
    expect(details).to_contain_text("epoch 1 of 50", timeout=60_000)
    expect(opened.get_by_test_id("learn-source-own")).to_be_visible(timeout=60_000)
    expect(opened.get_by_test_id("learn-moment")).to_contain_text("of 50", timeout=60_000)
    expect(opened.get_by_test_id("learn-said")).to_contain_text("of 50 epochs")
    expect(details).to_contain_text("loss")
    desk.get_by_test_id("tab-play").click()
    desk.get_by_test_id("tab-learn").click()
    opened.get_by_test_id("learn-stop").click()
    expect(opened.get_by_test_id("learn-status")).to_have_text(said("learn_over_stopped"))
    desk.remove_listener("request", listen)
    names = [name for name, _ in started]
    assert names.count("start_training") == 1
    assert names[-1] == "stop_training"
    trained = opened.get_by_test_id("learn-moment").text_content().split()[2]
    expect(opened.get_by_test_id("learn-said")).to_contain_text(f"{trained} of 50 epochs")
    expect(opened.get_by_test_id("learn-train")).to_be_enabled()


def test_every_phase_of_a_training_is_said(desk):
    opened = open_task(desk, "numbers")
    status = opened.get_by_test_id("learn-status")
    now = {"answer": standing(place=3)}
    begun = BEGUN
    records = [record(model, epoch) for epoch in (0, 1) for model in TASKS["numbers"].models]

    def follow(data):
        answer = now["answer"]
        if answer and "recording" in answer:
            rest = answer["recording"]["epochs"][data["since"] :]
            return answer | {"recording": answer["recording"] | {"epochs": rest}}
        return answer

    with answers(desk, start_training=lambda _: begun, follow_training=follow) as asked:
        opened.get_by_test_id("learn-train").click()
        expect(status).to_have_text(said("learn_queued", place=3))
        now["answer"] = standing(warming=True)
        expect(status).to_have_text(said("learn_warming"))
        half = {"model": "attention", "epoch": 1.5, "loss": 0.25}
        now["answer"] = standing(epochs=records, batch=half, seconds=2.0)
        expect(status).to_have_text(said("learn_training"))
        # 1.5 and 1 of twice 4 epochs took 2 s: the other 5.5 of them take 4.4.
        expect(opened.get_by_test_id("learn-details")).to_have_text(
            "epoch 2 of 4 · With attention · loss 0.250 · about 4 s left"
        )
        expect(opened.get_by_test_id("learn-moment")).to_have_text("after epoch 1 of 4")
        opened.get_by_test_id("learn-scrubber").press("Home")
        expect(opened.get_by_test_id("learn-right-plain")).to_have_text("0 %")
        more = [record(model, 2) for model in TASKS["numbers"].models]
        now["answer"] = standing(epochs=records + more, seconds=3.0)
        expect(opened.get_by_test_id("learn-scrubber")).to_have_attribute("max", "2")
        expect(opened.get_by_test_id("learn-moment")).to_have_text(said("learn_before"))
        opened.get_by_test_id("learn-scrubber").press("End")
        now["answer"] = None
        expect(status).to_have_text(said("learn_lost"))
        now["answer"] = standing(epochs=records + more, over="time", seconds=120.0)
        expect(status).to_have_text(said("learn_over_time", most=120))
        expect(opened.get_by_test_id("learn-right-plain")).to_have_text("50.0 %")
        for over in ("done", "stopped", "left", "failed"):
            now["answer"] = standing(over=over, seconds=1.0)
            opened.get_by_test_id("learn-train").click()
            expect(status).to_have_text(said(f"learn_over_{over}", seconds="1.0"))
        now["answer"] = {"error": "this training is no longer known here; train again"}
        opened.get_by_test_id("learn-train").click()
        expect(status).to_have_text(said("learn_forgotten"))
        begun = {"error": "at most 30 trainings can wait, and 30 already do"}
        opened.get_by_test_id("learn-train").click()
        expect(status).to_contain_text("at most 30 trainings can wait")
    assert {data["ticket"] for name, data in asked if name == "follow_training"} == {"t"}
    # Only what is new is asked for, and a new training begins anew.
    had = [data["since"] for name, data in asked if name == "follow_training"]
    assert set(had) == {0, len(records), len(records + more)}
    assert had[-1] == 0


def test_a_dead_connection_is_noticed_and_stop_waits_for_no_answer(desk):
    opened = open_task(desk, "numbers")
    status = opened.get_by_test_id("learn-status")
    silent = {"start_training": lambda _: BEGUN, "follow_training": lambda _: NEVER}
    stopped = {"stop_training": lambda _: standing(over="stopped")}
    with answers(desk, **silent, **stopped) as asked:
        opened.get_by_test_id("learn-train").click()
        expect(status).to_have_text(said("learn_lost"), timeout=8_000)
        opened.get_by_test_id("learn-stop").click()
        expect(status).to_have_text(said("learn_over_stopped"), timeout=2_000)
    assert [name for name, _ in asked].count("stop_training") == 1


def trained(models, scores, **options):
    """A training that is over: of each model the score of new and of trained examples."""
    epochs = [record(model, epoch) for epoch in (0, 4) for model in models]
    for one, (score, seen) in zip(epochs[len(models) :], scores, strict=True):
        one |= {"score": score, "trained_score": seen}
    ended = standing("done", epochs, seconds=1.0)
    ended["recording"]["options"] |= options
    return ended


def test_what_is_chosen_is_trained_and_its_curves_stand_before_those_of_the_last_time(open_page):
    page = open_page()
    models = TASKS["numbers"].models
    opened = open_task(page, "numbers")
    score = opened.get_by_test_id("learn-score")
    expect(score.locator(".gap, .line.beside")).to_have_count(2 * len(models))
    expect(score.locator(".before")).to_have_count(len(models))
    assert score.locator(".before").evaluate_all(DRAWN) == 0, "a recording has none before it"
    shown = last_of(shipped("numbers")["recording"], "plain")
    opened.get_by_test_id("learn-scrubber").press("End")
    gap = round(1000 * shown["trained_score"]) - round(1000 * shown["score"])
    words = said("learn_gap", gap=f"{gap / 10:.1f}".replace("-", "−"))
    expect(opened.get_by_test_id("learn-compared-plain")).to_contain_text(words)

    first = trained(models, [(0.5, 0.75), (0.25, 0.5)], learning_rate=0.01, units=32, dropout=0.1)
    second = trained(models, [(0.75, 0.76), (0.1, 0.05)], learning_rate=0.2, units=8, dropout=0.1)
    now = [first, second]
    for name, number in (("learn_rate", "0.2"), ("units", "8")):
        opened.get_by_test_id(f"learn-{name}").select_option(number)
    follow = {"follow_training": lambda _: now[0]}
    with answers(page, start_training=lambda _: BEGUN, **follow) as asked:
        for _ in (first, second):
            opened.get_by_test_id("learn-train").click()
            expect(opened.get_by_test_id("learn-train")).to_be_enabled()
            now[:] = [second]
    options = next(data["options"] for name, data in asked if name == "start_training")
    assert options == {
        **{"lang": "en", "seed": 0, "epochs": 8},
        **{"learning_rate": 0.2, "units": 8, "dropout": 0.1},
    }
    assert score.locator(".before").evaluate_all(DRAWN) == len(models)
    changes = "learning rate 0.01 → 0.2, units 32 → 8"
    expect(opened.get_by_test_id("learn-changed")).to_have_text(
        said("learn_compared", moment=said("learn_compared_at", epoch=4), changes=changes)
    )
    expect(opened.get_by_test_id("learn-compared-attention")).to_have_text(
        "With attention: held-out 50.0 % → 75.0 %, gap 25.0 → 1.0 percentage points"
    )
    expect(opened.get_by_test_id("learn-compared-plain")).to_have_text(
        "Without attention: held-out 25.0 % → 10.0 %, gap 25.0 → −5.0 percentage points"
    )
    opened.get_by_test_id("learn-source-shipped").click()
    expect(opened.get_by_test_id("learn-changed")).to_be_empty()


def test_a_training_with_the_same_settings_says_so(open_page):
    page = open_page()
    models = TASKS["numbers"].models
    same = trained(models, [(0.5, None), (0.25, None)], epochs=8)
    opened = open_task(page, "numbers")
    with answers(page, start_training=lambda _: BEGUN, follow_training=lambda _: same):
        opened.get_by_test_id("learn-train").click()
        changed = opened.get_by_test_id("learn-changed")
        expect(changed).to_have_text(said("learn_compared_same", moment=MOMENT))
    expect(opened.get_by_test_id("learn-compared-plain")).to_contain_text("→ 25.0 %")
    expect(opened.get_by_test_id("learn-compared-plain")).not_to_contain_text("gap")


def test_a_shorter_training_is_compared_after_the_last_epoch_that_both_have(open_page):
    page = open_page()
    models = TASKS["numbers"].models
    short, long = (trained(models, [(score, None)] * 2, epochs=8) for score in (0.25, 0.5))
    for one in long["recording"]["epochs"]:
        one["epoch"] *= 2  # 0 and 8
    long["recording"]["epochs"][2:2] = [record(model, 3) for model in models]
    now = [short]
    opened = open_task(page, "numbers")
    with answers(page, start_training=lambda _: BEGUN, follow_training=lambda _: now[0]):
        for one in (short, long):
            now[:] = [one]
            opened.get_by_test_id("learn-train").click()
            expect(opened.get_by_test_id("learn-train")).to_be_enabled()
    expect(opened.get_by_test_id("learn-right-plain")).to_have_text("50.0 %")
    expect(opened.get_by_test_id("learn-changed")).to_contain_text(MOMENT)
    # After the third epoch, for the longer one was not looked at after the fourth.
    expect(opened.get_by_test_id("learn-compared-plain")).to_contain_text("25.0 % → 75.0 %")
    opened.get_by_test_id("learn-scrubber").press("Home")
    expect(opened.get_by_test_id("learn-changed")).to_contain_text(said("learn_before"))


def follow_in(page, opened, **options):
    """Train, on a server that says it was with these options."""
    models = TASKS[opened.get_attribute("data-testid").removeprefix("task-")].models
    ended = trained(models, [(0.5, None)] * len(models), **options)
    with answers(page, start_training=lambda _: BEGUN, follow_training=lambda _: ended):
        opened.get_by_test_id("learn-train").click()
        expect(opened.get_by_test_id("learn-train")).to_be_enabled()
    return opened.get_by_test_id("learn-score").locator(".before").evaluate_all(DRAWN)


@pytest.mark.parametrize("task", ["loud_second", "demand"])
def test_the_first_training_is_compared_with_a_recording_that_serves_every_language(
    open_page, task
):
    page = open_page()
    opened = open_task(page, task, lang="ru")
    assert shipped(task, "ru")["recording"]["options"]["lang"] == "en"
    assert follow_in(page, opened, lang="ru") == len(TASKS[task].models)
    expect(opened.get_by_test_id("learn-changed")).not_to_be_empty()


def test_trainings_on_data_of_two_languages_are_not_compared(open_page):
    page = open_page()
    opened = open_task(page, "numbers")
    assert follow_in(page, opened, lang="en") == len(TASKS["numbers"].models)
    opened = open_task(page, "numbers", lang="ru")
    assert follow_in(page, opened, lang="ru") == 0
    expect(opened.get_by_test_id("learn-changed")).to_be_empty()


def test_each_choice_says_what_it_does_to_the_curves(desk):
    opened = open_task(desk, "loud_second")
    for name in ("learn_rate", "units", "dropout"):
        word = opened.get_by_test_id(f"term-{name}")
        word.scroll_into_view_if_needed()
        next_frame(desk)  # what is scrolled explains nothing
        word.hover()
        tip = desk.get_by_role("tooltip")
        expect(tip).to_contain_text(said(f"term_{name}"))
        expect(tip).to_contain_text(said(f"term_{name}_from"))
    desk.mouse.move(2, 2)


def test_a_page_trains_one_task_at_a_time(desk):
    now = {"over": None}
    follow = {"follow_training": lambda _: standing(over=now["over"], place=1)}
    with answers(desk, start_training=lambda _: BEGUN, **follow):
        open_task(desk, "numbers").get_by_test_id("learn-train").click()
        other = open_task(desk, "loud_second")
        expect(other.get_by_test_id("learn-train")).to_be_disabled()
        busy = said("learn_busy", task=said("task_numbers_title"))
        expect(other.get_by_test_id("learn-status")).to_have_text(busy)
        now["over"] = "stopped"
        expect(other.get_by_test_id("learn-train")).to_be_enabled()
