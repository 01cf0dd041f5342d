"""What becomes of a trained model's answer without some steps, measured in the browser."""

from __future__ import annotations

import pytest
from models_in_browser import answers_in_browser, read_in_browser
from twins import ask

from attention.training.tasks import TASKS
from attention.ui import learn

KNOWN = {task["name"]: task for task in learn.for_page()}
LAST = {"deciding_word": "the film was not good at all", "numbers": "two hundred thirty-seven"}
ENTRY = "core/models/leaving-out.js"


def opened(task: str) -> dict:
    return learn._opened(*learn.Choice(task=task, options={}).checked())


def asked(task: str, model: str, changes: dict | None = None) -> dict:
    """A model in the end of its recording, as the page asks it."""
    found = opened(task)
    last = [one for one in found["recording"]["epochs"] if one["model"] == model][-1]
    graph = found["recording"]["graphs"][model]
    common = {"task": KNOWN[task], "answers": found["answers"], "graph": graph}
    return common | {"packed": last["weights"], "changes": changes or {}}


def answer(page, task: str, model: str, example: dict, gone=(), changes: dict | None = None):
    body = "answerWithout(given.asked, given.example, new Set(given.gone))"
    given = {"asked": asked(task, model, changes), "example": example, "gone": list(gone)}
    return ask(page, body, given, ENTRY)


def without(page, task: str, example: dict, gone) -> dict:
    given = {"task": KNOWN[task], "example": example, "gone": list(gone)}
    return ask(page, "withoutSteps(given.task, given.example, new Set(given.gone))", given, ENTRY)


def effects(page, task: str, model: str, example: dict) -> list[float]:
    given = {"asked": asked(task, model), "example": example}
    return ask(page, "[...effectsOf(given.asked, given.example)]", given, ENTRY)


def read(page, task: str, text: str) -> dict:
    (found,) = read_in_browser(page, opened(task)["reader"], [{"text": text}])
    return found


@pytest.mark.parametrize("gone", [[0], [3], [6], [0, 3, 6]])
def test_a_sentence_without_words_is_the_one_that_was_typed_without_them(blank_page, gone):
    words = LAST["deciding_word"].split()
    rest = [word for i, word in enumerate(words) if i not in gone]
    found = without(
        blank_page, "deciding_word", read(blank_page, "deciding_word", " ".join(words)), gone
    )
    typed = read(blank_page, "deciding_word", " ".join(rest))
    assert (found["x"], found["steps"]) == (typed["x"], typed["steps"])


@pytest.mark.parametrize("gone", [[0], [19], [3, 5]])
def test_so_is_a_line_without_letters(blank_page, gone):
    line = "abcdEfghijKlmnopabcd"
    reader = opened("without_recurrence")["reader"] | {"least": 1}
    rest = "".join(one for i, one in enumerate(line) if i not in gone)
    whole, typed = read_in_browser(blank_page, reader, [{"text": line}, {"text": rest}])
    found = without(blank_page, "without_recurrence", whole, gone)
    assert (found["x"], found["steps"]) == (typed["x"], typed["steps"])


def test_blanks_of_a_number_in_words_stand_at_its_end(blank_page):
    whole = read(blank_page, "numbers", "two hundred thirty-seven")
    typed = read(blank_page, "numbers", "two hundred seven")
    place = whole["steps"].index("thirty")
    assert without(blank_page, "numbers", whole, [place])["x"] == typed["x"]


@pytest.mark.parametrize("gone", [[0], [11], [2, 7]])
def test_a_text_that_goes_on_is_the_one_that_was_typed_without_these_characters(blank_page, gone):
    text = "The ghost is"
    typed = "".join(one for i, one in enumerate(text) if i not in gone)
    whole, rest = (read(blank_page, "next_character", one) for one in (text, typed))
    found = without(blank_page, "next_character", whole, gone)
    assert (found["x"], found["steps"]) == (rest["x"], rest["steps"])
    for model in TASKS["next_character"].models:
        one = answer(blank_page, "next_character", model, whole, gone)
        other = answer(blank_page, "next_character", model, rest)
        assert one["chances"] == pytest.approx(other["chances"], abs=1e-12)


@pytest.mark.parametrize("changes", [{}, {"uniform": True}, {"withoutHeads": [5]}])
def test_what_a_character_counts_for_is_measured_as_if_each_text_were_read_anew(
    blank_page, changes
):
    text = "Most of the att"
    one = asked("next_character", "two_layers", changes)
    whole = read(blank_page, "next_character", text)
    body = "[...effectsOf(given.asked, given.example)]"
    found = ask(blank_page, body, {"asked": one, "example": whole}, ENTRY)
    said = answer(blank_page, "next_character", "two_layers", whole, changes=changes)["chances"]
    likeliest = said.index(max(said))
    for i, effect in enumerate(found):
        rest = read(blank_page, "next_character", text[:i] + text[i + 1 :])
        chances = answer(blank_page, "next_character", "two_layers", rest, changes=changes)
        lost = said[likeliest] - chances["chances"][likeliest]
        assert effect == pytest.approx(lost, abs=1e-12)


def test_a_sound_without_a_step_is_shorter_and_a_day_left_out_is_one_that_nobody_knows(blank_page):
    sound = opened("loud_second")["examples"][0]
    (bands,) = without(blank_page, "loud_second", sound, [4])["x"]
    assert bands == sound["x"][0][:4] + sound["x"][0][5:]
    shop = opened("demand")["examples"][0]
    found = without(blank_page, "demand", shop, [27])
    (days,) = found["x"]
    assert days[:-1] == shop["x"][0][:-1] and set(days[-1]) == {0}
    assert found["steps"] == shop["steps"]


@pytest.mark.parametrize(
    ("task", "model"), [("deciding_word", "attention"), ("numbers", "attention")]
)
def test_what_is_gone_has_no_weight_and_the_others_share_it(blank_page, task, model):
    example = read(blank_page, task, LAST[task])
    found = answer(blank_page, task, "attention", example, [1])
    assert found["weights"]
    for row in found["weights"]:
        assert len(row) == len(example["steps"]) and row[1] == 0
        assert sum(row) == pytest.approx(1, abs=1e-6)


def test_without_attention_all_steps_weigh_the_same(blank_page):
    example = read(blank_page, "deciding_word", LAST["deciding_word"])
    found = answer(blank_page, "deciding_word", "attention", example, changes={"uniform": True})
    assert found["weights"][0] == pytest.approx([1 / 7] * 7)
    assert answer(blank_page, "deciding_word", "attention", example)["weights"] != found["weights"]


def test_without_recurrence_the_last_letter_is_all_that_an_lstm_knows(blank_page):
    reader = opened("without_recurrence")["reader"]
    lines = [{"text": text} for text in ("abcdEfghijKlmnopabcd", "ZbcdYfghijklmnopabcd")]
    changes = {"noRecurrence": True}
    one, other = (
        answer(blank_page, "without_recurrence", "lstm", example, changes=changes)
        for example in read_in_browser(blank_page, reader, lines)
    )
    assert one["chances"] == other["chances"]
    with_state = [
        answer(blank_page, "without_recurrence", "lstm", example)["answer"]
        for example in read_in_browser(blank_page, reader, lines)
    ]
    assert with_state == ["E", "Z"]


@pytest.mark.parametrize("model", TASKS["deciding_word"].models)
def test_the_effect_of_a_word_is_what_its_answer_loses_when_it_was_never_typed(blank_page, model):
    words = LAST["deciding_word"].split()
    whole = answer(
        blank_page, "deciding_word", model, read(blank_page, "deciding_word", " ".join(words))
    )
    said = whole["chances"].index(max(whole["chances"]))
    found = effects(
        blank_page, "deciding_word", model, read(blank_page, "deciding_word", " ".join(words))
    )
    for i, effect in enumerate(found):
        rest = read(blank_page, "deciding_word", " ".join(words[:i] + words[i + 1 :]))
        chances = answer(blank_page, "deciding_word", model, rest)["chances"]
        assert effect == pytest.approx(whole["chances"][said] - chances[said], abs=1e-12)


@pytest.mark.parametrize("model", TASKS["numbers"].models)
def test_digits_have_the_probability_with_which_the_model_writes_them(blank_page, model):
    example = read(blank_page, "numbers", LAST["numbers"])
    body = """[written, "7", written + "7"].map((digits) => chanceOfDigits(
        given.asked.graph, weightsIn(given.asked.packed), given.example, digits, {}))"""
    whole = answer(blank_page, "numbers", model, example)
    given = {"asked": asked("numbers", model), "example": example}
    body = body.replace("written", f'"{whole["answer"]}"')
    own, other, longer = ask(blank_page, body, given, ENTRY)
    assert own == pytest.approx(whole["sure"], abs=1e-12)
    assert own > other and own > longer


def test_the_effect_of_a_day_is_how_far_the_forecast_moves(blank_page):
    shop = opened("demand")["examples"][0]
    whole = answer(blank_page, "demand", "attention", shop)["forecast"]
    found = effects(blank_page, "demand", "attention", shop)
    assert len(found) == 28 and max(found) > 0
    day = found.index(max(found))
    rest = answer(blank_page, "demand", "attention", shop, [day])["forecast"]
    assert found[day] == pytest.approx(abs(rest - whole) / whole)


def test_who_was_made_to_look_at_something_that_is_gone_looks_where_it_will(blank_page):
    example = read(blank_page, "numbers", LAST["numbers"])
    steps = len(example["steps"])
    forced = {str(row): [float(i == row) for i in range(steps)] for row in range(2)}
    found = without(blank_page, "numbers", example | {"forced": forced}, [0])
    assert found["forced"] == {"1": [1.0] + [0.0] * (steps - 2)}


def test_every_model_of_every_task_answers_without_any_step(blank_page):
    for task in ("deciding_word", "numbers", "loud_second", "demand"):
        example = opened(task)["examples"][0]
        cases = []
        for model in TASKS[task].models:
            found = effects(blank_page, task, model, example)
            assert len(found) == len(example["steps"])
            assert all(abs(one) <= 1 or task == "demand" for one in found)
            one = asked(task, model)
            cases.append(one | {"weights": one["packed"], "examples": [example]})
        assert all(answers_in_browser(blank_page, cases))
