"""Whatever comes in from outside is answered in JSON and in words: calls, messages and lessons."""

from __future__ import annotations

import re
from collections.abc import Callable
from inspect import iscoroutinefunction
from random import Random
from typing import Any

import pytest
from effort import many
from hostile import (
    NUMERALS,
    TEXTS,
    VALUES,
    mutated_json,
    mutated_text,
    sound_json,
    try_all,
)

from attention import figures
from attention.lessons import FOLDER, load_lessons
from attention.lessons.writing import source_of
from attention.texts import say
from attention.training.job_queue import JobQueue, Training
from attention.training.recording import Recording
from attention.training.task import Options
from attention.ui import agreement, gallery, learn
from attention.ui.own_lesson import open_lesson
from attention.ui.playground import Playground
from attention.warming import Progress

# Of each function, together 10,000; these take longest where there is nothing to refuse.
COUNT = many(210, 840)
SLOWER = {
    "make_handout": many(20, 80),
    "make_scorm": many(15, 60),
    "make_scorm_course": many(15, 60),
    "make_task_file": many(15, 60),
    "make_worksheet": many(40, 160),
    "save_lesson": many(80, 320),
    "take_animation": many(20, 80),
}
LESSONS = load_lessons()[0]
SCENES = [lesson.start.model_dump(mode="json") for lesson in LESSONS.values()]
FEAR = LESSONS["fear"].start.model_dump(mode="json")
GATE = LESSONS["gate"].start.model_dump(mode="json")
TRACE = {name: stage.tolist() for name, stage in vars(LESSONS["fear"].start.trace()).items()}
TASKS = [{"task": task, "options": {"lang": "en", "seed": 3, "epochs": 5}} for task in learn.TASKS]
TICKET = "ticket"
# By the name of the function, what the page asks of it.
ASKED: dict[str, list[dict[str, Any]]] = {
    "keras_agrees": [
        {"scene": FEAR, "page": TRACE},
        {
            "scene": FEAR,
            "page": TRACE,
            "step": {
                "objective": {
                    "target": [1, 0, 0, 2.5],
                    "rate": 0.1,
                    "turns": ["w"],
                    "w": {"regularizer": "l2", "strength": 0.5, "constraint": "max_norm"},
                },
                "loss": 0.5,
                "penalty": None,
                "gradients": {"w": [1, 2, None], "b": [0, 0, 0, 0]},
                "numbers": {"w": [1, 2, 3], "b": [0, 0, 0, 0]},
            },
        },
    ],
    "take_away": [
        {"scene": scene, "format": format, "lang": "ru"}
        for scene in SCENES
        for format in ("numpy", "keras", "json", "csv", "ipynb")
    ],
    "take_animation": [
        {"scene": GATE, "format": "webp", "sweep": {"of": "w.0.1", "low": -2, "high": 2}},
        {
            "scene": GATE,
            "format": "gif",
            "axes": [2, 0],
            "training": {
                "steps": [{"number": n, "parts": {"w": [[n, 0, 0]] * 3}} for n in (0, 1, 9)],
                "target": [1, 2, 0],
            },
        },
    ],
    "qr_code": [{"address": "http://localhost:7860/#lesson=fear"}],
    "make_handout": [
        *({"lesson": name, "scene": FEAR, "lang": "en"} for name in ("fear", "gate")),
        {"source": source_of("love"), "scene": FEAR},
    ],
    "make_scorm": [
        {"lesson": "fear", "scene": FEAR, "lang": "en"},
        {"source": source_of("love"), "scene": FEAR},
    ],
    "make_scorm_course": [{"lang": "ru"}],
    "make_worksheet": [
        {"lesson": "fear", "scene": FEAR, "count": 1, "seed": 5, "unvaried": True},
        {"source": source_of("love"), "scene": FEAR, "count": 2, "seed": 0, "lang": "ru"},
    ],
    "open_lesson": [{"source": source_of("love")}],
    "save_lesson": [
        *({"scene": scene, "lang": "en", "title": "a", "challenge": "b"} for scene in SCENES),
        {"scene": FEAR, "lesson": "fear", "story": "a **b**"},
        {"scene": FEAR, "source": source_of("fear")},
    ],
    "draw_variations": [
        {"setting": {"scene": FEAR, "seed": 3, "window": 2, "causal": True}, "names": ["dot"]},
        {"setting": {"sentence": "Love and love"}, "names": ["dot", "scaled_dot"], "lang": "ru"},
    ],
    "variation_numbers": [
        {"setting": {"scene": FEAR, "seed": 3, "window": 2, "causal": True}},
        {"setting": {"sentence": "Love and love"}, "names": ["dot", "multi_head"]},
    ],
    "open_task": TASKS,
    "make_task_file": [TASKS[0] | {"lang": "ru"}],
    "start_training": TASKS,
    "follow_training": [{"ticket": TICKET, "since": 2}],
    "stop_training": [{"ticket": TICKET}],
}
WAITING = Training(learn.TASKS["numbers"], Options(), Recording("numbers", {}))
EVERY = [request for requests in ASKED.values() for request in requests]


@pytest.fixture(scope="module")
def playground():
    """The component, whose server has no time for TensorFlow, trainings and pictures."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(agreement, "warm_up", lambda: Progress(1.0))
        patch.setattr(learn, "jobs", JobQueue())
        patch.setattr(learn.jobs, "warm", lambda: None)
        patch.setattr(learn.jobs, "enter", lambda *_: TICKET)
        patch.setitem(learn.jobs._trainings, TICKET, WAITING)
        for name in ("_map_of", "_difference_of"):
            patch.setattr(gallery, name, lambda *_, **__: None)
        patch.setattr(figures, "save", lambda *_: b"")
        yield Playground()


def function_of(playground: Playground, name: str) -> Callable[[Any], Any]:
    """One of the page's functions, done at once."""
    function = getattr(playground, name)
    return function.__wrapped__ if iscoroutinefunction(function) else function


def assert_answers(function: Callable[[Any], Any], request: Any) -> None:
    answer = function(request)
    assert isinstance(answer, dict)
    sound_json(answer)
    if "error" in answer:
        assert 0 < len(say(answer["error"])) < 2_000


def test_every_function_that_the_page_may_call_is_asked_here(playground):
    served = {
        name
        for name in dir(playground)
        if getattr(getattr(playground, name, None), "_is_server_fn", False)
    }
    assert served == set(ASKED)


@pytest.mark.parametrize("name", ASKED)
def test_whatever_is_asked_there_is_an_answer(playground, name):
    function = function_of(playground, name)

    def request(random: Random) -> Any:
        others = ASKED[name] if random.randrange(3) else EVERY
        return mutated_json(random, random.choice(ASKED[name]), others)

    try_all(SLOWER.get(name, COUNT), name, request, lambda made: assert_answers(function, made))


@pytest.mark.parametrize("name", ASKED)
def test_no_value_is_too_much_for_any_field(playground, name):
    function, whole = function_of(playground, name), ASKED[name][0]
    for value in VALUES:
        assert_answers(function, value)
        for field in [*whole, "scene"]:
            assert_answers(function, whole | {field: value})


@pytest.mark.parametrize("name", ASKED)
def test_what_the_page_asks_is_no_mistake(playground, name):
    """Else nothing but refusals would be tested above."""
    for request in ASKED[name]:
        error = function_of(playground, name)(request).get("error")
        assert error is None, error


# Lessons

FILES = [file.read_text("utf-8") for file in sorted(FOLDER.glob("*.toml"))]
MARKS = "\n=[]{},.\"' "
# All that a lesson's file can have in it, and more of TOML than any has.
PIECES = sorted(
    {piece for file in FILES for piece in re.findall(r"\w+|[^\w\s]+|\n", file)}
    | {"[[", "]]", '"""', "'''", "\\u0000", "\\ud800", "\\", "#", "\r", "inf", "1979-05-27"}
)
SMALL = """\
level = 1
title = { en = "a" }
story.en = "b"
rows.en = ["a", "b"]
columns.en = ["c"]
scene = { x = [[1], [2]], w = [1], b = [0, 0], mask = [true, true], temperature = 1 }
ranges = { w = [-1, 1, 0.5] }
[predict]
text.en = "d"
index = 0
[[predict.choices]]
text.en = "e"
at_most = 0.5
[challenge]
text.en = "f"
goals = [{ of = "weights", index = 1, at_least = 0.57 }]
keep = [{ of = "b", row = 0 }]
solution = { w = [0.5] }
[training]
target = [1, 0]
turns = ["w"]
"""


def test_many_broken_lessons_open_or_are_refused_in_words():
    def file(random: Random) -> str:
        valid = SMALL if random.randrange(6) else random.choice(FILES)
        return mutated_text(random, valid, [*PIECES, *TEXTS, *NUMERALS], MARKS)

    opens = lambda source: assert_answers(open_lesson, {"source": source})  # noqa: E731
    try_all(many(1_000, 10_000), "lesson", file, opens)
    assert "lesson" in open_lesson({"source": SMALL})


@pytest.mark.parametrize("field", re.findall(r"^\w+(?= =)", SMALL, re.M))
def test_no_value_of_a_field_is_more_than_a_lesson_can_bear(field):
    values = [*NUMERALS, "nan", "{}", "[]", "[[]]", "{a=1}", "''", "[nan]", "[[[1]]]", "07:32:00"]
    for value in [*values, *("[" * depth + "]" * depth for depth in (5, 50, 20_000))]:
        source = re.sub(rf"^{field} = .*$", lambda _, v=value: f"{field} = {v}", SMALL, flags=re.M)
        assert_answers(open_lesson, {"source": source})
