"""Writing without a teacher: the digit that a model writes is what it is given at the next step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import keras
import numpy as np
import tensorflow as tf
from keras import ops
from numpy.typing import NDArray

from attention.layers.sums import weighted_sum
from attention.training.tasks.numbers import END, STEPS


class Translator(keras.Model):
    """A functional model of words and the digits before each digit, which can write on its own.

    It must have the layers `encoder`, `encoder_state`, `digit_vectors`, `decoder`, `digits` and,
    to look back at the words, `attention_layer`.
    """

    def translate(
        self, words: NDArray, forced: NDArray | None = None
    ) -> tuple[NDArray, NDArray, NDArray | None]:
        """Write the most likely digit at each step, and go on from there.

        Args:
            words: shape (numbers, words); 0 is padding.
            forced: attention weights that replace the layer's own, shape (numbers, 7, words); a
                row of zeros leaves a step its own.

        Returns:
            The digits, `END` from their end on, (numbers, 7); the probability of each, after the
            end 1, (numbers, 7); the weights, (numbers, 7, words), or None without attention.
        """
        if forced is None:
            forced = np.zeros((len(words), STEPS, words.shape[1]), np.float32)
        digits, chances, *weights = (each.numpy() for each in self._compiled(words, forced))
        over = np.cumsum(digits == END, axis=1) > (digits == END)
        digits, chances = np.where(over, END, digits), np.where(over, 1, chances)
        return digits, chances, weights[0] if weights else None

    @cached_property
    def _compiled(self) -> Callable[..., list[tf.Tensor]]:
        """All steps as one graph, for any number of rows."""
        steps = self.inputs[0].shape[1]
        rows = tf.TensorSpec([None, steps], "int32"), tf.TensorSpec([None, STEPS, steps], "float32")
        return tf.function(self._write, input_signature=rows)

    @cached_property
    def _encoder(self) -> keras.Model:
        """From the words to what the encoder says of each, and its last state."""
        outputs, state = self.get_layer("encoder"), self.get_layer("encoder_state")
        return keras.Model(self.inputs[0], [outputs.output[0], state.output])

    def _write(self, words: tf.Tensor, forced: tf.Tensor) -> list[tf.Tensor]:
        """Every step's digits, their probabilities and, if it looks back, its weights."""
        encoded, state = self._encoder(words)
        before, steps = ops.full_like(words[:, :1], END + 1), []
        for step in range(STEPS):
            output = self._decode(before, state)
            features, *weights = self._look_back(encoded, words != 0, output, forced[:, step])
            chances = self.get_layer("digits")(features)
            digit = ops.argmax(chances, -1)
            steps.append([digit, ops.max(chances, -1), *weights])
            before, state = digit + 1, output[:, 0]
        # 7 · (rows, 1, …) -> (rows, 7, …)
        return [ops.concatenate(each, axis=1) for each in zip(*steps, strict=True)]

    def _decode(self, before: tf.Tensor, state: tf.Tensor) -> tf.Tensor:
        """The decoder's next output, shape (rows, 1, units), which is also its next state."""
        vector = self.get_layer("digit_vectors")(before)
        return self.get_layer("decoder")(vector, initial_state=state)

    def _look_back(
        self, encoded: tf.Tensor, visible: tf.Tensor, output: tf.Tensor, forced: tf.Tensor
    ) -> Sequence[tf.Tensor]:
        """What the last layer reads and, if there is an attention layer, where it looked."""
        if "attention_layer" not in [layer.name for layer in self.layers]:
            return [output]
        attend = self.get_layer("attention_layer")
        context, weights = attend([encoded, output], mask=[visible, None])
        is_forced = ops.any(forced > 0, axis=-1)[:, None, None]
        context = ops.where(is_forced, weighted_sum(forced, encoded)[:, None], context)
        weights = ops.where(is_forced, forced[:, None], weights)
        return ops.concatenate([output, context], axis=-1), weights
