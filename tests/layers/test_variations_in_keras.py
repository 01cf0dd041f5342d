"""Beside the NumPy lines of every variation stand Keras lines: they run, and give the same."""

from __future__ import annotations

from dataclasses import replace

import keras
import numpy as np
import pytest

from attention.layers import SeqSelfAttention
from attention.scene import Scene
from attention.variations import VARIATIONS, Setting, apply

# Five features: three a head, so that no two sizes are alike.
TABLE = Scene(
    kind="dot_product",
    rows=["a", "b", "c", "d", "e", "f"],
    columns=["v", "w", "x", "y", "z"],
    x=np.random.default_rng(7).normal(size=(6, 5)).tolist(),
    query=[0.0] * 5,
    mask=[True, False, True, True, True, False],
)
SETTINGS = {
    "padded": Setting(sentence="I fear what I love", seed=3),
    "not padded": Setting(sentence="I fear what I love", seed=3, padding=False),
    "a table": Setting(scene=TABLE),
}


@pytest.fixture(autouse=True)
def double_precision():
    before = keras.config.floatx(), keras.config.dtype_policy()
    keras.config.set_floatx("float64")
    keras.config.set_dtype_policy("float64")
    yield
    keras.config.set_floatx(before[0])
    keras.config.set_dtype_policy(before[1])


def run(variation, setting):
    """What the Keras lines leave behind, given the numbers of this setting."""
    names = {"x": setting.x[None], "mask": setting.mask[None], **setting.parameters(variation)}
    exec(variation.keras_code, names)
    return names


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("variation", VARIATIONS.values(), ids=VARIATIONS)
def test_the_keras_lines_give_what_the_numpy_lines_give(variation, setting):
    ours, theirs = apply(variation, setting), run(variation, setting)
    weights, output = (np.array(theirs[name])[0] for name in ("weights", "output"))
    assert weights.shape == ours.weights.shape and output.shape == ours.output.shape
    # Keras lets padding ask as well: what a hidden step would look at is compared by nobody.
    if variation.rows == "step":
        weights, output = weights[..., setting.mask, :], output[setting.mask]
        ours = replace(
            ours, weights=ours.weights[..., setting.mask, :], output=ours.output[setting.mask]
        )
    np.testing.assert_allclose(weights, ours.weights, atol=1e-6)
    np.testing.assert_allclose(output, ours.output, atol=1e-6)


@pytest.mark.parametrize("variation", VARIATIONS.values(), ids=VARIATIONS)
def test_the_layer_has_as_many_parameters_as_the_gallery_says(variation):
    setting = SETTINGS["a table"]
    layer = run(variation, setting).get("layer")
    said = variation.parameter_count(*setting.x.shape)
    if layer is None:  # a few operations, which have the parameters that they were given
        assert said == sum(value.size for value in setting.parameters(variation).values())
    else:
        assert said == layer.count_params()


@pytest.mark.parametrize("history_only", [False, True])
@pytest.mark.parametrize("width", [1, 2, 3, 4])
def test_the_window_of_a_setting_is_the_window_of_the_layer(width, history_only):
    setting = Setting(scene=TABLE, window=width, causal=history_only)
    variation = VARIATIONS["luong_general"]
    layer = SeqSelfAttention(
        attention_width=width,
        history_only=history_only,
        attention_type="multiplicative",
        use_attention_bias=False,
        return_attention=True,
    )
    layer.build(setting.x[None].shape)
    layer.set_weights(list(setting.parameters(variation).values()))
    _, weights = layer(setting.x[None], mask=setting.mask[None])
    ours = apply(variation, setting).weights[setting.mask]
    np.testing.assert_allclose(np.array(weights)[0][setting.mask], ours, atol=1e-6)
