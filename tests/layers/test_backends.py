"""TensorFlow, JAX and PyTorch: the layers build, learn, look, save and load on each of them."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OTHERS = ("jax", "torch")
# What is about the layers themselves, and not about one backend or the tasks that are trained.
TESTS = [
    f"tests/layers/test_{name}.py"
    for name in (
        "against_keras",
        "errors",
        "golden",
        "heads",
        "looking",
        "masks",
        "old_files",
        "paper",
        "saving",
        "training",
    )
]


def python(backend, *words):
    """What another Python says, in which Keras has this backend."""
    environment = os.environ | {"KERAS_BACKEND": backend, "JAX_ENABLE_X64": "1"}
    command = [sys.executable, "-W", "ignore", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def said(backend, folder, *words):
    ran = python(backend, "-m", "tests.layers.on_a_backend", str(folder), *words)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout.splitlines()[-1])


def assert_right(found, backend):
    assert found["backend"] == backend
    assert found["tensorflow"] == (backend == "tensorflow"), "no other backend is imported"
    assert [name for name, right in found["checks"].items() if not right] == []


@pytest.mark.parametrize("backend", ["jax", pytest.param("torch", marks=pytest.mark.slow)])
def test_every_layer_works_where_tensorflow_is_not_installed(backend, tmp_path):
    found = said(backend, tmp_path)
    assert_right(found, backend)
    for kind, apart in found["export"].items():
        assert float(apart) < 1e-5, f"{kind} as ONNX"


@pytest.mark.slow
def test_what_one_backend_trained_the_others_load_and_every_variant_works(tmp_path):
    for backend in ("tensorflow", *OTHERS, "tensorflow"):
        found = said(backend, tmp_path, "all")
        assert_right(found, backend)
        for kind, result in found["export"].items():
            if backend == "torch":
                assert float(result) < 1e-5, f"{kind} as ONNX"
            else:  # Keras leaves it to a package that is not among the requirements
                assert re.match(r"(ImportError|ModuleNotFoundError): .*2onnx", result), result
    loads = [name for name in found["checks"] if name.startswith("loads")]
    assert len(loads) == 3, loads


@pytest.mark.slow
@pytest.mark.parametrize("backend", OTHERS)
def test_the_tests_of_the_layers_pass_on_every_backend(backend):
    ran = python(backend, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", *TESTS)
    assert ran.returncode == 0, ran.stdout[-8000:]
