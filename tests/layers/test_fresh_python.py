"""A Python that has imported nothing yet: the layers load beside the page, and then a saved model.

One process serves all these tests, because starting TensorFlow takes longer than anything in them.
"""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from .helpers import reader_of_all

ROOT = Path(__file__).parents[2]
X = np.random.default_rng(11).integers(0, 9, size=(6, 5))
PROGRAM = """
import json, sys, threading, time
from attention import warming

folder = sys.argv[1]
loaded = lambda: sorted({"keras", "tensorflow"} & set(sys.modules))
before = loaded()
asked = time.monotonic()
told = [vars(warming.warm_up())]
waited = time.monotonic() - asked
while not told[-1]["ready"] and not told[-1]["error"]:
    time.sleep(0.1)
    told.append(vars(warming.warm_up()))
names = [thread.name for thread in threading.enumerate()]
print(json.dumps([before, waited, told, names, loaded()]))

import keras, numpy as np
model = keras.models.load_model(folder + "/model.keras")
answer, weights = model.predict(np.load(folder + "/x.npy"), verbose=0)
np.savez(folder + "/found.npz", answer=answer, weights=weights)
model.compile("sgd", ["mse", None], run_eagerly=True)
model.fit(np.load(folder + "/x.npy"), answer, epochs=1, verbose=0)
"""


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """A trained model, the folder it was saved to, and what the other Python said."""
    folder = tmp_path_factory.mktemp("fresh")
    model = reader_of_all()
    model.compile("adam", ["mse", None], run_eagerly=True)
    model.fit(X, np.ones((6, 1)), epochs=1, verbose=0)
    model.save(folder / "model.keras")
    np.save(folder / "x.npy", X)
    command = [sys.executable, "-c", PROGRAM, str(folder)]
    return model, folder, subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def test_the_layers_load_beside_the_page(fresh):
    *_, ran = fresh
    before, waited, told, threads, loaded = json.loads(ran.stdout.splitlines()[0])
    assert before == [], "importing attention.warming must import no Keras"
    assert waited < 0.5, "the first call must not wait"
    seconds = [one["seconds"] for one in told]
    assert seconds == sorted(seconds) and seconds[-1] > 0
    assert told[-1]["ready"] and told[-1]["error"] is None
    assert loaded == ["keras", "tensorflow"]
    assert not any(one["ready"] for one in told[:-1])
    assert "warm-up" not in threads, "the thread ends with its work"


def test_a_python_that_has_only_loaded_the_layers_loads_and_runs_and_trains_the_model(fresh):
    model, folder, ran = fresh
    assert ran.returncode == 0, ran.stderr
    found = np.load(folder / "found.npz")
    answer, weights = model.predict(X, verbose=0)
    np.testing.assert_allclose(found["answer"], answer, rtol=1e-6, atol=1e-7)
    np.testing.assert_allclose(found["weights"], weights, rtol=1e-6, atol=1e-7)
    assert (found["weights"][X == 0] == 0).all()
