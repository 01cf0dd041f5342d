"""What is taken away runs as it is, with exactly the numbers on the table."""

from __future__ import annotations

import ast
import csv
import io
import json
import subprocess
import sys

import nbformat
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbclient import NotebookClient
from scenes import CASES, HOSTILE, as_scene, names, scenes, size
from twins import STAGES, agree, epsilon

from attention import core
from attention.export import (
    FORMATS,
    csv_table,
    export,
    json_scene,
    keras_code,
    notebook,
    numpy_code,
)
from attention.export.for_jupyter import room
from attention.lessons import load_lessons
from attention.scene import Scene
from attention.texts import languages, texts

LESSONS = {
    f"{name}-{language}": lesson.at(language)
    for name, lesson in load_lessons()[0].items()
    for language in languages()
}
# Keras takes longer: every kind, mask and bias, in a lesson, at a low temperature, at the limits.
FEW = [case for case in CASES if case["name"].startswith(("fear", "cold", "limits"))]
PLAIN = {"rows": ["a", "b"], "columns": ["f", "g"], "x": [[1, 2], [3, 4]]}
EVERYTHING = {"w": [1, 2], "b": [0, 1], "mask": [True, False], "temperature": 2}


def executed(*codes: str) -> dict:
    """The variables that are left when these programs have run one after the other."""
    found = {"__name__": "__main__"}
    for code in codes:
        exec(compile(code, "<taken away>", "exec"), found)
    return found


def cells(scene: Scene) -> list[str]:
    """The code cells of a scene's notebook."""
    read = nbformat.reads(notebook(scene), as_version=4)
    nbformat.validate(read)
    return [cell.source for cell in read.cells if cell.cell_type == "code"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_numpy_code_computes_the_scene(case):
    agree(case["name"], executed(numpy_code(as_scene(case, HOSTILE))), case, 1e-9, size(case))


@pytest.mark.parametrize("scene", LESSONS.values(), ids=LESSONS)
def test_numpy_code_computes_every_lesson_in_every_language(scene, capsys):
    agree("", executed(numpy_code(scene)), scene.trace(), 1e-12)
    printed = capsys.readouterr().out.splitlines()
    outputs = scene.rows if scene.kind == "gate" else scene.columns
    expected = [*zip(scene.rows, scene.trace().weights, strict=True)]
    expected += [*zip(outputs, scene.trace().output, strict=True)]
    lines = [line for line in printed if line]
    assert len(lines) == len(expected)
    for line, (name, number) in zip(lines, expected, strict=True):
        assert line.endswith(f"{number:.4f}  {name}"), line


@settings(max_examples=100, deadline=None)
@given(fields=scenes(), name=names())
def test_numpy_code_takes_any_scene_stage_by_stage(fields, name):
    # Of products as large as 1e12 the last bits depend on the order of the sum, and a low
    # temperature enlarges them: so each stage is held to what the core makes of the one before.
    scene = as_scene(fields, [name])
    found = executed(numpy_code(scene))
    logits, scores, weights = found["logits"], found["scores"], found["weights"]
    room = 1e-9 * size(fields)
    np.testing.assert_allclose(logits, scene.trace().logits, rtol=0, atol=room)
    scaled = logits / np.sqrt(len(scene.columns)) if scene.kind == "scaled_dot_product" else logits
    tanh = scene.kind == "attention" and scene.activation == "tanh"
    np.testing.assert_allclose(scores, np.tanh(logits) if tanh else scaled, rtol=1e-12)
    shares = core.softmax(scores, scene.mask or None, temperature=scene.temperature)
    np.testing.assert_allclose(weights, shares, rtol=1e-9)
    assert (weights[shares == 0] == 0).all()
    x = np.array(scene.x)
    output = weights * x[:, 0] if scene.kind == "gate" else (weights[:, None] * x).sum(axis=0)
    np.testing.assert_allclose(found["output"], output, rtol=0, atol=1e-9 * max(1, abs(x).max()))
    assert found["rows"] == scene.rows and found["columns"] == scene.columns


@pytest.mark.parametrize("case", FEW, ids=lambda case: case["name"])
def test_the_notebook_computes_the_scene_twice_and_finds_that_both_agree(case):
    found = executed(*cells(as_scene(case, HOSTILE)))
    agree(case["name"], found["in_numpy"], case, 1e-9, size(case))
    agree(case["name"], found["in_keras"], case, 1e-9 + epsilon(case), size(case))


@pytest.mark.parametrize("scene", LESSONS.values(), ids=LESSONS)
def test_the_notebook_of_every_lesson_runs(scene):
    assert set(executed(*cells(scene))["in_keras"]) == set(STAGES)


def test_the_notebook_leaves_room_for_rounding_where_numbers_are_huge_and_only_there():
    random, farthest = np.random.default_rng(0), 0.0
    for _ in range(200):
        # Two rows of the same products in another order: equal on paper, not in 64 bits.
        row = random.uniform(-1e6, 1e6, 8)
        x, w = np.array([row, random.permutation(row)]), np.full(8, random.uniform(-1e6, 1e6))
        fields = {"rows": ["a", "b"], "columns": list("abcdefgh"), "activation": "linear"}
        fields |= {"w": w.tolist(), "temperature": 10.0 ** random.uniform(-2, 3)}
        scene = Scene(x=x.tolist(), **fields)
        here, there = scene.trace(), Scene(x=x[:, ::-1].tolist(), **fields).trace()
        apart = {stage: getattr(here, stage) - getattr(there, stage) for stage in STAGES[:3]}
        apart["output"] = here.output - there.output[::-1]
        assert all(np.abs(apart[stage]).max() <= most for stage, most in room(scene).items())
        farthest = max(farthest, np.abs(apart["weights"]).max())
    assert farthest > 0.01, "rounding must have decided somewhere"
    assert all(set(room(scene).values()) == {1e-6} for scene in LESSONS.values())


def test_the_notebook_says_where_numpy_and_keras_differ():
    *before, check = cells(Scene(**PLAIN, w=[1, 2]))
    with pytest.raises(AssertionError, match="weights"):
        executed(*before, 'in_keras["weights"] = in_keras["weights"] + [0, 1e-5]', check)


def test_a_fresh_kernel_executes_the_notebook():
    scene = as_scene(CASES[0] | {"mask": [False, True, True, True]}, HOSTILE)
    read = nbformat.reads(notebook(scene), as_version=4)
    done = NotebookClient(read, timeout=120, kernel_name="python3").execute()
    said = done.cells[-1].outputs[0].text
    assert [line.split(":")[0] for line in said.splitlines()] == list(STAGES)


def test_numpy_code_is_a_program_of_its_own(tmp_path):
    file = tmp_path / "scene.py"
    file.write_bytes(export(LESSONS["fear-ru"], "numpy", texts()["ru"]))
    command = [sys.executable, "-I", "-X", "utf8", file]
    done = subprocess.run(command, capture_output=True, check=True, cwd=tmp_path)
    assert LESSONS["fear-ru"].rows[0] in done.stdout.decode() and not done.stderr


@pytest.mark.parametrize("kind", ["attention", "gate", "dot_product", "scaled_dot_product"])
def test_code_imports_nothing_of_this_project(kind):
    fields = {"rows": ["a"], "columns": ["f"], "x": [[1]], "query": [1]}
    scene = Scene(kind=kind, **fields, w=[[1]] if kind == "gate" else [1])
    for code, allowed in ((numpy_code, {"numpy"}), (keras_code, {"keras", "numpy"})):
        nodes = list(ast.walk(ast.parse(code(scene))))
        found = {
            alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names
        }
        found |= {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
        assert found == allowed


@pytest.mark.parametrize("code", [numpy_code, keras_code])
def test_code_has_only_the_lines_that_the_scene_needs(code):
    plain = code(Scene(**PLAIN, w=[1, 2], mask=[True, True], activation="linear"))
    full = code(Scene(**PLAIN, **EVERYTHING, activation="tanh"))
    for word in ("mask", "temperature", "tanh(", "b = "):
        assert word in full and word not in plain
    assert "query" not in full


def test_csv_has_a_row_for_each_step_and_the_output_under_its_columns():
    scene = Scene(**PLAIN, **EVERYTHING)
    trace = scene.trace()
    heading, *steps, last = csv.reader(io.StringIO(csv_table(scene), newline=""))
    assert heading == "name,visible,x1: f,x2: g,b,logit,score,weight".split(",")
    for step, row in enumerate(steps):
        numbers = [*scene.x[step], scene.b[step]]
        numbers += [getattr(trace, stage)[step] for stage in STAGES[:3]]
        assert row[:2] == [scene.rows[step], str(int(scene.mask[step]))]
        assert [float(cell) for cell in row[2:]] == numbers  # to the last bit
    assert last[0] == "output" and [float(cell) for cell in last[2:4]] == trace.output.tolist()


def test_csv_of_a_gate_has_an_output_in_every_row():
    scene = as_scene(next(case for case in CASES if case["kind"] == "gate"))
    heading, *steps = csv.reader(io.StringIO(csv_table(scene), newline=""))
    assert heading[-1] == "output"
    assert [float(row[-1]) for row in steps] == scene.trace().output.tolist()


@settings(max_examples=40, deadline=None)
@given(fields=scenes(), some=st.lists(names(), min_size=1, max_size=4))
def test_csv_holds_any_name_and_no_formula(fields, some):
    scene = as_scene(fields, some)
    text = csv_table(scene)
    heading, *table = csv.reader(io.StringIO(text, newline=""))
    assert {len(row) for row in table} == {len(heading)}
    for name, row in zip(scene.rows, table, strict=False):
        assert row[0] == name or (row[0] == f"'{name}" and name[0] in "=+-@＝＋－＠")
    for cell in [*heading, *(row[0] for row in table)]:
        assert cell[0] not in "=+-@＝＋－＠\t\r\n"
    assert text.endswith("\r\n")


@settings(max_examples=40, deadline=None)
@given(fields=scenes(), some=st.lists(names(), min_size=1, max_size=4))
def test_json_gives_the_scene_and_its_stages_back(fields, some):
    scene = as_scene(fields, some)
    found = json.loads(json_scene(scene))
    assert Scene.model_validate(found.pop("scene")) == scene
    assert found == {stage: getattr(scene.trace(), stage).tolist() for stage in STAGES}


BEGINNINGS = {
    "numpy": b"import numpy",
    "keras": b"# Keras 3",
    "ipynb": b"{",
    "csv": b"\xef\xbb\xbf",  # Excel reads Cyrillic names only after this mark
    "json": b"{",
    "png": b"\x89PNG",
    "svg": b"<?xml",
    "pdf": b"%PDF",
}


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_what_it_is_called(format):
    file = export(as_scene(CASES[0], HOSTILE), format, texts()["ru"])
    assert file.startswith(BEGINNINGS[format])


@pytest.mark.parametrize("format", ["numpy", "keras", "ipynb", "csv", "json"])
def test_the_same_scene_gives_the_same_file(format):
    files = {export(as_scene(CASES[0], HOSTILE), format, texts()["en"]) for _ in range(2)}
    assert len(files) == 1


def test_an_unknown_format_is_told_what_there_is():
    with pytest.raises(ValueError, match=r"format must be one of numpy, .*pdf; got 'exe'"):
        export(Scene(**PLAIN, w=[1, 2]), "exe", texts()["en"])
