"""What all layers share besides their formula: reading inputs and masks, and what Keras asks.

A layer says in `build` which weights it has, in `output_shapes` what comes out for what goes in,
and in `trace` its formula. The rest of a Keras layer is here.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, ClassVar, Self

import keras
from keras import ops

from attention.core import Trace
from attention.layers.checks import (
    boolean,
    check_mask,
    check_numbers,
    finite_float,
    known_shape,
    share,
    whole_number,
)
from attention.layers.looking import attention_in, is_watched, show
from attention.layers.masked import working_dtype
from attention.layers.old_files import todays_config
from attention.layers.tensors import Initializer, Mask, Shape, Tensor

# What stands after the name of a weight in the arguments, and what makes an object of it.
OPTIONS = {
    "initializer": keras.initializers.get,
    "regularizer": keras.regularizers.get,
    "constraint": keras.constraints.get,
}


class TracedLayer(keras.layers.Layer):
    """A layer that shows every stage of its computation, in float32 at least.

    Args:
        return_attention_scores: return `(output, weights)` instead of the output alone.
        temperature: divides the scores; a finite number above 0.
        dropout: which share of the weights is dropped while the layer trains, at random; those that
            are left are made larger by as much. What is returned are the weights before that.
        seed: where that random starts; None: anywhere.
        **kwargs: those of every Keras layer, such as `name` and `dtype`.

    Attributes:
        renamed: what an old file may call an argument, and its name.
        single_mask: which input is hidden by a mask that comes alone, where there are several.
        returned: which stages a call returns, before the weights if it returns them.
        propagated_mask_index: which input's mask goes on with the output; None: masks end here.
    """

    renamed: ClassVar[dict[str, str]] = {}
    returned: tuple[str, ...] = ("output",)
    single_mask: int = 0
    propagated_mask_index: int | None = None

    def __init__(
        self,
        return_attention_scores: bool = False,
        temperature: float = 1.0,
        dropout: float = 0.0,
        seed: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.supports_masking = True  # after super().__init__(), which sets it to False
        self.return_attention_scores = boolean("return_attention_scores", return_attention_scores)
        self.temperature = finite_float("temperature", temperature)
        self.dropout = share("dropout", dropout)
        self.seed = None if seed is None else whole_number("seed", seed)
        if self.dropout:
            self.seed_generator = keras.random.SeedGenerator(self.seed)

    def build(self, input_shape: Any) -> None:
        """Check the shape; a layer that has weights creates them."""
        self.output_shapes(input_shape)

    def trace(self, inputs: Tensor, mask: Mask = None, training: bool = False) -> Trace:
        """Compute every stage, in the precision in which the layer computes: at least float32.

        Args:
            inputs: as in a call.
            mask: as in a call.
            training: whether `dropout` is at work, between the weights and the output.

        Returns:
            Trace: `logits`, `scores`, `weights` and `output`, as tensors.
        """
        raise NotImplementedError(f"{type(self).__name__} must say its formula in trace()")

    def output_alone(
        self, inputs: Tensor, mask: Mask = None, training: bool = False
    ) -> Tensor | None:
        """The output that `trace` finds, by a way that keeps no weights; None: there is none."""
        return None

    def output_shapes(self, input_shape: Any) -> tuple[Shape, Shape]:
        """The shapes of output and weights; a ValueError if the inputs cannot have that shape."""
        raise NotImplementedError(f"{type(self).__name__} must say its shapes in output_shapes()")

    def call(
        self,
        inputs: Tensor,
        mask: Mask = None,
        return_attention_scores: bool | None = None,
        training: bool = False,
    ) -> Tensor:
        """Return the output, or `(output, weights)`."""
        if not (self._wants_weights(return_attention_scores) or is_watched(self)):
            output = self.output_alone(inputs, mask, training)
            if output is not None:
                return ops.cast(output, self.compute_dtype)
        return self._answer(self.trace(inputs, mask, training), return_attention_scores)

    def _answer(self, stages: Trace, return_attention_scores: bool | None) -> Tensor:
        """What a call returns of these stages."""
        self._penalise(stages)
        show(self, ops.cast(stages.weights, self.compute_dtype))
        return self._pick(
            lambda name: ops.cast(getattr(stages, name), self.compute_dtype),
            self._wants_weights(return_attention_scores),
        )

    def _pick(self, of: Callable[[str], Any], weights: bool) -> Any:
        """What there is of each stage that is returned: alone, or as a tuple."""
        found = tuple(of(name) for name in (*self.returned, *["weights"] * weights))
        return found if len(found) > 1 else found[0]

    def attention_in(self, model: keras.Model, index: int = 0) -> keras.Model:
        """A model with the inputs of `model`, and the weights of this layer in it as the output.

        `layer.attention_in(model).predict(data)` shows where a trained model looks. Inputs and
        masks reach the layer as in that model. It may sit deep inside, in a model or a layer of
        your own; inside `TimeDistributed` there is one more axis, as of its output.

        Args:
            model: a model that calls this layer.
            index: which of its calls in that model, in the order of the computation.

        Returns:
            keras.Model: it shares all layers with `model`, and is for looking, not for saving.

        Raises:
            ValueError: the model does not call this layer, or not so often.
        """
        return attention_in(self, model, index)

    def _dropped(self, weights: Tensor, training: bool, kept: Tensor | None = None) -> Tensor:
        """The weights by which the output is summed: in training some of them are dropped.

        Args:
            weights: shape (batch, …, keys).
            training: whether any are.
            kept: what was drawn before, for a block that is computed twice; see `_kept`.
        """
        if kept is not None:
            return weights * (ops.swapaxes(kept, 1, 2) if len(weights.shape) == 4 else kept)
        if not (self.dropout and training):
            return weights
        return keras.random.dropout(weights, self.dropout, seed=self.seed_generator)

    def _kept(self, *shape: Any, training: bool) -> Tensor | None:
        """A factor for each weight, 0 where it is dropped; None: none is."""
        if not (self.dropout and training):
            return None
        ones = ops.ones(shape, working_dtype(self.compute_dtype))
        return keras.random.dropout(ones, self.dropout, seed=self.seed_generator)

    def _penalise(self, stages: Trace) -> None:
        """Where a layer has a loss of its own, it is added here."""

    def _read(self, inputs: Tensor, mask: Mask) -> Any:
        """(x, its mask) in the working precision, booleans or None; for several a list of pairs."""
        check_numbers(inputs, mask)
        inputs = keras.tree.map_structure(ops.convert_to_tensor, inputs)
        shape = _shapes(inputs)
        if not self.built:
            self.build(shape)
        self.output_shapes(shape)
        dtype = working_dtype(self.compute_dtype)
        pairs = [
            (ops.cast(x, dtype), None if mask is None else ops.cast(mask, "bool"))
            for x, mask in self._with_masks(inputs, mask)
        ]
        return pairs if isinstance(inputs, list | tuple) else pairs[0]

    def _with_masks(self, inputs: Tensor, mask: Mask) -> list[tuple[Tensor, Mask]]:
        """[(x, its mask or None)], if the masks have the right shapes."""
        if not isinstance(inputs, list | tuple):
            inputs, mask = [inputs], [mask]
        elif not isinstance(mask, list | tuple):
            mask = [mask if place == self.single_mask else None for place in range(len(inputs))]
        if len(mask) != len(inputs):
            raise ValueError(
                f"a list of masks must have one for each of the {len(inputs)} inputs, or None in "
                f"its place; got {len(mask)}"
            )
        pairs = list(zip(inputs, map(_tensor, mask), strict=True))
        for x, one in pairs:
            if one is not None:
                shape = known_shape(x)
                # Of scores (batch, heads, queries, keys) the queries are the steps.
                check_mask(known_shape(one), (shape[0], shape[1 if len(shape) < 4 else 2]))
        return pairs

    def _wants_weights(self, return_attention_scores: bool | None) -> bool:
        if return_attention_scores is None:
            return self.return_attention_scores
        return boolean("return_attention_scores", return_attention_scores)

    def compute_mask(self, inputs: Tensor, previous_mask: Mask = None) -> Mask:
        """The mask that goes on with the output; the weights carry none."""
        if self.propagated_mask_index is None:
            return None
        mask = previous_mask
        if isinstance(inputs, list | tuple):  # a mask that comes alone is of another input
            mask = mask[self.propagated_mask_index] if isinstance(mask, list | tuple) else None
        if mask is None:
            return None
        return self._pick(
            lambda name: mask if name == "output" else None, self.return_attention_scores
        )

    def compute_output_shape(self, input_shape: Any) -> Shape | tuple[Shape, Shape]:
        """The shape of the output; with `return_attention_scores` also that of the weights."""
        output, weights = self.output_shapes(input_shape)
        return self._pick(
            lambda name: output if name == "output" else weights, self.return_attention_scores
        )

    def compute_output_spec(
        self,
        inputs: Tensor,
        mask: Mask = None,
        return_attention_scores: bool | None = None,
        training: bool = False,
    ) -> Tensor:
        """The same for a call on symbols, as when a functional model is put together."""
        shapes = self.output_shapes(_shapes(inputs))
        self._with_masks(inputs, mask)
        return self._pick(
            lambda name: keras.KerasTensor(shapes[name != "output"], self.compute_dtype),
            self._wants_weights(return_attention_scores),
        )

    def _set_options(self, **options: Any) -> None:
        """Set initialisers, regularisers and constraints under the names that they came with."""
        for name, option in options.items():
            setattr(self, name, OPTIONS[name.rsplit("_", 1)[-1]](option))

    def _add_weight(
        self, name: str, shape: Shape, initializer: Initializer = None, like: str | None = None
    ) -> keras.Variable:
        """Add a weight with the options that were set for it, or for the one that it is like."""
        options = {option: getattr(self, f"{like or name}_{option}", None) for option in OPTIONS}
        # A copy: one initialiser gives equal weights of equal shape the same numbers.
        own = options.pop("initializer")
        own = own.clone() if isinstance(own, keras.initializers.Initializer) else own
        # Not autocast: in mixed precision the scores are computed from all 32 bits.
        return self.add_weight(
            name=name, shape=shape, initializer=initializer or own, autocast=False, **options
        )

    def get_config(self) -> dict[str, Any]:
        """Everything that the constructor needs to make this layer again."""
        own = {name: _plain(getattr(self, name)) for name in _arguments(type(self))}
        return {**super().get_config(), **own}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Self:
        """A layer of such a config, even of one that an old file holds."""
        return super().from_config(todays_config(config, cls.renamed))


def _shapes(inputs: Tensor) -> Any:
    """The shape of x, or a list of shapes; of a dict a dict, which is refused."""
    if isinstance(inputs, dict):
        return {name: known_shape(x) for name, x in inputs.items()}
    if isinstance(inputs, list | tuple):
        return [known_shape(x) for x in inputs]
    return known_shape(inputs)


def _tensor(mask: Mask) -> Mask:
    """A mask that has a shape, for it may have come as a list; or None."""
    return mask if mask is None or hasattr(mask, "shape") else ops.convert_to_tensor(mask)


def _arguments(layer: type[TracedLayer]) -> list[str]:
    """The names of a layer's own arguments, in the order of its constructor."""
    names: dict[str, Any] = {}
    for kind in layer.__mro__:
        if issubclass(kind, TracedLayer):
            names |= inspect.signature(kind.__init__).parameters
    return [name for name in names if name not in ("self", "kwargs")]


def _plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    if callable(value) and not hasattr(value, "get_config"):
        return keras.activations.serialize(value)
    return keras.saving.serialize_keras_object(value)
