"""What is taken away runs as it is, with exactly the numbers on the table."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys

import nbformat
import numpy as np
import pytest
from effort import many
from hostile import IN_A_FILE
from hypothesis import given, settings
from hypothesis import strategies as st
from nbclient import NotebookClient
from scenes import CASES, VECTOR_KINDS, as_scene, names, scenes, size
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
from attention.lessons import load_lessons
from attention.scene import Scene
from attention.texts import texts

# Keras takes longer: every kind, mask and bias, in a lesson, at a low temperature, at the limits.
FEW = [case for case in CASES if case["name"].startswith(("fear", "cold", "limits"))]
FEAR = load_lessons()[0]["fear"].at("ru")
FORMULA_STARTS = tuple("=+-@＝＋－＠")
PLAIN = {"rows": ["a", "b"], "columns": ["f", "g"], "x": [[1, 2], [3, 4]]}
EVERYTHING = {"w": [1, 2], "b": [0, 1], "mask": [True, False], "temperature": 2}


def executed(*codes: str, **given: object) -> dict:
    """The variables that are left when these programs have run one after the other."""
    found = {"__name__": "__main__", **given}
    for code in codes:
        exec(compile(code, "<taken away>", "exec"), found)
    return found


def cells(scene: Scene) -> list[str]:
    """The code cells of a scene's notebook."""
    read = nbformat.reads(notebook(scene), as_version=4)
    nbformat.validate(read)
    return [cell.source for cell in read.cells if cell.cell_type == "code"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_numpy_code_computes_the_scene_and_prints_a_line_for_each_name(case, capsys):
    scene = as_scene(case, IN_A_FILE)
    agree(case["name"], found := executed(numpy_code(scene)), case, 1e-9, size(case))
    lines = [line for line in capsys.readouterr().out.split("\n") if line]
    outputs = scene.rows if scene.kind == "gate" else scene.columns
    expected = [*zip(scene.rows, found["weights"], strict=True)]
    expected += [*zip(outputs, found["output"], strict=True)]
    for line, (name, number) in zip(lines, expected, strict=True):
        assert line.endswith(f"{number:.4f}  {name!r}") and line.isprintable(), line


@settings(max_examples=many(40, 100))
@given(fields=scenes(kinds=VECTOR_KINDS), name=names())
def test_numpy_code_takes_any_scene_stage_by_stage(fields, name):
    # Of products as large as 1e12 the last bits depend on the order of the sum, and a low
    # temperature enlarges them: so each stage is held to what the core makes of the one before.
    scene = as_scene(fields, [name])
    found = executed(numpy_code(scene))
    logits, scores, weights = found["logits"], found["scores"], found["weights"]
    tolerance = 1e-9 * size(fields)
    np.testing.assert_allclose(logits, scene.trace().logits, rtol=0, atol=tolerance)
    scaled = logits / np.sqrt(len(scene.columns)) if scene.kind == "scaled_dot_product" else logits
    np.testing.assert_allclose(scores, np.tanh(logits) if scene.has_tanh else scaled, rtol=1e-12)
    shares = core.softmax(scores, scene.mask or None, temperature=scene.temperature)
    np.testing.assert_allclose(weights, shares, rtol=1e-9)
    assert (weights[shares == 0] == 0).all()
    x = np.array(scene.x)
    output = weights * x[:, 0] if scene.kind == "gate" else (weights[:, None] * x).sum(axis=0)
    np.testing.assert_allclose(found["output"], output, rtol=0, atol=1e-9 * max(1, abs(x).max()))
    assert found["rows"] == scene.rows and found["columns"] == scene.columns


@pytest.mark.parametrize("case", FEW, ids=lambda case: case["name"])
def test_the_notebooks_two_programs_each_compute_the_scene_alone_and_agree(case):
    numpy, numpy_stages, keras, keras_stages, check = cells(as_scene(case, IN_A_FILE))
    in_numpy = executed(numpy, numpy_stages)["in_numpy"]
    in_keras = executed(keras, keras_stages)["in_keras"]
    agree(case["name"], in_numpy, case, 1e-9, size(case))
    agree(case["name"], in_keras, case, 1e-9 + epsilon(case), size(case))
    executed("import numpy as np", check, in_numpy=in_numpy, in_keras=in_keras)


def test_the_notebook_says_where_numpy_and_keras_differ():
    *before, check = cells(Scene(**PLAIN, w=[1, 2]))
    with pytest.raises(AssertionError, match="weights"):
        executed(*before, 'in_keras["weights"] = in_keras["weights"] + [0, 1e-5]', check)


@pytest.mark.slow
def test_a_fresh_kernel_executes_the_notebook():
    read = nbformat.reads(notebook(Scene(**PLAIN, kind="dot_product", query=[1, 2])), as_version=4)
    done = NotebookClient(read, timeout=120, kernel_name="python3").execute()
    said = done.cells[-1].outputs[0].text
    assert [line.split(":")[0] for line in said.splitlines()] == list(STAGES)


def test_numpy_code_is_a_program_of_its_own(tmp_path):
    file = tmp_path / "scene.py"
    file.write_bytes(export(FEAR, "numpy", texts()["ru"]))
    command = [sys.executable, "-I", "-X", "utf8", file]
    done = subprocess.run(command, capture_output=True, check=True, cwd=tmp_path)
    assert FEAR.rows[0] in done.stdout.decode() and not done.stderr


@pytest.mark.parametrize("kind", VECTOR_KINDS)
def test_code_imports_nothing_of_this_project(kind):
    fields = {"rows": ["a"], "columns": ["f"], "x": [[1]], "query": [1]}
    scene = Scene(kind=kind, **fields, w=[[1]] if kind == "gate" else [1])
    for code, allowed in ((numpy_code, {"numpy"}), (keras_code, {"keras", "numpy"})):
        assert set(re.findall(r"^ *(?:import|from) (\w+)", code(scene), re.M)) == allowed


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


@settings(max_examples=40)
@given(fields=scenes(), some=st.lists(names(), min_size=1, max_size=4))
def test_csv_holds_any_name_and_no_formula_and_json_gives_the_scene_and_its_stages_back(
    fields, some
):
    scene = as_scene(fields, some)
    text = csv_table(scene)
    heading, *table = csv.reader(io.StringIO(text, newline=""))
    assert {len(row) for row in table} == {len(heading)} and text.endswith("\r\n")
    for name, row in zip(scene.rows, table, strict=False):
        assert row[0].replace("'", "") == name.replace("'", "")
        assert row[0] == name or any(start in name for start in FORMULA_STARTS)
    for cell in [*heading, *(row[0] for row in table)]:
        for part in re.split("[;\t\r\n]", cell):  # where spreadsheets elsewhere split it
            assert not part.lstrip().lstrip('"').lstrip().startswith(FORMULA_STARTS)
    found = json.loads(json_scene(scene))
    assert Scene.model_validate(found.pop("scene")) == scene
    if scene.kind == "self_attention":
        for name in ("queries", "keys", "values"):
            assert found.pop(name) == getattr(scene.whole_trace(), name).tolist()
    assert found == {stage: getattr(scene.trace(), stage).tolist() for stage in STAGES}


BEGINNINGS = {"csv": b"\xef\xbb\xbf", "png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}
BEGINNINGS |= {"numpy": b"import numpy", "keras": b"# Keras 3", "ipynb": b"{", "json": b"{"}
BEGINNINGS |= {"layers": b'"""Attention layers for Keras 3 in one file.'}


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_what_it_is_called_and_the_same_each_time(format):
    one, again = (export(as_scene(CASES[0], IN_A_FILE), format, texts()["ru"]) for _ in range(2))
    assert one == again and one.startswith(BEGINNINGS[format])


def test_an_unknown_format_is_told_what_there_is():
    with pytest.raises(ValueError, match=r"format must be one of numpy, .*pdf; got 'exe'"):
        export(Scene(**PLAIN, w=[1, 2]), "exe", texts()["en"])


@settings(max_examples=many(40, 200))
@given(fields=scenes(largest=3, coldest=0.1, kinds=["self_attention"]), name=names())
def test_numpy_code_of_self_attention_computes_every_step_and_head(fields, name):
    scene = as_scene(fields, [name])
    found, whole = executed(numpy_code(scene)), scene.whole_trace()
    for stage, numbers in vars(scene.trace()).items():
        np.testing.assert_allclose(found[stage], numbers, rtol=1e-9, atol=1e-12)
    for stage in ("queries", "keys", "values"):
        np.testing.assert_allclose(found[stage], getattr(whole, stage), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(found["all_weights"], whole.weights, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(found["all_outputs"], whole.output, rtol=1e-9, atol=1e-12)


ASKING = {
    "kind": "self_attention",
    "wq": [[1.0, -0.5], [0.5, 2.0]],
    "wk": [[0.3, 1.0], [1.0, 0.1]],
    "wv": [[1.0, 2.0, 3.0, 4.0], [0.5, 0.0, -1.0, 1.0]],
}
ASKINGS = {
    "plain": {},
    "heads": {"heads": 2, "head": 1},
    "causal": {"causal": True, "asks": 0},
    "mask": {"mask": [False, True], "temperature": 0.5},
    "nothing seen": {"mask": [False, True], "causal": True, "asks": 0},
    "sinusoidal": {"positions": "sinusoidal", "heads": 2},
    "learned": {"positions": "learned", "pos": [[1.0, 0.0], [0.0, -2.0]]},
    "far below": {
        "wq": [[1e6, 0.0], [0.0, 0.0]],
        "wk": [[-1e6, 0.0], [0, 0]],
        "mask": [True, False],
    },
    "far below in the other head": {
        "heads": 2,
        "wq": [[0.0, 1e6], [0.0, 0.0]],
        "wk": [[0.0, -1e6], [0, 0]],
        "mask": [True, False],
    },
}


@pytest.mark.parametrize("how", ASKINGS.values(), ids=ASKINGS)
def test_the_notebook_holds_kerass_multi_head_attention_to_numpy(how):
    scene = Scene(**PLAIN, **ASKING | how)
    found = executed(*cells(scene))  # its last cell asserts that both agree
    for stage, numbers in vars(scene.trace()).items():
        size = max(1, np.abs(numbers).max())
        np.testing.assert_allclose(found["in_keras"][stage], numbers, atol=1e-6 * size)
    if any(scene.seen):
        assert type(found["layer"]).__name__ == "MultiHeadAttention"


def test_code_of_self_attention_has_only_the_lines_that_the_scene_needs():
    full = ASKING | {
        "mask": [True, False],
        "causal": True,
        "temperature": 2,
        "positions": "sinusoidal",
    }
    for code in (numpy_code, keras_code):
        plain, whole = code(Scene(**PLAIN, **ASKING)), code(Scene(**PLAIN, **full))
        for word in ("mask", "temperature", "tril", "sin("):
            assert word in whole and word not in plain
        imported = set(re.findall(r"^ *(?:import|from) (\w+)", whole, re.M))
        assert imported <= {"numpy", "keras"}


def test_csv_of_self_attention_has_query_key_and_value_of_each_step():
    scene = Scene(**PLAIN, **ASKING, heads=2)
    whole, trace = scene.whole_trace(), scene.trace()
    heading, *steps, last = csv.reader(io.StringIO(csv_table(scene), newline=""))
    letters = ["q1", "q2", "k1", "k2", "v1", "v2", "v3", "v4"]
    assert heading[2:] == ["x1: f", "x2: g", *letters, "logit", "score", "weight"]
    for step, row in enumerate(steps):
        vectors = (scene.x, whole.queries, whole.keys, whole.values)
        numbers = [number for vector in vectors for number in vector[step]]
        numbers += [getattr(trace, stage)[step] for stage in STAGES[:3]]
        assert [float(cell) for cell in row[2:]] == numbers
    assert last[0] == "output" and [float(cell) for cell in last[8:12]] == trace.output.tolist()
