"""The README tells the truth: its settings, commands and examples."""

from __future__ import annotations

import doctest
import importlib
import json
import re
from pathlib import Path

import numpy as np
import pytest
import yaml

from attention import layers
from attention.lessons import load_lessons, read_lesson
from attention.scene import Scene
from attention.training.tasks import TASKS
from attention.variations import Setting, look, registry

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


@pytest.fixture(scope="module")
def settings():
    return yaml.safe_load(README.split("---")[1])


def test_the_space_runs_the_pinned_gradio(settings):
    pinned = re.search(
        r"^gradio==(\S+)$", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE
    )
    assert settings["sdk"] == "gradio"
    assert settings["sdk_version"] == pinned[1]


def test_the_spaces_settings_are_ones_that_hugging_face_takes(settings):
    assert settings["python_version"] in {"3.11", "3.12", "3.13"}
    assert (ROOT / settings["app_file"]).exists()
    assert settings["license"] == "mit" and "MIT License" in (ROOT / "LICENSE").read_text("utf-8")
    assert len(settings["short_description"]) <= 60
    colours = {"red", "yellow", "green", "blue", "indigo", "purple", "pink", "gray"}
    assert {settings["colorFrom"], settings["colorTo"]} <= colours


def test_the_two_commands_are_there():
    run, test = (block.strip() for block in blocks("bash"))
    assert run.endswith(".venv/bin/python app.py") and "-r requirements.txt" in run
    assert test == "python3 tests/run.py"
    assert test in (ROOT / ".ci/run").read_text("utf-8")


def test_every_file_that_it_names_is_there():
    for path in re.findall(r"`((?:attention|assets|tests)/[\w./-]*)`", README):
        assert (ROOT / path).exists(), path
    for path in re.findall(r"\]\(([\w./-]+)\)", README):
        assert (ROOT / path).exists(), path


def test_the_numpy_example_gives_what_it_shows():
    (example,) = (block for block in blocks("python") if block.startswith(">>>"))
    test = doctest.DocTestParser().get_doctest(example, {}, "README", None, None)
    assert doctest.DocTestRunner().run(test).failed == 0


def test_the_keras_example_builds():
    (example,) = (block for block in blocks("python") if "import keras" in block)
    names: dict = {}
    exec(example, names)
    assert names["model"].output_shape == (None, 1)


def test_the_three_lines_show_the_weights_of_a_layer():
    import keras

    (example,) = (block for block in blocks("python") if "attention_in" in block)
    x = np.random.default_rng(2).normal(size=(2, 4, 3)).astype("float32")
    layer = layers.Attention(4)
    model = keras.Sequential([keras.Input(shape=(4, 3)), layer])
    names = {"layer": layer, "model": model, "x": x, "data": x}
    *lines, last = example.strip().splitlines()
    for line in lines:
        exec(line, names)
        assert names["weights"].shape == (2, 4)
    shown = names["weights"]
    exec(last, names)
    np.testing.assert_allclose(names["weights"], shown, rtol=1e-5)


def test_every_layer_is_in_the_table_with_its_source():
    for name in layers.__all__:
        assert re.search(rf"^\| `{name}` \| .+ \| .+ \|$", README, re.MULTILINE), name


def test_the_example_of_a_variation_is_one(tmp_path, monkeypatch):
    (example,) = (block for block in blocks("python") if block.startswith("@variation"))
    file = tmp_path / "near_asks.py"
    imports = (
        "from attention.core import softmax\nfrom attention.variations.registry import variation"
    )
    file.write_text(f"{imports}\n\n\n{example}", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(registry, "VARIATIONS", {})
    importlib.import_module("near_asks")
    near, setting = registry.VARIATIONS["near"], Setting(sentence="love and fear and love")
    names = {"x": setting.x[None], "mask": setting.mask[None]}
    exec(near.keras_code, names)
    seen = setting.mask  # padding asks nobody
    ours = look(near, setting)
    np.testing.assert_allclose(names["weights"][0][seen], ours.weights[seen], rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(names["output"][0][seen], ours.output[seen], rtol=1e-5, atol=1e-6)
    assert "def near(x, visible):" in near.numpy_code and near.multiplications(5, 4) == 200


def test_the_examples_of_looking_and_taking_away_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    handing, looking, taking = (
        block
        for block in blocks("python")
        if "attention.variations import" in block or "attention.export" in block
    )
    exec(handing, {})
    assert (tmp_path / "fear.html").stat().st_size < 100_000
    assert (tmp_path / "sheets.html").read_text("utf-8").count("Вариант") >= 30
    *lines, last = looking.strip().splitlines()
    names: dict = {}
    exec("\n".join(lines), names)
    assert eval(last, names).shape == (7, 7)
    exec(taking, {})
    assert json.loads((tmp_path / "fear.ipynb").read_text("utf-8"))["nbformat"] == 4


def test_the_example_of_learning_arrives_where_it_says():
    (example,) = (block for block in blocks("python") if "descend" in block)
    *lines, last = example.strip().splitlines()
    names: dict = {}
    exec("\n".join(lines), names)
    end, b = eval(last, names)
    assert end == "arrived"
    np.testing.assert_allclose(np.diff(b), np.diff(np.log([0.9, 0.09, 0.01])), atol=1e-3)


def test_every_task_is_in_the_table():
    (table,) = re.findall(r"\| task \|.*\n((?:\|.*\n)+)", README)
    assert len(table.splitlines()) == 1 + len(TASKS)


def test_the_client_example_runs(address):
    (example,) = (block for block in blocks("python") if "gradio_client" in block)
    *lines, last = example.replace("http://127.0.0.1:7860", address).strip().splitlines()
    names: dict = {}
    exec("\n".join(lines), names)
    assert eval(last, names)["logits"] == [2.0, 0.0]


def test_the_example_of_a_lesson_is_one(tmp_path):
    (example,) = blocks("toml")
    file = tmp_path / "99-voices.toml"
    file.write_text(example, "utf-8")
    lesson = read_lesson(file)
    assert lesson.predict.answer(lesson.start) == 1
    assert not lesson.done(lesson.start)
    assert lesson.done(Scene.model_validate(lesson.start.model_dump() | lesson.challenge.solution))


def test_the_table_of_the_course_names_every_lesson():
    (table,) = re.findall(r"\| level \|.*\n\|.*\n((?:\|.*\n)+)", README)
    assert re.findall(r"`([\w-]+)`", table) == list(load_lessons()[0])


def test_the_russian_part_speaks_of_what_a_reader_needs():
    russian = README.partition("## По-русски")[2]
    for topic in ("Запуск", "Курс", "Учителю", "Почему это учится", "Как дополнить"):
        assert f"**{topic}" in russian, topic
