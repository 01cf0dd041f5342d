"""The setting: what all variations look at, the same vectors under the same masks.

Everything in it follows from a few choices and a seed: the same choices, the same numbers,
on every machine.
"""

from __future__ import annotations

import unicodedata
from math import sqrt
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, StringConstraints, field_validator, model_validator

from attention.scene import LONGEST_NAME, MOST_ROWS, Model, Scene
from attention.texts import UserError
from attention.variations.registry import Rows, Variation

LARGEST_SEED = 9999
TOY_FEATURES = 4
# A sentence is padded like the shorter ones of a batch.
PADDING = ["‹pad›"] * 2

# What the browser has to know of the limits.
LIMITS = {"words": MOST_ROWS, "seed": [0, LARGEST_SEED], "window": [1, MOST_ROWS]}

Seed = Annotated[int, Field(strict=True, ge=0, le=LARGEST_SEED)]
Switch = Annotated[bool, Field(strict=True)]
Width = Annotated[int, Field(strict=True, ge=1, le=MOST_ROWS)]
# Bounded before it is split: the longest words with any of the usual spaces between.
Sentence = Annotated[str, StringConstraints(max_length=2 * MOST_ROWS * LONGEST_NAME)]


class Setting(Model):
    """What the variations look at: a scene, or a sentence as toy vectors.

    >>> setting = Setting(sentence="Love and love", causal=True)
    >>> setting.names
    ['Love', 'and', 'love', '‹pad›', '‹pad›']
    >>> bool((setting.x[0] == setting.x[2]).all())
    True
    >>> setting.visible("step").astype(int).tolist()
    [[1, 0, 0, 0, 0], [1, 1, 0, 0, 0], [1, 1, 1, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]]

    Attributes:
        scene: brings its own vectors, names and mask.
        sentence: 1 to 16 words, at most 40 characters each. Every word becomes a seeded vector
            of four numbers, a toy: it knows nothing of meaning. The same word, in small or
            capital letters, is the same vector wherever it stands. Two steps of padding follow.
        seed: of the toy vectors and of the parameters, 0 to 9999.
        standardised: every feature of the scene's vectors gets mean 0 and spread 1 over the
            steps that are shown, as data for networks does. Numbers as large as 90 would drive
            softmax and tanh to their ends.
        padding: the padding mask is on: nobody looks at the steps that it hides. They do not ask
            either, their rows are 0, while some of the variations' Keras lines let them ask.
        causal: the causal mask is on: a step looks at itself and at what came before.
        window: how many steps a step may look at, centred on it (with `causal` ending at it);
            None: all. Causal mask and window need a step that asks: they change no variation
            in which the layer or a feature does.
    """

    scene: Scene | None = None
    sentence: Sentence | None = None
    seed: Seed = 0
    standardised: Switch = True
    padding: Switch = True
    causal: Switch = False
    window: Width | None = None

    @field_validator("sentence")
    @classmethod
    def _words_fit(cls, sentence: str | None) -> str | None:
        words = (sentence or "").split()
        if sentence is not None and not 1 <= len(words) <= MOST_ROWS:
            raise UserError("refused_sentence_words", most=MOST_ROWS, came=len(words))
        for word in words:
            if len(word) > LONGEST_NAME:
                raise UserError("rule_word", most=LONGEST_NAME, came=len(word))
        return sentence

    @model_validator(mode="after")
    def _one_of_two(self) -> Setting:
        given = [name for name in ("scene", "sentence") if getattr(self, name) is not None]
        if len(given) != 1:
            raise UserError("rule_one_source", came=len(given))
        return self

    @property
    def names(self) -> list[str]:
        """The names of the steps."""
        return self.scene.rows if self.scene else (self.sentence or "").split() + PADDING

    @property
    def features(self) -> list[str]:
        """The names of the features; those of a toy vector are numbers."""
        return self.scene.columns if self.scene else [str(1 + i) for i in range(TOY_FEATURES)]

    @property
    def x(self) -> NDArray:
        """The input vectors, shape (steps, features)."""
        if self.scene:
            x = np.array(self.scene.x, float)
            return _standardise(x, self.mask) if self.standardised else x
        return np.array([self._toy_vector(word) for word in self.names])

    @property
    def mask(self) -> NDArray:
        """What the padding mask shows, shape (steps,); without it everything."""
        shown = np.ones(len(self.names), bool)
        if not self.padding:
            return shown
        if self.scene:
            return np.array(self.scene.shown)
        shown[-len(PADDING) :] = False
        return shown

    def visible(self, rows: Rows) -> NDArray:
        """Who may look at whom: (steps, steps) where a step asks, (steps,) where another does."""
        mask = self.mask
        if rows != "step":
            return mask
        visible = mask & mask[:, None]
        t, s = np.indices(visible.shape)
        if self.causal:
            visible &= s <= t
        if self.window:
            lower = t - (self.window - 1 if self.causal else self.window // 2)
            visible &= (lower <= s) & (s < lower + self.window)
        return visible

    def parameters(self, variation: Variation) -> dict[str, NDArray]:
        """What the variation has learned: the scene's own numbers, or else seeded ones.

        They are normally distributed over √fan-in, so that scores stay moderate for any size.
        Their name alone is the seed: another variation with the same parameter has the same one.
        """
        if self.scene and self.scene.kind == variation.kind:
            b = np.zeros(len(self.names)) if self.scene.b is None else self.scene.b
            return {"w": np.array(self.scene.w, float), "b": np.array(b, float)}
        shapes = variation.shapes(*self.x.shape)
        return {
            # No word has a space, so none has these numbers.
            name: self._random(f"parameter {name}").standard_normal(shape)
            / sqrt(shape[-2] if len(shape) > 1 else shape[0])
            for name, shape in shapes.items()
        }

    def _toy_vector(self, word: str) -> NDArray:
        word = unicodedata.normalize("NFC", word.casefold())
        return self._random(word).standard_normal(TOY_FEATURES).round(1)

    def _random(self, name: str) -> np.random.Generator:
        """Numbers of this name's own: what else is there does not change them."""
        return np.random.default_rng([self.seed, *name.encode()])


def _standardise(x: NDArray, shown: NDArray) -> NDArray:
    """(x − mean) / spread of each feature over the steps that are shown; a constant one is 0."""
    known = x[shown] if shown.any() else x
    constant = (known == known[0]).all(axis=0)  # its rounded mean may be another number
    mean = np.where(constant, known[0], known.mean(axis=0))
    spread = np.where(constant, 0, known.std(axis=0))
    return (x - mean) / np.where(spread > 0, spread, 1)
