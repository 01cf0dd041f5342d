"""The layers and `attention.core` agree on scenes that nobody chose."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from attention import attend, dot_product, gate
from attention.layers import ScaledDotProductAttention

from .helpers import attention, dense_gate, look

DTYPES = ("float64", "float32")
SCENES = settings(max_examples=40, deadline=None)


@dataclass
class Scene:
    """What both sides are given; `names` are the options that both of them know."""

    x: np.ndarray
    w: np.ndarray
    b: np.ndarray | None
    mask: np.ndarray | None
    options: dict


def numbers(shape, limit):
    """Float32 numbers, so that no precision has to round them first."""
    return arrays(np.float32, shape, elements=st.floats(-limit, limit, width=32))


@st.composite
def scenes(draw, kind):
    batch, steps, features = (draw(st.integers(1, most)) for most in (3, 6, 4))
    of_attention = kind == "attention"
    x = draw(numbers((batch, steps, features) if of_attention else (batch, steps), 8))
    mask = draw(st.none() | arrays(bool, (batch, steps)))
    if mask is not None and draw(st.booleans()):
        x[~mask] = draw(st.sampled_from([np.nan, np.inf, -np.inf, 1e30]))
    options = {"temperature": draw(st.sampled_from([1.0, 0.1, 0.5, 3.0, 100.0]))}
    if of_attention:
        options["activation"] = draw(st.sampled_from(["tanh", "linear"]))
    return Scene(
        x=x,
        w=draw(numbers((features,) if of_attention else (steps, steps), 4)),
        b=draw(st.none() | numbers((steps,), 100)),
        mask=mask,
        options=options,
    )


def tolerance(scene, dtype):
    """How far two honest computations in `dtype` may lie apart, relative to x.

    1e-6 is promised: the article's epsilon is 1e-7 of a sum that can be as low as e⁻¹.
    Rounding comes on top. It grows with the logits, of which softmax takes differences.
    """
    seen = scene.x if scene.mask is None else scene.x[scene.mask]
    largest = np.abs(seen).max(initial=0) * np.abs(scene.w).sum(axis=0).max()
    largest += 0 if scene.b is None else np.abs(scene.b).max()
    return 1e-6 + 4 * np.finfo(dtype).eps * largest / scene.options["temperature"]


def assert_agree(layer, trace, scene, dtype):
    output, weights = look(layer, scene.x.astype(dtype), scene.mask)
    assert output.dtype == weights.dtype == dtype
    allowed = tolerance(scene, dtype)
    np.testing.assert_allclose(weights, trace.weights, rtol=0, atol=allowed)
    seen = scene.x if scene.mask is None else scene.x[scene.mask]
    size = max(1, np.abs(seen).max(initial=0))
    np.testing.assert_allclose(output, trace.output, rtol=0, atol=allowed * size)


@pytest.mark.parametrize("dtype", DTYPES)
@SCENES
@given(scene=scenes("attention"))
def test_attention_agrees_with_attend(scene, dtype):
    layer = attention(scene.w, scene.b, steps=scene.x.shape[1], dtype=dtype, **scene.options)
    trace = attend(scene.x.astype("float64"), scene.w, scene.b, scene.mask, **scene.options)
    assert_agree(layer, trace, scene, dtype)


@pytest.mark.parametrize("dtype", DTYPES)
@SCENES
@given(scene=scenes("gate"))
def test_dense_gate_agrees_with_gate(scene, dtype):
    layer = dense_gate(scene.w, scene.b, dtype=dtype, **scene.options)
    trace = gate(scene.x.astype("float64"), scene.w, scene.b, scene.mask, **scene.options)
    assert_agree(layer, trace, scene, dtype)


@settings(SCENES, max_examples=20)
@given(scene=scenes("attention"), scale=st.booleans())
def test_one_query_agrees_with_dot_product_stage_by_stage(scene, scale):
    # The scene's w is the query, the same for every sequence.
    x = scene.x.astype("float64")
    query = np.broadcast_to(scene.w.astype("float64"), (len(x), 1, x.shape[2]))
    temperature = scene.options["temperature"]
    trace = dot_product(x, query[:, 0], scene.mask, scale=scale, temperature=temperature)

    layer = ScaledDotProductAttention(scale=scale, temperature=temperature, dtype="float64")
    found = layer.trace([query, x, x], scene.mask)

    allowed = tolerance(scene, "float64")
    size = max(1, np.abs(np.where(np.isfinite(x), x, 0)).max())
    for stage in ("logits", "scores", "weights", "output"):
        one = np.array(getattr(found, stage))[:, 0]
        np.testing.assert_allclose(one, getattr(trace, stage), rtol=1e-9, atol=allowed * size)


@pytest.mark.parametrize("kind", ["attention", "gate"])
@settings(SCENES, max_examples=20)
@given(data=st.data())
def test_every_stage_agrees_with_numpy_also_where_it_is_hidden(kind, data):
    scene = data.draw(scenes(kind))
    x, steps = scene.x.astype("float64"), scene.x.shape[1]
    if kind == "attention":
        layer = attention(scene.w, scene.b, steps=steps, dtype="float64", **scene.options)
        trace = attend(x, scene.w, scene.b, scene.mask, **scene.options)
    else:
        layer = dense_gate(scene.w, scene.b, dtype="float64", **scene.options)
        trace = gate(x, scene.w, scene.b, scene.mask, **scene.options)
    found = layer.trace(x, scene.mask)
    allowed = tolerance(scene, "float64")
    size = max(1, np.abs(np.where(np.isfinite(x), x, 0)).max())
    for stage in ("logits", "scores", "weights", "output"):
        one = np.array(getattr(found, stage))
        np.testing.assert_allclose(one, getattr(trace, stage), rtol=1e-9, atol=allowed * size)


@SCENES
@given(scene=scenes("attention"))
def test_tanh_attention_is_the_articles_formula_to_the_letter_epsilon_included(scene):
    x = scene.x.astype("float64")
    mask = np.ones(x.shape[:2]) if scene.mask is None else scene.mask
    x[~mask.astype(bool)] = 0
    bias = 0 if scene.b is None else scene.b.astype("float64")
    u = np.exp(np.tanh(x @ scene.w.astype("float64") + bias)) * mask
    a = u / (u.sum(axis=1, keepdims=True) + 1e-7)

    layer = attention(scene.w, scene.b, steps=x.shape[1], dtype="float64")
    output, weights = look(layer, x, scene.mask)

    np.testing.assert_allclose(weights, a, rtol=1e-12)
    np.testing.assert_allclose(output, (a[..., None] * x).sum(axis=1), rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("temperature", [1e-300, 1e-30, 1e-3, 1e3, 1e300])
def test_every_finite_temperature_gives_finite_weights_that_sum_to_1(temperature):
    x = np.array([[[3.0], [3.0], [-2.0], [1.0]]])
    for activation in ("tanh", "linear"):
        layer = attention([1.0], steps=4, activation=activation, temperature=temperature)
        _, weights = look(layer, x)
        np.testing.assert_allclose(weights.sum(), 1, rtol=1e-6)
        expected = [0.5, 0.5, 0, 0] if temperature < 0.01 else [0.25] * 4
        np.testing.assert_allclose(weights, [expected], atol=0.002)
