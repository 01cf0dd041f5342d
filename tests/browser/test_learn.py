"""The tab Learn: recordings, the way back through the epochs, trainings, and one's own input."""

import base64
import io
import wave

import numpy as np
import pytest
from learning import NEVER, answers, asked_of, last_of, open_task, shipped, weights_in
from playing import address_at_rest, fragment, go
from playwright.sync_api import expect

from attention.texts import texts
from attention.training.tasks import TASKS
from attention.ui import learn

ENGLISH = texts()["en"]
NAMES = ("loud_second", "numbers", "deciding_word", "without_recurrence")


def said(key, **values):
    """A text of the page in English."""
    return ENGLISH[key].format(**values)


def number_in(opened, testid):
    """The number in full that stands in a cell."""
    return float(opened.get_by_test_id(testid).get_attribute("data-value"))


def flat(weights):
    return sorted(weight for row in weights for weight in row)


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


MICROPHONE = """() => {
    window.opened = [];
    navigator.mediaDevices.getUserMedia = async () => {
        await new Promise((done) => setTimeout(done, 200));
        const context = new AudioContext();
        const [tone, end] = [context.createOscillator(), context.createMediaStreamDestination()];
        tone.connect(end);
        tone.start();
        opened.push(...end.stream.getTracks());
        return end.stream;
    };
}"""


def test_the_microphone_opens_once_and_is_closed_whichever_way_one_leaves(desk):
    opened = open_task(desk, "loud_second")
    record = opened.get_by_test_id("learn-record")
    desk.evaluate(MICROPHONE)
    states = "() => opened.map((track) => track.readyState).join()"
    with answers(desk, answer_own=lambda _: {"error": "heard"}) as asked:
        record.dblclick()
        expect(record).to_have_text(said("learn_record_stop"))
        assert desk.evaluate(states) == "live"
        desk.wait_for_timeout(500)
        record.click()
        expect(opened.get_by_test_id("learn-own-status")).to_contain_text("heard")
        assert desk.evaluate(states) == "ended"
        for other in ("learn-task-numbers", "tab-play"):
            record.click()
            expect(record).to_have_text(said("learn_record_stop"))
            desk.get_by_test_id(other).click()
            desk.wait_for_function(f"({states})().endsWith('ended')")
            go(desk, fragment(tab="learn", task="loud_second"))
            expect(record).to_have_text(said("learn_record"))
        desk.evaluate(
            "() => { const { start } = MediaRecorder.prototype; MediaRecorder.prototype.start ="
            " () => { MediaRecorder.prototype.start = start; throw new DOMException(); }; }"
        )
        record.click()
        expect(opened.get_by_test_id("learn-own-status")).to_have_text(said("learn_mic_failed"))
        assert desk.evaluate(states) == "ended,ended,ended,ended"
    desk.evaluate("delete navigator.mediaDevices.getUserMedia")
    assert len(asked) == 1


def test_a_training_starts_once_tells_how_it_goes_and_stops(desk):
    opened = open_task(desk, "loud_second", epochs="50", train_seed="3")
    started = []
    listen = lambda request: started.append(asked_of(request)) if request.post_data else None  # noqa: E731
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
    trained = opened.get_by_test_id("learn-moment").text_content().split()[1]
    expect(opened.get_by_test_id("learn-said")).to_contain_text(f"{trained} of 50 epochs")
    expect(opened.get_by_test_id("learn-train")).to_be_enabled()


def record(model, epoch):
    return {
        **{"model": model, "epoch": epoch, "loss": 0.5 if epoch else None, "score": epoch / 4},
        **{"seconds": 1.0 if epoch else None, "looks": [], "layer": {}},
    }


def standing(over=None, epochs=(), **changes):
    """How a training stands, as `Desk.follow` says it."""
    recording = {"options": {"lang": "en", "seed": 0, "epochs": 4}, "parameters": {}}
    recording |= {"epochs": list(epochs), "over": over}
    still = {"place": 0, "warming": False, "seconds": 0.0, "batch": None}
    return still | {"recording": recording} | changes


def test_every_phase_of_a_training_is_said(desk):
    opened = open_task(desk, "numbers")
    status = opened.get_by_test_id("learn-status")
    now = {"answer": standing(place=3)}
    begun = {"ticket": "t", "examples": []}
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
        expect(opened.get_by_test_id("learn-moment")).to_have_text("after 1 of 4")
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
        now["answer"] = {"error": "this training is not known here any more; train again"}
        opened.get_by_test_id("learn-train").click()
        expect(status).to_have_text(said("learn_forgotten"))
        begun = {"error": "at most 30 trainings can wait; 30 do already"}
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
    begun = {"ticket": "t", "examples": []}
    stopped = {"stop_training": lambda _: standing(over="stopped")}
    silent = {"start_training": lambda _: begun, "follow_training": lambda _: NEVER}
    with answers(desk, **silent, **stopped) as asked:
        opened.get_by_test_id("learn-train").click()
        expect(status).to_have_text(said("learn_lost"), timeout=8_000)
        opened.get_by_test_id("learn-stop").click()
        expect(status).to_have_text(said("learn_over_stopped"), timeout=2_000)
    assert [name for name, _ in asked].count("stop_training") == 1


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


def test_a_page_trains_one_task_at_a_time(desk):
    now = {"over": None}
    begun = {"ticket": "t", "examples": []}
    follow = {"follow_training": lambda _: standing(over=now["over"], place=1)}
    with answers(desk, start_training=lambda _: begun, **follow):
        open_task(desk, "numbers").get_by_test_id("learn-train").click()
        other = open_task(desk, "loud_second")
        expect(other.get_by_test_id("learn-train")).to_be_disabled()
        busy = said("learn_busy", task=said("task_numbers_title"))
        expect(other.get_by_test_id("learn-status")).to_have_text(busy)
        now["over"] = "stopped"
        expect(other.get_by_test_id("learn-train")).to_be_enabled()


def test_while_tensorflow_warms_up_the_page_says_so_and_asks_again(desk):
    opened = open_task(desk, "without_recurrence")
    example = shipped("without_recurrence")["examples"][0]
    look = {"answer": "Q", "weights": None, "rows": [], "sure": 0.5}
    models = TASKS["without_recurrence"].models
    ready = {"example": example, "looks": dict.fromkeys(models, look)}
    ready["epochs"] = dict.fromkeys(models, 6) | {models[0]: 7}
    waiting = iter([{"warming": {"share": 0.25, "seconds": 1.5}}])
    with answers(desk, answer_own=lambda _: next(waiting, ready)) as asked:
        opened.get_by_test_id("learn-own").fill("abCdE")
        opened.get_by_test_id("learn-ask").click()
        expect(opened.get_by_text(said("keras_warming", share=25, seconds="1.5"))).to_be_visible()
        expect(opened.get_by_test_id("look-lstm-answer")).to_have_text("Q")
        told = opened.get_by_test_id("learn-own-status")
        expect(told).to_have_text(said("learn_own_after", epoch="6–7"))
    assert len(asked) == 2
    assert asked[0][1]["own"] == {"text": "abCdE"}
    opened.get_by_test_id("learn-example-0").click()
    first = last_of(shipped("without_recurrence")["recording"], "lstm")["looks"][0]
    expect(opened.get_by_test_id("look-lstm-answer")).to_have_text(first["answer"])


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


def stereo(seconds, rate=44_100):
    """A WAV file: a wave of half the height on the left, nothing on the right."""
    left = 16_384 * np.sin(2 * np.pi * 440 * np.arange(int(seconds * rate)) / rate)
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.stack([left, 0 * left], axis=1).astype("<i2").tobytes())
    return {"name": "a.wav", "mimeType": "audio/wav", "buffer": held.getvalue()}


def test_a_sound_file_is_sent_as_one_channel_of_8_khz_and_no_longer_than_10_seconds(desk):
    opened = open_task(desk, "loud_second")
    status = opened.get_by_test_id("learn-own-status")
    with answers(desk, answer_own=lambda _: {"error": "not today"}) as asked:
        opened.get_by_test_id("learn-file").set_input_files(stereo(11))
        expect(status).to_contain_text("not today")
    own = asked[0][1]["own"]
    example = {**shipped("loud_second")["examples"][0], "truth": None, "taken": [1.25, 3.25]}
    heard = {"example": example, "looks": {}, "epochs": {"attention": 7}}
    with answers(desk, answer_own=lambda _: heard):
        opened.get_by_test_id("learn-file").set_input_files(stereo(11))
        expect(status).to_have_text(
            " ".join(
                [
                    said("learn_own_after", epoch="7"),
                    said("learn_cut", seconds=10),
                    said("learn_taken", **{"from": "1.3", "to": "3.3"}),
                ]
            )
        )
    numbers = np.frombuffer(base64.b64decode(own["samples"]), "<i2")
    assert (own["rate"], len(numbers)) == (8000, 80_000)
    assert np.abs(numbers).max() == pytest.approx(16_384 / 2, rel=0.02)
    text = {"name": "a.wav", "mimeType": "audio/wav", "buffer": b"no sound at all"}
    opened.get_by_test_id("learn-file").set_input_files(text)
    expect(status).to_have_text(said("learn_no_sound"))


@pytest.mark.parametrize(
    ("error", "key"), [("NotAllowedError", "denied"), ("NotFoundError", "missing")]
)
def test_without_a_microphone_the_page_says_what_to_do(desk, error, key):
    opened = open_task(desk, "loud_second")
    desk.evaluate(
        "(name) => { navigator.mediaDevices.getUserMedia = async () => {"
        " throw new DOMException('', name); }; }",
        error,
    )
    opened.get_by_test_id("learn-record").click()
    expect(opened.get_by_test_id("learn-own-status")).to_have_text(said(f"learn_mic_{key}"))
    desk.evaluate("delete navigator.mediaDevices.getUserMedia")


def test_a_task_that_cannot_be_opened_is_asked_for_again(open_page):
    page = open_page()
    with answers(page, open_task=lambda _: None):
        go(page, "#tab=learn&task=numbers")
        opened = page.get_by_test_id("task-numbers")
        expect(opened.get_by_test_id("learn-problem")).to_have_text(said("learn_silent"))
    opened.get_by_role("button", name=said("gallery_again")).click()
    expect(opened).to_have_attribute("data-ready", "true")
    expect(opened.get_by_test_id("learn-glance")).not_to_be_empty()
