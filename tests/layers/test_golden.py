"""The layers give the numbers of the original packages: outputs, weights, gradients, training."""

import keras
import numpy as np
import pytest

from attention import layers
from attention.layers import Attention, DenseGate

from .backends import array
from .helpers import golden_cases, gradients, look

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
        "kaggle_attention",
        "dense_softmax_gate",
        "thushv89_attention_layer",
        "ksa051_residual_scaled_dot_product_attention",
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


def layer_of(case):
    """The layer that is to give the numbers of a case, without its weights."""
    options, weights = dict(case["options"]), case["weights"]
    if "step_dim" in options:
        bias = "b" in weights
        return Attention(options["step_dim"], bias=bias, dtype=options["dtype"])
    if "kernel" in weights:
        return DenseGate(dtype=options["dtype"])
    return getattr(layers, options.pop("layer", "AttentionLayer"))(**options)


@pytest.mark.parametrize("case, tolerance", PACKAGES)
def test_the_layers_give_the_outputs_weights_and_gradients_of_the_originals(case, tolerance):
    layer, inputs, expected = layer_of(case), dict(case["inputs"]), case["outputs"]
    mask = inputs.pop("mask", None)
    x = list(inputs.values()) if len(inputs) > 1 else inputs["x"]
    layer.build([one.shape for one in x] if len(inputs) > 1 else x.shape)
    layer.set_weights(list(case["weights"].values()))

    output, weights = look(layer, x, mask)
    np.testing.assert_allclose(output, expected.get("y", expected.get("context")), **tolerance)
    np.testing.assert_allclose(weights, expected["attention"], **tolerance)
    if "scores" in expected:
        scores = layer(x, mask=mask)[1]
        np.testing.assert_allclose(scores, expected["scores"], **tolerance)
    if grads := case.get("grads"):
        loss = (grads["dy"], mask, grads.get("dattention"), grads.get("dscores"))
        found = gradients(layer, x, *loss)
        names = [*inputs, *case["weights"]]
        for gradient, name in zip(found, names, strict=True):
            np.testing.assert_allclose(gradient, grads[f"d{name}"], **tolerance)


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
    np.testing.assert_allclose(array(layer(x)), case["final_y"], **tolerance)
