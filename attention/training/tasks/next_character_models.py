"""Who knows the last character alone, and the block of a transformer, once and twice."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import keras
import numpy as np
from keras import KerasTensor, ops
from keras.layers import Add, Dense, Dropout, Embedding, LayerNormalization, MultiHeadAttention

from attention.training.prose import alphabet
from attention.training.task import Example, Inspection
from attention.training.tasks import inspection
from attention.training.tasks.next_character import HEADS, LENGTH, windows, written
from attention.training.tasks.next_character import NextCharacterOptions as Options

# By model, what computes the inputs of its attention layers; None: it has none.
_BEFORE: WeakKeyDictionary[keras.Model, keras.Model | None] = WeakKeyDictionary()


def bigram(options: Options) -> keras.Model:
    """It knows the last character alone: how often does which one follow it?"""
    text, characters = read_characters(options)
    return predict_next(text, characters, options)


def one_layer(options: Options) -> keras.Model:
    """Every character looks back at those before it, once."""
    text, characters = read_characters(options)
    return predict_next(text, block(with_places(text, characters, options), options), options)


def two_layers(options: Options) -> keras.Model:
    """The second block looks at what the first one has found."""
    text, characters = read_characters(options)
    once = block(with_places(text, characters, options), options)
    return predict_next(text, block(once, options), options)


def read_characters(options: Options) -> tuple[KerasTensor, KerasTensor]:
    """The text, and a vector for each of its characters."""
    text = keras.Input([None], dtype="int32", name="text")
    return text, Embedding(len(alphabet(options.lang)), options.units, name="characters")(text)


def with_places(text: KerasTensor, characters: KerasTensor, options: Options) -> KerasTensor:
    """A vector for each place is learnt and added: attention itself knows no order."""
    places = ops.cumsum(ops.ones_like(text), axis=1)  # 1, 2, 3, …
    return Add()([characters, Embedding(LENGTH + 1, options.units, name="places")(places)])


def block(steps: KerasTensor, options: Options) -> KerasTensor:
    """Look at the steps before, then think; each adds to what was there (the residual)."""
    attention = MultiHeadAttention(HEADS, options.units // HEADS)
    normal = LayerNormalization()(steps)
    steps = Add()([steps, attention(normal, normal, use_causal_mask=True)])
    hidden = Dense(3 * options.units, activation="relu")(LayerNormalization()(steps))
    return Add()([steps, Dense(options.units)(hidden)])


def predict_next(text: KerasTensor, steps: KerasTensor, options: Options) -> keras.Model:
    """After every step the probability of each character to be the next one."""
    kept = Dropout(options.dropout, seed=options.seed)(LayerNormalization()(steps))
    likely = Dense(len(alphabet(options.lang)), activation="softmax", name="next")(kept)
    model = keras.Model(text, likely)
    optimizer = keras.optimizers.Adam(options.learning_rate)
    model.compile(optimizer, "sparse_categorical_crossentropy")
    return model


def inspect(model: keras.Model, options: Options, examples: list[Example]) -> list[Inspection]:
    """The likeliest next character, and how each head of each layer looks back for it."""
    return [_inspection(model, options, example) for example in examples]


def _inspection(model: keras.Model, options: Options, example: Example) -> Inspection:
    x = example.x[None]
    likely = inspection.probabilities(model, x)[0, -1]
    maps = attention_maps(model, x)
    last = [head[-1] for one in maps for head in one]
    names = [f"{layer + 1}·{head + 1}" for layer in range(len(maps)) for head in range(HEADS)]
    return Inspection(
        answer=written(alphabet(options.lang)[likely.argmax()]),
        sure=float(likely.max()),
        weights=np.round(last, inspection.DIGITS).tolist() or None,
        rows=tuple(names),
    )


def attention_maps(model: keras.Model, x: np.ndarray) -> list[np.ndarray]:
    """Of each layer of attention its weights in one text, (heads, steps, steps)."""
    layers = [layer for layer in model.layers if isinstance(layer, MultiHeadAttention)]
    if model not in _BEFORE:
        inputs = [layer.input[0] for layer in layers]
        _BEFORE[model] = keras.Model(model.input, inputs) if layers else None
    if (before := _BEFORE[model]) is None:
        return []
    how = {"use_causal_mask": True, "return_attention_scores": True}
    seen = keras.tree.flatten(before(x))
    found = [layer(one, one, **how)[1] for layer, one in zip(layers, seen, strict=True)]
    return [ops.convert_to_numpy(one)[0] for one in found]


def score(model: keras.Model, options: Options) -> float:
    """The share of the held-out characters that it says from those before them."""
    return _right(model, *windows(options.lang, unseen=True, stride=LENGTH))


def trained_score(model: keras.Model, options: Options) -> float:
    """The same of as many that it was trained on."""
    count = len(windows(options.lang, unseen=True, stride=LENGTH)[0])
    x, y = windows(options.lang, stride=LENGTH)
    return _right(model, x[:count], y[:count])


def _right(model: keras.Model, x: np.ndarray, y: np.ndarray) -> float:
    return float((inspection.probabilities(model, x).argmax(axis=-1) == y).mean())
