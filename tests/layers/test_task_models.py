"""The models of every task: what they say, and where they look; and what ours have learnt."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from functools import cache

import keras
import numpy as np
import pytest

from attention.layers.base import TracedLayer
from attention.texts import texts
from attention.training.packed_weights import unpack
from attention.training.recording import FOLDER, load
from attention.training.task import Example
from attention.training.tasks import TASKS, demand, inspection, loud_second, numbers
from attention.training.tasks import deciding_word as sentences
from attention.training.tasks import without_recurrence as letters
from attention.training.tasks.deciding_word_models import word_shares
from attention.training.tasks.deciding_word_sentences import held_out, trained_on, words

RECORDINGS = {file.stem: load(file) for file in FOLDER.glob("*.json")}
ATTENTION = (TracedLayer, keras.layers.MultiHeadAttention)
# Gzipped bytes that a visitor of a task fetches: of 100,000 weights a byte each, three times.
MOST_FETCHED = {"next_character": 620_000}
EACH = pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)


class Trained:
    """A model with the weights of a recording that ships."""

    def __init__(self, recording: str, name: str) -> None:
        recorded = RECORDINGS[recording]
        self.task = TASKS[recorded.task]
        self.options = self.task.Options(**recorded.options)
        self.model = getattr(self.task.keras(), name)(self.options)
        self.model.set_weights(unpack(recorded.last(name).weights))

    def inspect(self, *examples: Example) -> list:
        return self.task.keras().inspect(self.model, self.options, list(examples))


def example_of(recording: str, own: dict) -> Example:
    """What somebody enters, as the models read it.

    The page reads it the same: see tests/golden/test_own_input.py.
    """
    task, options, text = RECORDINGS[recording].task, RECORDINGS[recording].options, own["text"]
    if task == "numbers":
        return numbers.example_of(int(text), options["lang"], own.get("forced"))
    if task == "deciding_word":
        return sentences.example_of(words(text), options["lang"])
    first = next(letter for letter in text if letter.isupper())
    return letters.example_of(letters.encode(text, options["length"]), first)


@EACH
def test_every_model_says_what_it_answers_and_where_it_looks_if_it_attends(task):
    options = task.Options()
    examples, models = task.examples(options)[:2], task.keras()
    for name in task.models:
        model = getattr(models, name)(options)
        attends = any(isinstance(layer, ATTENTION) for layer in model.layers)
        for example, seen in zip(examples, models.inspect(model, options, examples), strict=True):
            assert seen.sure is None or 0 <= seen.sure <= 1
            assert (seen.weights is not None) == attends
            for _, row in zip(seen.rows, seen.weights or (), strict=attends):
                assert len(row) == len(example.steps)
                assert sum(row) == pytest.approx(1, abs=0.005)
        assert task.code()[name].startswith(f"def {name}(options: Options) -> keras.Model:")


@EACH
def test_every_model_takes_the_learning_rate_the_units_and_the_dropout_that_are_chosen(task):
    usual = task.Options()
    chosen = task.Options(learning_rate=0.05, units=8, dropout=0.3)
    for name in task.models:
        build = getattr(task.keras(), name)
        model = build(chosen)
        assert float(model.optimizer.learning_rate) == pytest.approx(0.05)
        assert model.count_params() < build(usual).count_params()
        dropouts = [one for one in model.layers if isinstance(one, keras.layers.Dropout)]
        assert [one.rate for one in dropouts] == [0.3]


@pytest.mark.parametrize("name", RECORDINGS)
def test_at_the_defaults_the_models_are_those_of_the_recordings(name):
    for model, parameters in RECORDINGS[name].parameters.items():
        assert Trained(name, model).model.count_params() == parameters


def test_our_tasks_have_all_their_recordings_and_no_other_file_ships():
    names = [task.file_name(options) for task in TASKS.values() for options in task.recordings()]
    ours = ("loud_second", "demand", "numbers.ru", "deciding_word.ru", "without_recurrence.200")
    assert {*ours, "numbers.en", "deciding_word.en"} <= set(RECORDINGS) <= set(names)
    for file in FOLDER.glob("*.json"):
        most = MOST_FETCHED.get(file.name.partition(".")[0], 450_000)
        assert len(gzip.compress(file.read_bytes())) < most, file.name


@pytest.mark.parametrize("name", RECORDINGS)
def test_a_recording_was_trained_to_its_end_with_what_the_page_asks_for(name):
    recording = RECORDINGS[name]
    task = TASKS[recording.task]
    (options,) = (one for one in task.recordings() if task.file_name(one) == name)
    assert (recording.options, recording.over) == (options.model_dump(), "done")
    assert recording.trained() == dict.fromkeys(task.models, options.epochs)
    assert set(recording.graphs) == set(task.models)


@pytest.mark.parametrize("name", {one.task: name for name, one in RECORDINGS.items()}.values())
def test_its_weights_have_today_the_scores_that_were_recorded_at_every_epoch(name):
    recording = RECORDINGS[name]
    task = TASKS[recording.task]
    options = task.Options(**recording.options)
    for model in task.models:
        made = getattr(task.keras(), model)(options)
        for epoch in (one for one in recording.epochs if one.model == model):
            made.set_weights(unpack(epoch.weights))
            # One example may stand on the edge.
            assert task.keras().score(made, options) == pytest.approx(epoch.score, abs=0.0051)


@cache
def recorded(name: str) -> dict[str, tuple[Example, dict]]:
    """By name, what is worth trying and what the recorded models make of it."""
    task = TASKS[RECORDINGS[name].task]
    found = {}
    for one in task.tries(task.Options(**RECORDINGS[name].options)):
        example = one.example or example_of(name, one.own)
        example = replace(example, truth=example.truth or one.truth)
        looks = {model: Trained(name, model).inspect(example)[0] for model in task.models}
        found[one.name] = (example, looks)
    return found


def fooled(name: str, trial: str) -> set[str]:
    example, looks = recorded(name)[trial]
    return {model for model, look in looks.items() if look.answer != example.truth}


def test_not_bad_at_all_fools_two_of_three_models():
    assert fooled("deciding_word.en", "not_bad") == {"mean", "attention"}
    assert fooled("deciding_word.ru", "not_bad") == {"mean", "attention", "self_attention"}


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_no_judge_of_sentences_knows_the_order_of_words(lang):
    tries = recorded(f"deciding_word.{lang}")
    (one, ordered), (other, turned) = tries["order"], tries["reversed"]
    assert sorted(one.steps) == sorted(other.steps) and one.steps != other.steps
    assert one.truth != other.truth
    for model, look in ordered.items():
        assert look.answer == turned[model].answer
        assert look.sure == pytest.approx(turned[model].sure, abs=1e-5)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_no_sentence_worth_trying_was_trained_on(lang):
    known = {tuple(word.lower() for word in words(one.text)) for one in trained_on(lang)}
    for example, _ in recorded(f"deciding_word.{lang}").values():
        assert tuple(step.lower() for step in example.steps) not in known


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_digit_that_has_to_look_elsewhere_makes_737_of_237(lang):
    example, looks = recorded(f"numbers.{lang}")["forced"]
    assert (example.truth, looks["attention"].answer) == ("237", "737")
    assert looks["attention"].weights[0] == [*[0] * (len(example.steps) - 1), 1]
    assert example.steps[-1] == {"en": "seven", "ru": "семь"}[lang]
    for key in ("en", "ru"):
        assert {"237", "737"} <= set(re.findall(r"\d+", texts()[key]["task_numbers_forced"]))


def test_the_model_of_the_last_step_hears_a_tone_at_the_very_end():
    assert "last" not in fooled("loud_second", "last")


def test_the_tones_worth_trying_are_where_the_page_says():
    assert [tone for tone, _ in loud_second.MADE["two"]] == [440, 1485]
    assert not loud_second.MADE["none"]
    for key in ("en", "ru"):
        said = re.findall(r"\d+", texts()[key]["task_loud_second_two"])
        assert said == ["440", "1485"]


@pytest.mark.parametrize("length", [20, 50, 100, 200])
def test_lines_worth_trying_have_their_capitals_where_the_page_says(length):
    tries = recorded(f"without_recurrence.{length}")
    places = {
        name: [i for i, step in enumerate(example.steps) if step.isupper()]
        for name, (example, _) in tries.items()
    }
    assert places["ends"] == [0, length - 1] and places["beside"] == [length - 2, length - 1]
    assert len(tries["short"][0].steps) < length


@pytest.mark.parametrize("name", [one for one in RECORDINGS if "next_character" not in one])
def test_attention_has_learnt_what_it_was_trained_for(name):
    model = "self_attention" if name.startswith("without") else "attention"
    assert [one for one in RECORDINGS[name].epochs if one.model == model][-1].score > 0.85


def test_attention_looks_at_the_tone_and_names_a_pure_one():
    trained = Trained("loud_second", "attention")
    examples, places = trained.task.examples(trained.options), []
    for example, seen in zip(examples, trained.inspect(*examples), strict=True):
        begin, end = (loud_second.STEPS * share for share in example.more["tone"])
        places.append(begin - 1 < np.argmax(seen.weights[0]) < end)
    assert np.mean(places) > 0.6, "by chance it would be 0.11"
    for tone in loud_second.TONES:
        for length in (2_400, loud_second.CLIP):
            samples = np.zeros(loud_second.CLIP)
            samples[:length] = np.sin(2 * np.pi * tone * np.arange(length) / loud_second.RATE)
            own = Example(loud_second.bands(samples), [""] * loud_second.STEPS)
            assert trained.inspect(own)[0].answer == f"{tone} Hz"


def test_self_attention_looks_at_the_first_capital_and_not_at_blanks():
    trained = Trained("without_recurrence.20", "self_attention")
    own = example_of("without_recurrence.20", {"text": "thisisVeryEasy"})
    (seen,) = trained.inspect(own)
    assert (seen.answer, seen.rows) == ("V", ("y",))
    assert own.steps[int(np.argmax(seen.weights[0]))] == "V"
    (seen,) = trained.inspect(example_of("without_recurrence.20", {"text": "abCdE"}))
    assert len(seen.weights[0]) == 5 and sum(seen.weights[0]) == pytest.approx(1, abs=0.001)


@pytest.mark.parametrize("name", ["lstm", "gru"])
def test_blanks_before_a_line_are_not_read(name):
    task, said = TASKS["without_recurrence"], []
    for length in (20, 30):
        options = task.Options(length=length)
        keras.utils.set_random_seed(0)
        model = getattr(task.keras(), name)(options)
        said.append(model.predict_on_batch(letters.encode("abCdE", length)[None]))
    np.testing.assert_allclose(*said, atol=1e-6)


def test_most_often_the_deciding_word_weighs_most():
    trained, found = Trained("deciding_word.en", "attention"), []
    x, _ = sentences.encoded("en", unseen=True)
    for sentence, weights in zip(held_out("en"), word_shares(trained.model, x), strict=True):
        steps = words(sentence.text)
        found.append(steps[weights[-len(steps) :].argmax()].lower() in sentence.deciding)
    assert np.mean(found) > 0.75, "by chance it would be 0.16"


@pytest.mark.parametrize(
    ("recording", "model", "known"),
    [
        ("deciding_word.en", "attention", "The soup was wonderful"),
        ("deciding_word.ru", "self_attention", "Суп очень вкусный"),
    ],
)
def test_an_unknown_word_changes_nothing_and_weighs_nothing(recording, model, known):
    trained = Trained(recording, model)
    both = [example_of(recording, {"text": text}) for text in (known, f"{known} quux")]
    one, other = trained.inspect(*both)
    assert one.answer == other.answer and one.sure == pytest.approx(other.sure, abs=1e-5)
    assert other.weights[0] == pytest.approx([*one.weights[0], 0], abs=1e-3)


def test_the_shares_of_self_attention_make_the_vector_that_is_judged():
    model = Trained("deciding_word.en", "self_attention").model
    x, _ = sentences.encoded("en", unseen=True)
    pooled = np.einsum("ns,nsf->nf", word_shares(model, x), model.get_layer("words")(x))
    np.testing.assert_allclose(model.layers[-1](pooled), model.predict_on_batch(x), atol=1e-5)


SAME = np.arange(0, demand.DAYS, demand.WEEK)  # the places of tomorrow's weekday


@pytest.mark.parametrize("name", ["attention", "self_attention"])
def test_tomorrows_weekday_is_looked_at_unless_something_rare_happened_on_it(name):
    trained = Trained("demand", name)
    sold, rare = demand.shops(0, 1, demand.UNSEEN)
    x, _ = demand.as_shares(sold, rare)
    weights = inspection.attention_weights(trained.model, x)
    weights = (weights if weights.ndim == 2 else weights[:, -1])[:, SAME]
    usual = weights[~rare[:, SAME]].mean()
    assert weights.sum(axis=1).mean() > 0.85, "by chance it would be 0.14"
    assert weights[rare[:, SAME]].mean() < usual / 3


@pytest.mark.parametrize("name", ["attention", "self_attention", "lstm", "mean"])
def test_a_day_that_is_unknown_weighs_nothing_and_a_short_series_is_answered(name):
    trained = Trained("demand", name)
    week = [110.0, 120, 130, 150, 210, 320, 240]
    values = [None if i == 7 else week[i % 7] for i in range(21)]
    own = demand.example_of(values, None, truth=None, rare=[])
    (seen,) = trained.inspect(own)
    assert len(own.steps) == 21 and own.more["values"][7] is None
    assert float(seen.answer) == pytest.approx(week[0], rel=0.4) and seen.right is None
    if seen.weights:
        (row,) = seen.weights
        assert row[7] == 0 and sum(row) == pytest.approx(1, abs=0.005)
        assert row[0] + row[14] > 0.8


def test_a_forecast_is_right_to_within_a_tenth():
    trained = Trained("demand", "attention")
    examples = trained.task.examples(trained.options)
    for example, seen in zip(examples, trained.inspect(*examples), strict=True):
        truth = float(example.truth)
        assert seen.right == (abs(float(seen.answer) - truth) <= demand.TOLERANCE * truth)
