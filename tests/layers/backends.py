"""Gradients and compiled calls in the words of the backend that Keras has."""

import keras
import numpy as np
from keras import ops

BACKEND = keras.backend.backend()
# Even of 64 bits, Keras multiplies matrices in 32 on PyTorch, and takes tanh in 32 on JAX.
HAS_64_BITS = BACKEND == "tensorflow"


def slopes(loss, inputs, variables=()):
    """d loss(*inputs) / d[*inputs, *variables], as NumPy arrays."""
    inputs = [ops.convert_to_tensor(one) for one in inputs]
    found = {"tensorflow": _by_tensorflow, "jax": _by_jax, "torch": _by_torch}[BACKEND]
    return [ops.convert_to_numpy(one) for one in found(loss, inputs, list(variables))]


def _by_tensorflow(loss, inputs, variables):
    import tensorflow as tf

    with tf.GradientTape() as tape:
        tape.watch(inputs)
        result = loss(*inputs)
    return tape.gradient(result, [*inputs, *(variable.value for variable in variables)])


def _by_jax(loss, inputs, variables):
    import jax

    def of(inputs, values):
        with keras.StatelessScope(state_mapping=list(zip(variables, values, strict=True))):
            return loss(*inputs)

    values = [variable.value for variable in variables]
    return [one for group in jax.grad(of, (0, 1))(inputs, values) for one in group]


def _by_torch(loss, inputs, variables):
    import torch

    inputs = [one.detach().requires_grad_() for one in inputs]
    sources = [*inputs, *(variable.value for variable in variables)]
    found = torch.autograd.grad(loss(*inputs), sources, allow_unused=True)
    return [
        torch.zeros_like(source) if one is None else one
        for one, source in zip(found, sources, strict=True)
    ]


def compiled(call):
    """The call as one graph; PyTorch has it without one, for it computes as it goes."""
    if BACKEND == "tensorflow":
        import tensorflow as tf

        return tf.function(call)
    if BACKEND == "jax":
        import jax

        return jax.jit(call)
    return call


def array(x):
    """A tensor, or a nest of them, as NumPy arrays."""
    return keras.tree.map_structure(
        lambda one: one if isinstance(one, np.ndarray) else ops.convert_to_numpy(one), x
    )
