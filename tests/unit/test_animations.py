"""An animation shows what it says: the numbers of a sweep, the steps of a training; in bounds."""

from __future__ import annotations

import base64
from io import BytesIO

import numpy as np
import pytest
from drawings import HOSTILE, NAMES, assert_readable, middle, parts, scene
from PIL import Image, ImageSequence

from attention.export import Step, Sweep, Training, animate, animations
from attention.export.animations import LARGEST_FILE, MOST_PICTURES, SWEPT, loss_of, swept, trained
from attention.figures import Animation, Curve, Slider, stage_figures
from attention.scene import Scene
from attention.texts import UserError, say, texts
from attention.ui.takeaway import take_animation

EN = texts()["en"]
PLAIN = scene(rows=["a", "b", "c"], columns=["f", "g"], b=[0.0, 1.0, 2.0])
GATE = scene("gate", rows=["a", "b", "c"], columns=["x"])
STEPS = [Step(number=n, parts={"b": [0.0, 0.1 * n, 0.0]}) for n in (0, 1, 5, 20)]
ASKING = scene("self_attention", rows=["a", "b", "c"], columns=["f", "g"], causal=True)
ASKED = [Step(number=n, parts={"wk": [[0.1 * n, 0.0], [0.0, 0.1]]}) for n in (0, 1, 5)]
TRAINING = Training(steps=STEPS, target=[1.0, 3.0, 0.0])
LARGEST = scene(rows=NAMES[:16], columns=NAMES[:8], activation="linear", temperature=10.0)


def images(file):
    return [
        np.array(one.convert("RGB")) for one in ImageSequence.Iterator(Image.open(BytesIO(file)))
    ]


@pytest.mark.parametrize("of", ["b.1", "x.2.1", "w.0", "temperature"])
def test_a_sweep_moves_one_number_from_low_to_high_and_no_other(of):
    found = swept(PLAIN, Sweep(of=of, low=0.5, high=8))
    assert len(found) == SWEPT

    def number(one):
        value = one.model_dump()
        for step in of.split("."):
            value = value[int(step) if step.isdigit() else step]
        return value

    numbers = [number(one) for one in found]
    assert (numbers[0], numbers[-1]) == (0.5, 8) and numbers == sorted(set(numbers))
    even = np.log(numbers) if of == "temperature" else numbers
    assert np.diff(even) == pytest.approx(np.ptp(even) / (SWEPT - 1), rel=0.05)
    others = [one.model_dump() for one in found]
    for fields in others:
        del fields[of.split(".")[0]]
    assert all(one == others[0] for one in others)


def test_a_training_shows_its_steps_as_they_were_and_the_loss_at_each():
    found = trained(PLAIN, TRAINING)
    assert [one.b for one in found] == [step.parts["b"] for step in STEPS]
    target = [0.25, 0.75, 0.0]
    for one in found:
        weights = one.trace().weights
        exact = -sum(t * np.log(w) for t, w in zip(target, weights, strict=True) if t)
        assert loss_of(one, target) == pytest.approx(exact)
    hidden = PLAIN.model_copy(update={"mask": [True, False, True], "temperature": 1e-2})
    assert np.isfinite(loss_of(hidden, [0.5, 0.0, 0.5]))


@pytest.mark.parametrize("format", ["gif", "webp"])
@pytest.mark.parametrize(
    ("shown", "moves"),
    [
        (PLAIN, Sweep(of="b.1", low=-5, high=5)),
        (GATE, Sweep(of="w.0.2", low=-2, high=2)),
        (PLAIN, TRAINING),
        (ASKING, Sweep(of="wq.1.0", low=-2, high=2)),
        (ASKING, Training(steps=ASKED, target=[1.0, 3.0, 0.0])),
    ],
    ids=["sweep", "gate", "training", "self_attention", "self_attention learns"],
)
def test_the_same_animation_is_the_same_bytes_plays_without_end_and_stands_on_white(
    shown, moves, format
):
    file = animate(shown, moves, format, EN)
    assert file == animate(shown, moves, format, EN)
    picture = Image.open(BytesIO(file))
    assert picture.format == format.upper() and picture.info["loop"] == 0
    assert picture.size[0] == 640 and len(file) < 500_000
    frames = images(file)
    count = 2 * SWEPT - 2 if isinstance(moves, Sweep) else len(moves.steps)
    assert len(frames) == count
    assert all((frame[0, 0] == 255).all() for frame in frames)
    if isinstance(moves, Sweep):  # it comes back by the way that it went
        for there, back in zip(frames[1:SWEPT], frames[: SWEPT - 2 : -1], strict=False):
            assert (there == back).all()


def test_a_frame_is_the_stage_of_its_scene():
    scenes = swept(PLAIN, Sweep(of="b.1", low=-5, high=5))
    slider = Slider("b", "#000000", np.linspace(0, 1, SWEPT).tolist(), [""] * SWEPT)
    figures = list(stage_figures(scenes, EN, width=640, height=190, strip=slider))
    drawn = [parts(figure) for figure in figures]
    for one, shapes in zip(scenes, drawn, strict=True):
        ribbon = shapes["ribbon-1"]
        band = sum(np.ptp(shapes[f"ribbon-{row}"][[3, 4], 1]) for row in range(3))
        assert (ribbon[7, 1] - ribbon[0, 1]) / band == pytest.approx(one.trace().weights[1])
    knobs = [middle(shapes["knob"]) for shapes in drawn]
    assert np.diff(knobs, axis=0) == pytest.approx(np.diff(knobs[:2], axis=0).repeat(SWEPT - 1, 0))
    points = [middle(shapes["point-0"]) for shapes in drawn]
    assert points == pytest.approx(np.array(points[:1]).repeat(SWEPT, 0), abs=0.01), "axes stand"


def test_the_knob_of_a_curve_is_at_the_loss_of_its_step():
    curve = Curve("#000000", [0, 1, 5, 20], [4.0, 2.0, 1.0, 0.0], ["0"] * 4, ["4"] * 4)
    figures = stage_figures([PLAIN] * 4, EN, width=640, height=190, strip=curve)
    knobs = np.array([middle(parts(figure)["knob"]) for figure in figures])
    across, down = (knobs - knobs[0]).T
    assert across / across[-1] == pytest.approx([0, 0.05, 0.25, 1], abs=1e-3)
    assert down / down[-1] == pytest.approx([0, 0.5, 0.75, 1], abs=1e-3)


@pytest.mark.parametrize("format", ["gif", "webp"])
def test_the_largest_scene_is_drawn_in_time_and_in_about_a_megabyte(format):
    numbers = np.random.default_rng(1).normal(size=(MOST_PICTURES, 8))
    steps = [Step(number=n, parts={"w": w}) for n, w in enumerate(numbers.tolist())]
    training = Training(steps=steps, target=[1.0] * 16)
    for moves in (Sweep(of="temperature", low=0.1, high=100), training):
        file = animate(LARGEST, moves, format, EN)
        assert len(images(file)) >= SWEPT // 2
        assert len(file) < 1.3 * LARGEST_FILE


@pytest.mark.parametrize(
    "moves", [Sweep(of="x.5.5", low=-1e6, high=1e6), Sweep(of="b.0", low=-1e6, high=1e6)]
)
def test_any_name_and_the_largest_numbers_are_drawn_apart(written, moves):
    shown = scene(rows=HOSTILE, columns=HOSTILE, activation="linear")
    for language in texts().values():
        written.clear()
        strip = animations._slider(swept(shown, moves), moves, language)
        for figure in stage_figures(
            swept(shown, moves), language, width=640, height=190, strip=strip
        ):
            assert_readable(written, figure)
            written.clear()


def asked(**changes):
    request = {"scene": PLAIN.model_dump(), "format": "gif"}
    return take_animation(request | {"sweep": {"of": "b.1", "low": 0, "high": 1}} | changes)


def test_the_page_gets_the_file():
    answer = asked(axes=[1, 0], lang="ru")
    assert (answer["name"], answer["type"]) == ("attention.gif", "image/gif")
    expected = animate(PLAIN, Sweep(of="b.1", low=0, high=1), "gif", texts()["ru"], (1, 0))
    assert base64.b64decode(answer["content"]) == expected


BAD_STEPS = [{"number": 3, "parts": {}}, {"number": 3, "parts": {}}]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        (
            {"sweep": {"of": "b.7", "low": 0, "high": 1}},
            "sweep.of: must be one of temperature, x.0.0",
        ),
        ({"sweep": {"of": "rows.0", "low": 0, "high": 1}}, "sweep.of: must be one of"),
        ({"sweep": {"of": "x" * 999, "low": 0, "high": 1}}, "sweep.of: must have at most 40"),
        (
            {"sweep": {"of": "b.1", "low": 1, "high": 1}},
            "sweep.low: must be less than 1.0; got 1.0",
        ),
        ({"sweep": {"of": "b.1", "low": 0, "high": 1e9}}, "sweep.high: must be less than or equal"),
        (
            {"sweep": {"of": "temperature", "low": 0, "high": 1}},
            "sweep.temperature: must be greater",
        ),
        ({"sweep": {"of": "b.1", "low": 0, "high": float("nan")}}, "sweep.high: "),
        ({"sweep": None}, "either sweep or training must be given; got 0"),
        (
            {"training": {"steps": BAD_STEPS, "target": [1]}},
            "training.steps.1.number: must be greater",
        ),
        ({"training": {"steps": [], "target": [1]}}, "training.steps: must have at least 2"),
        ({"format": "exe"}, "format: must be one of 'gif' or 'webp'"),
        ({"axes": [0, 99]}, "axes.1: must be less than 8"),
        ({"axes": "x"}, "axes: "),
    ],
)
def test_a_wrong_request_is_told_which_rule_it_breaks(changes, rule):
    assert rule in say(asked(**changes)["error"])


@pytest.mark.parametrize(
    ("parts", "target", "rule"),
    [
        ({"b": [1, 2]}, [1, 1, 1], "training.steps.b: must have 3 numbers; got 2"),
        ({"b": ["x"] * 3}, [1, 1, 1], "training.steps.b.0: "),
        ({"b": [0, 0, 1e9]}, [1, 1, 1], "training.steps.b.2: "),
        ({"x": [[0, 0]] * 3}, [1, 1, 1], "training.steps.0.parts.x"),
        ({"b": [0, 0, 0]}, [1, 1], "training.target: "),
        ({"b": [0, 0, 0]}, [0, 0, 0], "training.target: "),
        ({"b": [0, 0, 0]}, [-1, 1, 1], "training.target.0: "),
        ({"b": [0] * 100_000}, [1, 1, 1], "training.steps.b: "),
    ],
)
def test_a_wrong_training_is_told_where_it_is(parts, target, rule):
    steps = [{"number": number, "parts": parts} for number in (0, 1)]
    answer = asked(sweep=None, training={"steps": steps, "target": target})
    assert rule in say(answer["error"])


def test_drawing_ends_in_time_and_says_so(monkeypatch):
    monkeypatch.setattr(animations, "MOST_SECONDS", -1)
    with pytest.raises(UserError, match="must be drawn within −1\xa0s"):
        animate(PLAIN, TRAINING, "gif", EN)


def test_another_format_is_refused():
    figures = stage_figures([PLAIN, PLAIN], EN, width=640)
    with pytest.raises(ValueError, match="format must be one of gif, webp; got 'mp4'"):
        Animation(figures, [1, 1]).save("mp4")


def test_nobody_is_seen_in_a_scene_without_visible_rows():
    hidden = Scene(**PLAIN.model_dump() | {"mask": [False] * 3})
    frames = images(animate(hidden, Sweep(of="temperature", low=1, high=2), "gif", EN))
    assert len(frames) == 2 * SWEPT - 2
