"""All layers as one file: it is the package, it needs no package, and models go to and fro."""

import ast
import importlib.util
import json
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest

from attention import layers, layers_file
from attention.export import FORMATS
from attention.layers_file import NAME

from .helpers import reader_of_all

ROOT = Path(__file__).parents[2]
X = np.random.default_rng(11).integers(0, 9, size=(6, 5))
# Beside the file alone: what its docstrings say is so, and a model comes in and goes out.
PROGRAM = """
import doctest, importlib.util, json, os, sys
import keras, numpy as np
import attention_layers

assert importlib.util.find_spec("attention") is None
tried = doctest.testmod(attention_layers) if sys.argv[1:] else None
model = keras.models.load_model("model.keras")
answer, weights = model.predict(np.load("x.npy"), verbose=0)
model.compile("sgd", ["mse", None], run_eagerly=keras.backend.backend() != "jax")
model.fit(np.load("x.npy"), answer + 1, epochs=1, verbose=0)
after, _ = model.predict(np.load("x.npy"), verbose=0)
model.save("back.keras")
np.savez("found.npz", answer=answer, weights=weights, after=after)
names = [name for name in dir(attention_layers) if name in attention_layers.__all__]
print(json.dumps([keras.backend.backend(), tried, names]))
"""


def program():
    return layers_file.layers_file()


def test_the_command_and_the_page_give_the_same_file(capsys):
    runpy.run_module("attention.layers", run_name="__main__")
    assert capsys.readouterr().out == program()
    assert FORMATS["layers"].write(None, {}, None).decode() == program()


def test_its_first_lines_say_what_it_needs_and_its_licence():
    head = program().split("\n\n")
    assert "needs Keras alone" in head[0]
    assert all(name in head[1] for name in layers.__all__)
    owner = (ROOT / "LICENSE").read_text("utf-8").splitlines()[2]
    assert f"# SPDX-License-Identifier: MIT\n# {owner}\n" in program()
    imported = set(re.findall(r"^(?:import|from) (\w+)", program(), re.M))
    assert imported - sys.stdlib_module_names == {"keras", "numpy"}  # NumPy comes with Keras


@pytest.mark.parametrize("command", [["check"], ["format", "--check"]], ids=" ".join)
def test_it_reads_as_the_sources_do(command):
    ruff = [sys.executable, "-m", "ruff", *command, "--stdin-filename", str(ROOT / NAME), "-"]
    done = subprocess.run(ruff, input=program().encode(), cwd=ROOT, capture_output=True)
    assert done.returncode == 0, done.stdout.decode()


def test_nothing_in_it_points_to_a_module_that_is_not_there():
    _, _, below = program().partition("SPDX")
    assert not re.findall(r"\b\w+\.py\b|\battention\.\w+", below)


def test_every_function_and_class_is_in_it_whole():
    for file in (ROOT / "attention/layers").glob("*.py"):
        source = file.read_text("utf-8")
        if file.stem in ("__init__", "__main__") or "from attention.scene import" in source:
            continue  # the page's own: nobody needs them who has the layers
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                assert ast.get_source_segment(source, node) in program(), (file.name, node.name)


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A folder with the file, a model that the package saved, and what it answers."""
    folder = tmp_path_factory.mktemp("alone")
    (folder / NAME).write_text(program(), "utf-8")
    model = reader_of_all()
    model.save(folder / "model.keras")
    np.save(folder / "x.npy", X)
    return folder, model.predict(X, verbose=0)


@pytest.mark.parametrize(
    "backend",
    ["tensorflow", *(pytest.param(one, marks=pytest.mark.slow) for one in ("jax", "torch"))],
)
def test_alone_in_a_folder_it_loads_trains_and_saves_what_the_package_saved(saved, backend):
    if importlib.util.find_spec(backend) is None:
        pytest.fail(f"{backend} is not installed")
    folder, (answer, weights) = saved
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, *(["doctest"] if backend == "tensorflow" else [])],
        cwd=folder,
        env=clean | {"KERAS_BACKEND": backend},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    used, tried, names = json.loads(ran.stdout.splitlines()[-1])
    assert (used, names) == (backend, sorted(layers.__all__))
    assert tried is None or (tried[0] == 0 and tried[1] > 40), ran.stdout
    found = np.load(folder / "found.npz")
    np.testing.assert_allclose(found["answer"], answer, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(found["weights"], weights, rtol=1e-5, atol=1e-6)
    back = keras.models.load_model(folder / "back.keras")
    kinds = {type(layer) for layer in back.layers} & {getattr(layers, one) for one in names}
    assert len(kinds) == len(names), "the package's own layers, all of them"
    np.testing.assert_allclose(back.predict(X, verbose=0)[0], found["after"], rtol=1e-5, atol=1e-6)


BAD = {
    "from attention.core import Trace as T\n\nx = T\n": "must import .* by `from module import",
    "def f():\n    from attention.core import Trace\n": "must import",
    "from .base import TracedLayer\n\nx = 1\n": "must import",
    "import attention.core\n\nx = 1\n": "must import",
}


@pytest.mark.parametrize("source", BAD)
def test_an_import_that_cannot_be_joined_is_refused(source):
    with pytest.raises(ValueError, match=BAD[source]):
        layers_file.Module("attention.layers.bad", source)


def joined(monkeypatch, **sources):
    """What is joined of a package of these modules."""
    sources = {f"attention.{name.replace('_', '.')}": text for name, text in sources.items()}
    modules = {name: layers_file.Module(name, text) for name, text in sources.items()}
    monkeypatch.setattr(layers_file, "_module", modules.__getitem__)
    return layers_file.layers_file.__wrapped__()


ALL = '__all__ = ["A", "B"]\n'
BOTH = f"from attention.layers.a import A\nfrom attention.layers.b import B\n\n{ALL}"


def test_modules_that_give_one_name_to_two_things_are_refused(monkeypatch):
    one, other = "A = 1\n\n\ndef _help(): ...\n", "B = 2\n\n\ndef _help(): ...\n"
    with pytest.raises(ValueError, match=r"got _help of attention\.layers\.a and of .*\.b"):
        joined(monkeypatch, layers=BOTH, layers_a=one, layers_b=other)
    with pytest.raises(ValueError, match=r"got ops of keras and of attention\.layers\.b"):
        joined(
            monkeypatch,
            layers=BOTH,
            layers_a="from keras import ops\n\nA = ops\n",
            layers_b="B = ops = 1\n",
        )


def test_modules_in_a_circle_are_refused(monkeypatch):
    with pytest.raises(ValueError, match=r"got attention\.layers → .*a → .*b → .*a"):
        joined(
            monkeypatch,
            layers=BOTH,
            layers_a="from attention.layers.b import B\n\nA = B\n",
            layers_b="from attention.layers.a import A\n\nB = A\n",
        )


def test_what_comes_from_outside_the_package_must_stand_alone(monkeypatch):
    sources = {"layers_a": "from attention.core import C\n\nA = C\n", "layers_b": "B = 1\n"}
    joined(monkeypatch, layers=BOTH, **sources, core="D = 1\nC = 1\n")
    with pytest.raises(ValueError, match=r"got C in attention\.core, which uses D"):
        joined(monkeypatch, layers=BOTH, **sources, core="D = 1\nC = D\n")
    with pytest.raises(ValueError, match=r"attention\.core must define .*; got C"):
        joined(monkeypatch, layers=BOTH, **sources, core="D = 1\n")
