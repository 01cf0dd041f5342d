"""What the trained models answer in the browser is what Keras answers with the same weights."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from models_in_browser import answers_in_browser, models_in_browser, read_in_browser

from attention.training.graph import graph
from attention.training.packed_weights import pack, unpack
from attention.training.recording import FOLDER, load
from attention.training.task import Example
from attention.training.tasks import (
    TASKS,
    deciding_word,
    demand,
    inspection,
    loud_second,
    numbers,
    without_recurrence,
)
from attention.ui import learn

RECORDINGS = {file.stem: load(file) for file in FOLDER.glob("*.json")}
CLOSE = {"rtol": 0, "atol": 1e-5}
KNOWN = {task["name"]: task for task in learn.for_page()}


def held_out(task: str, options) -> tuple[np.ndarray, ...]:
    """Everything of a task that its models are scored on, as they take it."""
    if task == "loud_second":
        return (loud_second.held_out(options.seed)[0],)
    if task == "demand":
        return (demand.as_shares(*demand.shops(options.seed, 1, demand.UNSEEN))[0],)
    if task == "deciding_word":
        return (deciding_word.encoded(options.lang, unseen=True)[0],)
    if task == "without_recurrence":
        return (without_recurrence.held_out(options.seed, options.length)[0],)
    words, digits = numbers.held_out(options.seed, options.lang)
    return words, numbers.written_before(digits)


def inputs_of(x: tuple[np.ndarray, ...]) -> list[Any]:
    return [[one[i].tolist() for one in x] for i in range(len(x[0]))]


def agree(page, model, weights, x) -> None:
    """Output and attention weights, to 1e-5."""
    model.set_weights(unpack(weights))
    given = list(x) if len(x) > 1 else x[0]
    output = np.array(model.predict_on_batch(given))
    looks = inspection.attention_weights(model, given)
    case = {"graph": graph(model), "weights": weights, "inputs": inputs_of(x)}
    (found,) = models_in_browser(page, [case])
    got = np.array([one["output"] for one in found]).reshape(output.shape)
    np.testing.assert_allclose(got, output, **CLOSE)
    if looks is None:
        return
    got = np.array([one["attention"][0] for one in found])
    # Where only the last step is used, only its row is computed.
    rows = looks.reshape(len(looks), -1)[:, -got.shape[1] :]
    np.testing.assert_allclose(got, rows, **CLOSE)


OURS = [
    name
    for name, one in RECORDINGS.items()
    if one.task in ("loud_second", "demand", "deciding_word", "without_recurrence", "numbers")
]


@pytest.mark.parametrize("name", OURS)
def test_every_held_out_example_is_answered_as_by_keras(blank_page, name):
    recording = RECORDINGS[name]
    task = TASKS[recording.task]
    options = task.Options(**recording.options)
    for model in task.models:
        made = getattr(task.keras(), model)(options)
        assert recording.graphs[model] == graph(made)
        agree(blank_page, made, recording.last(model).weights, held_out(task.name, options))


@pytest.mark.parametrize(
    "name", ["loud_second", "demand", "deciding_word", "without_recurrence", "numbers"]
)
def test_random_weights_and_inputs_give_the_same_too(blank_page, name):
    task, random = TASKS[name], np.random.default_rng(5)
    options = task.Options(units=8)
    x = []
    for one in held_out(name, options):
        whole = one.dtype.kind == "i"
        made = random.integers(0, one.max() + 1, (20, *one.shape[1:]))
        # Blanks where they may stand: before words and letters, after those of a number.
        blank = np.arange(one.shape[1]) < random.integers(0, one.shape[1], (20, 1))
        if name == "numbers":
            blank = blank[:, ::-1]
        shape = blank.shape + (1,) * (one.ndim - 2)
        values = made if whole else random.normal(size=made.shape)
        x.append(np.where(blank.reshape(shape), 0, values).astype(one.dtype))
    for model in task.models:
        made = getattr(task.keras(), model)(options)
        weights = [random.normal(0, 0.5, one.shape) for one in made.get_weights()]
        agree(blank_page, made, pack(weights), tuple(x))


@pytest.mark.parametrize("name", OURS)
def test_the_examples_get_the_answers_the_rows_and_the_weights_that_keras_gives(blank_page, name):
    recording = RECORDINGS[name]
    task = TASKS[recording.task]
    options = task.Options(**recording.options)
    examples = task.examples(options)
    for model in task.models:
        weights = recording.last(model).weights
        made = getattr(task.keras(), model)(options)
        made.set_weights(unpack(weights))
        expected = task.keras().inspect(made, options, examples)
        for one, other in zip(ask(blank_page, recording, model, examples), expected, strict=True):
            assert (one["answer"], one["right"]) == (other.answer, other.right)
            assert other.weights is None or tuple(one["rows"]) == other.rows
            assert (one["weights"] is None) == (other.weights is None)
            np.testing.assert_allclose(one["weights"] or 0, other.weights or 0, atol=1e-4)
            np.testing.assert_allclose(one["sure"] or 0, other.sure or 0, **CLOSE)


def ask(page, recording, model: str, examples: list, **changes) -> list[dict[str, Any]]:
    """What a recorded model says in the browser; examples as Python or as the page has them."""
    task = TASKS[recording.task]
    given = [one.for_page() if isinstance(one, Example) else one for one in examples]
    case = {
        "task": KNOWN[task.name],
        "answers": task.answers(task.Options(**recording.options)),
        "graph": recording.graphs[model],
        "weights": recording.last(model).weights,
        "examples": given,
        "changes": changes,
    }
    return answers_in_browser(page, [case])[0]


def keystrokes(texts: list[str], count: int) -> list[str]:
    """What stands in the field after each key, of so many keys."""
    typed = [text[:end] for text in texts for end in range(1, len(text) + 1)]
    return typed[:: max(1, len(typed) // count)][:count]


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_each_of_500_keystrokes_in_a_sentence_is_answered_as_by_keras(blank_page, lang):
    recording = RECORDINGS[f"deciding_word.{lang}"]
    task = TASKS["deciding_word"]
    options = task.Options(**recording.options)
    typed = keystrokes([one.text for one in deciding_word.held_out(lang)], 500)
    read = read_in_browser(blank_page, task.reader(options), [{"text": one} for one in typed])
    examples = [one for one in read if "problem" not in one]
    assert len(typed) == 500 and len(examples) > 400, "the others have no known word yet"
    x = np.array([one["x"][0] for one in examples], np.int32)
    for model in task.models:
        made = getattr(task.keras(), model)(options)
        made.set_weights(unpack(recording.last(model).weights))
        expected = made.predict_on_batch(x)
        found = ask(blank_page, recording, model, examples)
        np.testing.assert_allclose([one["chances"] for one in found], expected, **CLOSE)


def test_forced_digits_are_written_as_by_keras(blank_page):
    recording = RECORDINGS["numbers.en"]
    task, options = TASKS["numbers"], TASKS["numbers"].Options()
    made = task.keras().attention(options)
    made.set_weights(unpack(recording.last("attention").weights))
    examples = [
        numbers.example_of(
            int(number), "en", {"0": [0] * (len(numbers.say(int(number), "en")) - 1) + [1]}
        )
        for number in numbers.split(0)[1][:100]
    ]
    expected = task.keras().inspect(made, options, examples)
    for one, other in zip(ask(blank_page, recording, "attention", examples), expected, strict=True):
        assert one["answer"] == other.answer
        np.testing.assert_allclose(one["weights"], other.weights, **CLOSE)


def test_without_attention_or_recurrence_a_model_is_another_one(blank_page):
    recording = RECORDINGS["loud_second"]
    examples = TASKS["loud_second"].examples(TASKS["loud_second"].Options())
    (plain, *_), (uniform, *_) = (
        ask(blank_page, recording, "attention", examples, **changes)
        for changes in ({}, {"uniform": True})
    )
    assert max(plain["weights"][0]) > 0.5
    assert uniform["weights"][0] == pytest.approx([1 / 20] * 20)
    # With all weights alike it is a mean of the steps, of which the last says nothing more.
    (walked, *_), (alone, *_) = (
        ask(blank_page, recording, "lstm", examples, **changes)
        for changes in ({}, {"noRecurrence": True})
    )
    silent = [one.for_page() for one in examples]
    for one in silent:
        one["x"][0][:-1] = [[0.0] * loud_second.BANDS] * (loud_second.STEPS - 1)
    (same, *_) = ask(blank_page, recording, "lstm", silent, noRecurrence=True)
    assert same["chances"] == pytest.approx(alone["chances"]) != walked["chances"]
