"""A puzzle is solved by what is right in all scenes, and by nothing that is nearly right."""

from __future__ import annotations

import json

import numpy as np
import pytest
from puzzle_solutions import NEARLY_RIGHT, SOLUTIONS

from attention import attend, dot_product, gate, self_attention
from attention.scripts import script
from attention.texts import texts

SEEDS = [0, 1, 2, 3]
SCRIPTS = script("core/puzzles/shrink.js", "core/puzzles/stages.js", "core/puzzles/names.js")
# What every test asks in: the puzzle, its scene as it opens with a change, and a whole trial.
SETTING = """
    const puzzle = PUZZLES[given.name];
    const asked = askedBy(puzzle, given.seed ?? 0);
    const start = puzzle.start;
    const count = (scene) => ({ ...scene, rows: scene.x, mask: scene.x.map(() => true) });
    const plain = { heads: 1, causal: false, positions: "none", pos: null, asks: null, head: 0 };
    const opened = {
        activation: "linear", temperature: 1, b: null, ...plain, ...count(start) };
    const scene = { ...opened, ...given.change };
    function smallest(...scene) {
        const tries = shrinking(...scene);
        for (;;) {
            const { done, value } = tries.next();
            if (done) return value;
        }
    }
    function trial() {
        let last;
        for (const standing of grade(puzzle, scene, given.seed ?? 0)) last = { ...standing };
        return last;
    }
"""


@pytest.fixture
def ask(blank_page):
    """`ask(name, "return …", seed=…, change=…)`: what the page's own scripts say of a puzzle."""

    def ask(name, body, **given):
        call = "([body, given]) => JSON.stringify(new Function('given', body)(JSON.parse(given)))"
        given = {"name": name, **given}
        said = blank_page.evaluate(call, [SCRIPTS + SETTING + body, json.dumps(given)])
        return json.loads(said)

    return ask


def test_there_are_puzzles_after_every_level_and_each_has_its_words(ask):
    levels, names = ask("mean", "return [PUZZLE_LEVELS, Object.keys(PUZZLES)];")
    assert list(levels) == names == list(SOLUTIONS) == list(NEARLY_RIGHT)
    assert len(names) >= 10
    assert set(levels.values()) == {1, 2, 3, 4}
    for words in texts().values():
        parts = ("title", "text", "hint")
        assert {f"puzzle_{name}_{part}" for name in names for part in parts} <= set(words)


@pytest.mark.parametrize("name", SOLUTIONS)
@pytest.mark.parametrize("seed", SEEDS)
def test_each_can_be_solved_and_none_is_at_the_start(ask, name, seed):
    change = SOLUTIONS[name](ask(name, "return asked;", seed=seed))
    solved = ask(name, "return trial();", seed=seed, change=change)
    assert solved["tried"] == solved["right"] > 2000
    assert solved["failed"] is None
    unsolved = ask(name, "return trial();", seed=seed)
    assert unsolved["right"] < unsolved["tried"]


@pytest.mark.parametrize("name", SOLUTIONS)
def test_a_solution_changes_only_what_may_be_changed(ask, name):
    body = "return changedAgainstRules(puzzle, opened, scene);"
    assert ask(name, body, change=SOLUTIONS[name](ask(name, "return asked;"))) is None
    kind = "gate" if name != "switch" else "attention"
    assert ask(name, body, change={"kind": kind}) == "kind"


@pytest.mark.parametrize("name", NEARLY_RIGHT)
def test_what_is_nearly_right_is_caught_by_the_edge_cases(ask, name):
    change = NEARLY_RIGHT[name](ask(name, "return asked;"))
    body = """
        const edges = puzzle.edges(asked);
        const wrong = edges.filter((x) => !solvesScene(puzzle, scene, x, asked)).length;
        const { right, tried } = trial();
        return [wrong, (right - (edges.length - wrong)) / (tried - edges.length)];"""
    wrong, share = ask(name, body, change=change)
    assert wrong >= 1
    assert share >= 0.99


@pytest.mark.parametrize("change", [None, NEARLY_RIGHT], ids=["start", "nearly right"])
@pytest.mark.parametrize("name", NEARLY_RIGHT)
def test_no_simpler_scene_goes_wrong_than_the_one_that_is_shown(ask, name, change):
    change = change and change[name](ask(name, "return asked;"))
    body = """
        const least = smallest(puzzle, scene, trial().failed, asked);
        const allowed = (x) => puzzle.allows?.(x, asked) ?? true;
        const fails = (x) => allowed(x) && !solvesScene(puzzle, scene, x, asked);
        const fewer = least.map((_, row) => least.filter((_, i) => i !== row));
        const rounded = least.flatMap((vector, row) => vector.flatMap((number, column) =>
            [0, 1, Math.trunc(number)].filter((other) => Math.abs(other) < Math.abs(number))
                .filter((other) => !puzzle.values[column] || puzzle.values[column].includes(other))
                .map((other) => least.map((one, i) => one.map((old, j) =>
                    i === row && j === column ? other : old)))));
        const fixed = puzzle.rows[0] === puzzle.rows[1];
        return {
            least, fails: fails(least), rounded: rounded.filter(fails),
            fewer: fixed ? [] : fewer.filter((x) => x.length >= puzzle.rows[0] && fails(x)),
            fault: faultOf(puzzle, scene, least, asked),
        };"""
    found = ask(name, body, change=change)
    assert found["fails"]
    assert found["fewer"] == found["rounded"] == []
    fault = found["fault"]
    assert f"puzzle_fault_{fault['stage']}_{fault['how']}" in texts()["en"]


def test_the_hint_is_about_the_first_stage_that_is_wrong(ask):
    body = "return faultOf(puzzle, scene, given.x, asked);"

    def stage(name, change, x):
        fault = ask(name, body, change=change, x=x)
        return fault["stage"], fault["how"]

    assert stage("largest", {"w": [-1]}, [[0], [1]]) == ("logits", "order")
    assert stage("mean", {"w": [1, 0]}, [[0, 0], [1, 0]]) == ("logits", "alike")
    assert stage("largest", {"w": [1]}, [[0], [1]]) == ("weights", "share")
    assert stage("largest", {"w": [1000], "activation": "tanh"}, [[1], [2]]) == ("scores", "order")
    assert stage("above_zero", {"w": [1]}, [[0.1], [20]]) == ("scores", "alike")
    assert stage("blanks", {"w": [0, -10]}, [[0, 0], [1000, 1]]) == ("output", "leak")
    four = [[3, 0], [8, 0], [5, 0], [1, 0]]
    places = {"positions": "learned", "pos": [[0, 1], [0, 1], [0, 20], [0, 1]]}
    assert stage("position_alone", {}, four) == ("queries", "zero")
    assert stage("position_alone", {**places, "pos": [[0, 1]] * 4}, four) == ("keys", "alike")
    assert stage("position_alone", {**places, "causal": True}, four) == ("mask", "hidden")
    added = {**places, "pos": [[0, 1], [0, 1], [2, 20], [0, 1]]}
    assert stage("position_alone", added, four) == ("values", "other")
    assert stage("two_heads", {"wq": [[0, 0], [50, 50]]}, [[0, 1], [1, 1]]) == ("logits", "order")


def test_the_step_and_the_number_that_go_wrong_are_found_and_their_head(ask):
    body = """return [wrongAt(puzzle, scene, given.x, asked), headOf(scene, 1),
        faultOf(puzzle, scene, given.x, asked)];"""
    rows, far = [[0, 1], [1, 1]], [[0, 0], [50, 50]]
    wrong, head, fault = ask("two_heads", body, x=rows, change={"heads": 2, "wq": far})
    assert (wrong, head) == ({"step": 0, "at": 1}, 1)
    assert (fault["more"], fault["less"], fault["at"]) == (0, 1, 1)
    # Without the causal mask only the first row goes wrong: before it comes the last.
    change = {"wq": [[0, 0], [0, -50], [50, 0]]}
    four = [[0, 0, 0]] * 3 + [[9, 0, 0]]
    (wrong, _, fault) = ask("step_before", body, x=four, change=change)
    assert wrong == {"step": 0, "at": 0}
    assert (fault["stage"], fault["more"], fault["less"]) == ("logits", 0, 3)


def test_a_scene_with_fewer_rows_keeps_the_first_places(ask):
    change = SOLUTIONS["first_capital"](0)
    body = """
        const two = { ...scene, x: scene.x.slice(0, 2), rows: [0, 1], pos: scene.pos.slice(0, 2) };
        const moved = { ...two, pos: scene.pos.slice(1, 3) };
        const changed = [two, moved].map((one) => changedAgainstRules(puzzle, opened, one));
        return [...changed, solvesScene(puzzle, two, opened.x, asked)];"""
    assert ask("first_capital", body, change=change) == [None, "pos", True]


@pytest.mark.parametrize("name", SOLUTIONS)
def test_the_same_seed_gives_the_same_scenes_and_another_others(ask, name):
    body = "return [...scenesOf(puzzle, given.seed, 50)].slice(puzzle.edges(asked).length);"
    first, again, other = (ask(name, body, seed=seed) for seed in (5, 5, 6))
    assert first == again != other
    assert len(first) == 50


@pytest.mark.parametrize("name", SOLUTIONS)
@pytest.mark.parametrize("seed", SEEDS)
def test_every_scene_keeps_the_puzzles_own_rules(ask, name, seed):
    body = """return [...scenesOf(puzzle, given.seed, 300)].every((x) => {
        const isValue = (number, i) =>
            puzzle.values[i]?.includes(number) ?? Number.isFinite(number);
        const asking = puzzle.says === undefined ? [0] : [...x.keys()];
        const isWhole = (weights) => weights.length === x.length &&
            weights.every((one) => one >= 0) &&
            Math.abs(weights.reduce((sum, one) => sum + one, 0) - 1) < 1e-9;
        const most = puzzle.start.pos?.length ?? 16;
        return x.length > 0 && x.length <= most && (puzzle.allows?.(x, asked) ?? true) &&
            x.every((row) => row.length === puzzle.values.length && row.every(isValue)) &&
            asking.every((step) => puzzle.outputs.every((at) =>
                isWhole(puzzle.weights(x, asked, step, at))));
    });"""
    assert ask(name, body, seed=seed)


@pytest.mark.parametrize("name", SOLUTIONS)
def test_numpy_finds_the_same_output_right(ask, name):
    change = SOLUTIONS[name](ask(name, "return asked;"))
    body = """return [scene, puzzle.outputs, [...scenesOf(puzzle, 0, 20)].map((x) =>
        [x, puzzle.says === undefined ? rightAnswer(puzzle, x, asked).output
            : x.map((_, step) => rightAnswer(puzzle, x, asked, step).output)])];"""
    scene, places, cases = ask(name, body, change=change)
    for x, right in cases:
        kind, w, b = scene["kind"], scene.get("w"), scene["b"]
        how = {"temperature": scene["temperature"]}
        if kind == "attention":
            output = attend(x, w, b, activation=scene["activation"], **how).output
        elif kind == "gate":
            output = gate(np.array(x)[:, 0], w, b, **how).output
        elif kind == "self_attention":
            matrices = (scene[name] for name in ("wq", "wk", "wv"))
            pos = np.array(scene["pos"])[: len(x)] if scene["positions"] == "learned" else None
            how |= {"heads": scene["heads"], "causal": scene["causal"], "positions": pos}
            output = self_attention(np.array(x, float), *matrices, **how).output.T
            right = np.array(right).T
        else:
            scale = kind == "scaled_dot_product"
            output = dot_product(x, scene["query"], scale=scale, **how).output
        close = np.abs(output - right) <= 0.01 * np.maximum(1, np.abs(right))
        assert name == "majority" or close[places].all(), x
