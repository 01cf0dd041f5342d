"""Two models that write digits for words, alike but for the `AttentionLayer` between the GRUs."""

from __future__ import annotations

import keras
import numpy as np
from keras import KerasTensor
from keras.layers import GRU, Bidirectional, Concatenate, Dense, Dropout, Embedding
from numpy.typing import NDArray

from attention.layers import AttentionLayer
from attention.training.task import Example, Inspection, Options
from attention.training.tasks.numbers import END, STEPS, held_out, learnt
from attention.training.tasks.numbers_decoding import Translator
from attention.training.tasks.numbers_words import most_words, word_values


def attention(options: Options) -> keras.Model:
    """While it writes each digit, it looks back at the words."""
    words, encoder_outputs, encoder_state = read_words(options)
    digits_before, decoder_outputs = write_digits(encoder_state, options)
    attn_layer = AttentionLayer(name="attention_layer")
    attn_out, _attn_states = attn_layer([encoder_outputs, decoder_outputs])
    decoder_concat = Concatenate()([decoder_outputs, attn_out])
    return answer([words, digits_before], decoder_concat, options)


def plain(options: Options) -> keras.Model:
    """It has to keep the whole number in mind: in the encoder's last state."""
    words, _encoder_outputs, encoder_state = read_words(options)
    digits_before, decoder_outputs = write_digits(encoder_state, options)
    return answer([words, digits_before], decoder_outputs, options)


def read_words(options: Options) -> tuple[KerasTensor, KerasTensor, KerasTensor]:
    """The encoder: a GRU in both directions. -> its input, its outputs, and its last state.

    While training, some of that state is dropped: then a decoder that can look back at the words
    learns to.
    """
    words = keras.Input([most_words(options.lang)], dtype="int32", name="words")
    known, half = len(word_values(options.lang)), options.units // 2
    vectors = Embedding(known + 1, half, mask_zero=True)(words)
    # Unrolled: over so few steps that is the quickest.
    gru = GRU(half, return_sequences=True, return_state=True, unroll=True)
    outputs, *states = Bidirectional(gru, name="encoder")(vectors)
    state = Dropout(options.dropout, name="encoder_state")(Concatenate()(states))
    return words, outputs, state


def write_digits(encoder_state: KerasTensor, options: Options) -> tuple[KerasTensor, KerasTensor]:
    """The decoder: a GRU that is given the digit before each digit. -> its input, its outputs."""
    digits_before = keras.Input([STEPS], dtype="int32", name="digits_before")
    vectors = Embedding(END + 2, options.units // 2, mask_zero=True, name="digit_vectors")
    gru = GRU(options.units, return_sequences=True, unroll=True, name="decoder")
    return digits_before, gru(vectors(digits_before), initial_state=encoder_state)


def answer(inputs: list[KerasTensor], features: KerasTensor, options: Options) -> keras.Model:
    """The probability of each digit, and of the end; what comes after the end is masked."""
    digits = Dense(END + 1, activation="softmax", name="digits")(features)
    model = Translator(inputs, digits)
    optimizer = keras.optimizers.Adam(options.learning_rate)
    model.compile(optimizer, "sparse_categorical_crossentropy")
    return model


def score(model: Translator, options: Options) -> float:
    """The share of the held-out numbers of which every digit is right."""
    return _all_right(model, *held_out(options.seed, options.lang))


def trained_score(model: Translator, options: Options) -> float:
    """The same of as many that it was trained on."""
    return _all_right(model, *learnt(options.seed, options.lang))


def _all_right(model: Translator, words: NDArray, right: NDArray) -> float:
    digits, _, _ = model.translate(words)
    return float((digits == right).all(axis=1).mean())


def inspect(model: Translator, options: Options, examples: list[Example]) -> list[Inspection]:
    """The digits that it writes, and for each of them its weights over the words."""
    words = np.stack([example.x[0] for example in examples])
    forced = np.stack([_forced(example, words.shape[1]) for example in examples])
    digits, probabilities, weights = model.translate(words, forced)
    maps = [None] * len(examples) if weights is None else weights
    return [_inspect(*one) for one in zip(examples, digits, probabilities, maps, strict=True)]


def _forced(example: Example, words: int) -> NDArray:
    """Where somebody made its digits look, shape (7, words); elsewhere 0."""
    forced = np.zeros((STEPS, words), np.float32)
    for digit, weights in example.more.get("forced", {}).items():
        forced[int(digit), : len(weights)] = weights
    return forced


def _inspect(
    example: Example, digits: NDArray, chances: NDArray, weights: NDArray | None
) -> Inspection:
    written = digits[digits != END].tolist()
    return Inspection(
        answer="".join(map(str, written)),
        rows=[str(digit) for digit in written],
        weights=None if weights is None else weights[: len(written), : len(example.steps)].tolist(),
        sure=float(chances.prod()),
    )
