"""All layers on one backend, in a Python of its own: `python -m tests.layers.on_a_backend FOLDER`.

The backend is that of `KERAS_BACKEND`. What is found goes to standard output as JSON, and a trained
model with its answers into the folder, where those of other backends are read. With the word `all`
every variant of every layer is looked at and exported, and training is done in 16 bits too.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

BACKEND = os.environ["KERAS_BACKEND"]


if BACKEND != "tensorflow":
    sys.modules["tensorflow"] = None  # type: ignore[assignment]  # as where it is not installed

import keras  # noqa: E402
import numpy as np  # noqa: E402

from attention import layers  # noqa: E402
from tests.layers.backends import array  # noqa: E402
from tests.layers.helpers import READY, reader_of_all  # noqa: E402

ALL = "all" in sys.argv
# One variant of each layer, where not all are asked for.
SOME = ("attention", "gate-of-steps", "scaled-dot-of-three", "encoder-decoder", "self-window")
KINDS = READY if ALL else {kind: READY[kind] for kind in (*SOME, "weighted")}
WORDS = np.random.default_rng(7).integers(1, 12, size=(16, 5))
WORDS[::3, 3:] = 0
WORDS[5] = 0
LABELS = (WORDS == 7).any(axis=1).astype("float32")


class Block(keras.layers.Layer):
    """Somebody's own layer around one of ours."""

    def __init__(self, inner: keras.layers.Layer) -> None:
        super().__init__()
        self.inner, self.built = inner, True

    def call(self, x):
        return keras.tree.flatten(self.inner(x))[0]


def answers(model: keras.Model) -> list[np.ndarray]:
    return [np.asarray(one) for one in model.predict(WORDS, verbose=0)]


def trained(folder: Path) -> dict[str, bool]:
    """A model of every layer learns, compiled and in 16 bits, and is the same when loaded."""
    said = {}
    for how in ("float32", *(["mixed_float16", "mixed_bfloat16"] if ALL else [])):
        keras.config.set_dtype_policy(how)
        model = reader_of_all()
        jit = BACKEND == "jax" and how == "float32"
        model.compile("adam", ["binary_crossentropy", None], jit_compile=jit)
        losses = model.fit(WORDS, LABELS, batch_size=8, epochs=2, verbose=0).history["loss"]
        said[f"fit in {how}"] = bool(np.isfinite(losses).all())
        if how == "float32":
            model.save(folder / f"{BACKEND}.keras")
            answer, weights = answers(model)
            np.savez(folder / f"{BACKEND}.npz", answer=answer, weights=weights)
            said["hidden words weigh 0"] = bool((weights[WORDS == 0] == 0).all())
    keras.config.set_dtype_policy("float32")
    return said


def loaded(folder: Path) -> dict[str, bool]:
    """What others trained gives the same answers here."""
    said = {}
    for file in sorted(folder.glob("*.keras")):
        found = answers(keras.models.load_model(file))
        expected = np.load(file.with_suffix(".npz"))
        said[f"loads the model of {file.stem}"] = all(
            np.allclose(one, expected[name], rtol=1e-5, atol=1e-5)
            for one, name in zip(found, ("answer", "weights"), strict=True)
        )
    return said


def looked() -> dict[str, bool]:
    """Each layer in a model, and within somebody's own layer: its weights, at two batch sizes."""
    said = {}
    for kind, ready in KINDS.items():
        layer, inputs = ready.layer(), ready.inputs()
        expected = array(layer(ready.one(inputs), return_attention_scores=True)[-1])
        symbols = [keras.Input(shape=shape) for shape in ready.shapes]
        direct = keras.Model(symbols, layer(ready.one(symbols)))
        within = keras.Model(symbols, Block(layer)(ready.one(symbols)))
        said[kind] = all(
            np.allclose(
                array(layer.attention_in(model)([x[:rows] for x in inputs])),
                expected[:rows],
                atol=1e-6,
            )
            for model, rows in ((direct, 3), (within, 2))
        )
    return said


def exported(folder: Path) -> dict[str, str]:
    """How far each layer is from itself once it is exported, or why that cannot be done."""
    said = {}
    for kind, ready in KINDS.items():
        symbols = [keras.Input(shape=shape, name=f"x{n}") for n, shape in enumerate(ready.shapes)]
        model = keras.Model(symbols, keras.tree.flatten(ready.layer()(ready.one(symbols)))[0])
        model(ready.inputs(2))  # Keras exports what was called
        file = folder / f"{kind}.onnx"
        try:
            model.export(file, format="onnx", verbose=False)
        except ImportError as error:
            said[kind] = f"{type(error).__name__}: {error}"
            continue
        said[kind] = str(_difference(file, model, ready))
    return said


def _difference(file: Path, model: keras.Model, ready: Any) -> float:
    onnxruntime: ModuleType = __import__("onnxruntime")
    session = onnxruntime.InferenceSession(str(file))
    apart = 0.0
    for rows in (1, 2, 5):
        inputs = ready.inputs(rows)
        given = {one.name: x for one, x in zip(session.get_inputs(), inputs, strict=True)}
        (found,) = session.run(None, given)
        apart = max(apart, float(np.abs(found - array(model(inputs))).max()))
    return apart


def main() -> None:
    folder = Path(sys.argv[1])
    checks = trained(folder) | loaded(folder) | looked()
    export = exported(folder) if ALL or BACKEND == "torch" else {}
    print(
        json.dumps(
            {
                "backend": keras.backend.backend(),
                "layers": layers.__all__,
                "tensorflow": sys.modules.get("tensorflow") is not None,
                "checks": checks,
                "export": export,
            }
        )
    )


if __name__ == "__main__":
    main()
