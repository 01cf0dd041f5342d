"""The scene in Keras 3: the article's class, its three lines, or a dot product, without us."""

from __future__ import annotations

from attention.export import self_attention, source
from attention.export.source import Lines
from attention.layers_file import NAME
from attention.scene import Scene

LAYERS = {
    "attention": "Attention",
    "gate": "DenseGate",
    "dot_product": "ScaledDotProductAttention",
    "scaled_dot_product": "ScaledDotProductAttention",
}
# A layer of Keras itself needs no file.
OWN = "# A layer to train with is {layer} in {file}, offered beside this code"
WITHOUT_BATCH = "logits, scores, weights, output = (np.array(stage)[0] for stage in stages)"


def keras_code(scene: Scene) -> str:
    """A program that needs Keras 3 and NumPy alone and computes every stage in float64.

    At its end `logits, scores, weights, output` are NumPy arrays without a batch axis. With tanh
    and a temperature of 1 the class divides by the sum plus ε, as the article's does: its weights
    are then up to 2.7e-7 of themselves below those of the page.

    >>> scene = Scene(kind="gate", rows=["a", "b"], columns=["f"], x=[[1], [2]], w=[[1, 0], [0, 1]])
    >>> print(keras_code(scene))  # doctest: +ELLIPSIS
    # Keras 3 on TensorFlow: pip install keras tensorflow
    ...
    dense = keras.layers.Dense(2, use_bias=False, dtype="float64")
    dense.build((1, 2))
    dense.set_weights([w])
    <BLANKLINE>
    inputs = x[None]
    logits = dense(inputs)  # (1, 2)
    scores = logits
    weights = ops.softmax(scores)
    output = keras.layers.multiply([inputs, weights], dtype="float64")
    ...
    """
    if scene.kind == "self_attention":
        numbers, body = self_attention.given(scene), self_attention.in_keras(scene)
    else:
        make = {"attention": _attention, "gate": _gate}.get(scene.kind, _dot_product)
        numbers, body = source.given(scene), make(scene)
    layer = LAYERS.get(scene.kind)
    return source.program(
        [
            "# Keras 3 on TensorFlow: pip install keras tensorflow",
            OWN.format(layer=layer, file=NAME) if layer else None,
            "import keras",
            "import numpy as np",
            "from keras import ops",
        ],
        numbers,
        *body,
        ['print("weights", weights)', 'print("output", output)'],
    )


def _attention(scene: Scene) -> list[Lines]:
    bias, hides = scene.has_bias, scene.hides
    logits = f"ops.matmul(x, self.W){' + self.b' if bias else ''}"
    article = scene.has_tanh and scene.temperature == 1
    masked = ", mask=mask[None]" if hides else ""
    zeros = 'name="b", shape=shape[1:2], initializer="zeros"'
    build: Lines = [
        "",
        "class Attention(keras.layers.Layer):",
        "    def build(self, shape):  # (batch, steps, features)",
        '        self.W = self.add_weight(name="W", shape=shape[2:])',
        f"        self.b = self.add_weight({zeros})" if bias else None,
    ]
    call = [
        f"    def call(self, x{', mask=None' if hides else ''}):",
        f"        logits = {logits}  # (batch, steps)",
        f"        scores = {'ops.tanh(logits)' if scene.has_tanh else 'logits'}",
        *_indented(_with_epsilon(hides) if article else _softmax(scene)),
        "        output = ops.sum(weights[:, :, None] * x, axis=1)  # (batch, features)",
        "        return logits, scores, weights, output",
    ]
    compute_mask = [
        "    def compute_mask(self, x, mask=None):",
        "        return None  # the steps are summed: nothing is left to hide",
    ]
    use = [
        "",
        'layer = Attention(dtype="float64")',
        "layer.build((1, *x.shape))",
        f"layer.set_weights([{'w, b' if bias else 'w'}])",
        f"stages = layer(x[None]{masked})",
        WITHOUT_BATCH,
    ]
    return [build, call, compute_mask if hides else [], use]


def _gate(scene: Scene) -> list[Lines]:
    steps, bias = len(scene.rows), scene.has_bias
    no_bias = "" if bias else ", use_bias=False"
    dense = [
        f'dense = keras.layers.Dense({steps}{no_bias}, dtype="float64")',
        f"dense.build((1, {steps}))",
        f"dense.set_weights([{'w, b' if bias else 'w'}])",
    ]
    inputs = "(x * mask)[None]  # hidden: 0" if scene.hides else "x[None]"
    stages = [
        f"inputs = {inputs}",
        f"logits = dense(inputs)  # (1, {steps})",
        "scores = logits",
        *_softmax(scene),
        'output = keras.layers.multiply([inputs, weights], dtype="float64")',
        "stages = logits, scores, weights, output",
        WITHOUT_BATCH,
    ]
    return [dense, stages]


def _dot_product(scene: Scene) -> list[Lines]:
    scaled = scene.kind == "scaled_dot_product"
    stages = [
        f"logits = ops.matmul(x, query)  # ({len(scene.rows)},)",
        f"scores = {'logits / np.sqrt(len(query))' if scaled else 'logits'}",
        *_softmax(scene),
        f"output = ops.matmul(weights, x)  # ({len(scene.columns)},)",
        "stages = logits, scores, weights, output",
        "logits, scores, weights, output = map(np.array, stages)",
    ]
    return [stages]


def _with_epsilon(hides: bool) -> Lines:
    """The article's own softmax: after tanh no score is beyond ±1, so exp needs no care."""
    total = "ops.sum(exps, axis=1, keepdims=True)"
    return [
        "exps = ops.exp(scores)",
        "exps = exps * ops.cast(mask, exps.dtype)  # hidden: 0" if hides else None,
        f"weights = exps / ({total} + keras.config.epsilon())",
    ]


def _softmax(scene: Scene) -> list[str]:
    """Keras' softmax, whose result for hidden steps is set to 0 even where no step is visible."""
    scores = "scores / temperature" if scene.temperature != 1 else "scores"
    if not scene.hides:
        return [f"weights = ops.softmax({scores})"]
    return [
        f"visible = ops.where(mask, {scores}, -1e30)",
        "weights = ops.where(mask, ops.softmax(visible), 0)  # hidden: 0",
    ]


def _indented(lines: Lines) -> Lines:
    return [line and f"        {line}" for line in lines]
