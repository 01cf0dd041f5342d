"""The layers give the numbers of the original packages: outputs, weights, gradients, training."""

import keras
import numpy as np
import pytest

from attention import layers
from attention.layers import Attention

from .helpers import attention, dense_gate, golden_cases, gradients, look

REGULARIZERS = {
    "l1": keras.regularizers.L1,
    "l2": keras.regularizers.L2,
    "l1_l2": lambda factors: keras.regularizers.L1L2(*factors),
}
CONSTRAINTS = {
    "max_norm": keras.constraints.MaxNorm,
    "non_neg": lambda _: keras.constraints.NonNeg(),
    "unit_norm": lambda _: keras.constraints.UnitNorm(),
}
OPTIMIZERS = {"sgd": keras.optimizers.SGD, "adam": keras.optimizers.Adam}


def attention_of(case):
    options, weights = case["options"], case["weights"]
    return attention(
        weights["W"], weights.get("b"), steps=options["step_dim"], dtype=options["dtype"]
    )


def gate_of(case):
    weights = case["weights"]
    return dense_gate(weights["kernel"], weights["bias"], dtype=case["options"]["dtype"])


def assert_same(layer, case, tolerance):
    output, weights = look(layer, case["inputs"]["x"], case["inputs"].get("mask"))
    np.testing.assert_allclose(weights, case["outputs"]["attention"], **tolerance)
    np.testing.assert_allclose(output, case["outputs"]["y"], **tolerance)


def assert_same_gradients(layer, case, tolerance):
    expected = [case["grads"][f"d{name}"] for name in ("x", *case["weights"])]
    inputs = case["inputs"]
    found = gradients(layer, inputs["x"], case["grads"]["dy"], inputs.get("mask"))
    assert len(found) == len(expected)
    for gradient, reference in zip(found, expected, strict=True):
        np.testing.assert_allclose(gradient, reference, **tolerance)


def same_rule(case):
    """Whether the package's rule for masks is ours in this case.

    0.42 hides as we do. 0.51 subtracts 10,000 from hidden scores: where nothing is visible that
    changes nothing, so weights are left where ours are 0; and `SeqSelfAttention` does so only where
    both steps are hidden, so that visible ones look at hidden ones.
    """
    if "mask" not in case["tags"] or not case["version"].startswith("0.51"):
        return True
    return "all_masked" not in case["tags"] and case["options"]["layer"] != "SeqSelfAttention"


PACKAGES = [
    case
    for case in golden_cases(
        "thushv89_attention_layer",
        *(
            f"ksa{version}_{layer}"
            for version in ("042", "051")
            for layer in (
                "scaled_dot_product_attention",
                "seq_self_attention",
                "seq_weighted_attention",
            )
        ),
    )
    if same_rule(case.values[0])
]


@pytest.mark.parametrize("case, tolerance", PACKAGES)
def test_the_layers_give_the_outputs_weights_and_gradients_of_the_packages(case, tolerance):
    options = {"layer": "AttentionLayer"} | case["options"]
    layer = getattr(layers, options.pop("layer"))(**options)
    inputs, expected = dict(case["inputs"]), case["outputs"]
    mask = inputs.pop("mask", None)
    x = list(inputs.values()) if len(inputs) > 1 else inputs["x"]
    layer.build([one.shape for one in x] if len(inputs) > 1 else x.shape)
    layer.set_weights(list(case["weights"].values()))

    output, weights = look(layer, x, mask)
    np.testing.assert_allclose(output, expected.get("y", expected.get("context")), **tolerance)
    np.testing.assert_allclose(weights, expected["attention"], **tolerance)
    if "grads" in case:
        grads = case["grads"]
        found = gradients(layer, x, grads["dy"], mask, grads.get("dattention"))
        names = [*inputs, *case["weights"]]
        for gradient, name in zip(found, names, strict=True):
            np.testing.assert_allclose(gradient, grads[f"d{name}"], **tolerance)


@pytest.mark.parametrize("case, tolerance", golden_cases("kaggle_attention"))
def test_attention_gives_the_outputs_and_gradients_of_the_articles_class(case, tolerance):
    assert_same(attention_of(case), case, tolerance)
    if "grads" in case:
        assert_same_gradients(attention_of(case), case, tolerance)


@pytest.mark.parametrize("case, tolerance", golden_cases("dense_softmax_gate"))
def test_dense_gate_gives_the_outputs_and_gradients_of_the_three_lines(case, tolerance):
    assert_same(gate_of(case), case, tolerance)
    if "grads" in case:
        assert_same_gradients(gate_of(case), case, tolerance)


def parts(case):
    """The regularisers and constraints of a training case, as arguments of the layer."""
    made = REGULARIZERS | CONSTRAINTS
    named = case["options"]["regularizers_constraints"].items()
    return {argument: made[kind](value) for argument, (kind, value) in named}


class Tracer(keras.callbacks.Callback):
    """Keeps the weights after every epoch."""

    def on_train_begin(self, logs=None):
        self.weights = []

    def on_epoch_end(self, epoch, logs=None):
        self.weights.append(self.model.get_weights())


@pytest.mark.parametrize(
    "case, tolerance",
    golden_cases("kaggle_attention_training", "kaggle_attention_training_keras3"),
)
def test_fit_walks_the_same_eight_steps_as_the_articles_class(case, tolerance):
    options, x, target = case["options"], case["inputs"]["x"], case["inputs"]["target"]
    layer = Attention(options["step_dim"], bias=options["bias"], **parts(case))
    model = keras.Sequential([keras.Input(shape=x.shape[1:]), layer])
    layer.set_weights(list(case["weights"].values()))
    name, rate = options["optimizer"]
    model.compile(OPTIMIZERS[name](rate), "mse")

    tracer, epochs = Tracer(), len(case["trace"])
    history = model.fit(
        x, target, batch_size=len(x), epochs=epochs, verbose=0, callbacks=[tracer]
    ).history

    expected_loss = [step["loss_before_update"] for step in case["trace"]]
    np.testing.assert_allclose(history["loss"], expected_loss, **tolerance)
    for found, step in zip(tracer.weights, case["trace"], strict=True):
        for variable, weight in zip(found, case["weights"], strict=True):
            np.testing.assert_allclose(variable, step[weight], **tolerance)
    np.testing.assert_allclose(layer(x), case["final_y"], **tolerance)
