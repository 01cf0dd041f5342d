"""What several tests need: reference cases, ready-made layers, gradients."""

import json
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from attention.layers import Attention, DenseGate

GOLDEN = Path(__file__).parents[1] / "golden"


def golden_cases(*files):
    """One pytest parameter a case: (case with arrays, tolerance of its precision)."""
    cases = []
    for file in files:
        golden = json.loads((GOLDEN / f"{file}.json").read_text("utf-8"))
        for case in golden["cases"]:
            tolerance = golden["tolerance"][case["options"]["dtype"]]
            cases.append(pytest.param(arrays(case), tolerance, id=f"{file}-{case['id']}"))
    return cases


def arrays(node):
    """The same tree with every {"dtype", "shape", "data"} as a NumPy array."""
    if isinstance(node, list):
        return [arrays(item) for item in node]
    if not isinstance(node, dict):
        return node
    if set(node) == {"dtype", "shape", "data"}:
        # Numbers that are not finite are strings there.
        return np.array(node["data"], object).astype(node["dtype"]).reshape(node["shape"])
    return {name: arrays(value) for name, value in node.items()}


def attention(w, b=None, steps=None, **options):
    """A built `Attention` with these weights."""
    steps = steps or len(b)
    layer = Attention(steps, bias=b is not None, **options)
    layer.build((None, steps, len(w)))
    layer.set_weights([np.array(w)] if b is None else [np.array(w), np.array(b)])
    return layer


def dense_gate(kernel, bias=None, **options):
    """A built `DenseGate` with these weights."""
    layer = DenseGate(use_bias=bias is not None, **options)
    layer.build((None, len(kernel)))
    layer.set_weights([np.array(kernel)] if bias is None else [np.array(kernel), np.array(bias)])
    return layer


def look(layer, x, mask=None):
    """(output, weights) of a layer as NumPy arrays."""
    output, weights = layer(np.asarray(x), mask=mask, return_attention_scores=True)
    return output.numpy(), weights.numpy()


def gradients(layer, x, dy, mask=None):
    """d(sum(y·dy)) / d[x, *weights], as NumPy arrays."""
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        loss = tf.reduce_sum(layer(x, mask=mask) * dy)
    sources = [x, *(variable.value for variable in layer.trainable_variables)]
    return [gradient.numpy() for gradient in tape.gradient(loss, sources)]
