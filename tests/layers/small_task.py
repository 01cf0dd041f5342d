"""A task that is trained in no time: is the first feature large somewhere?"""

from __future__ import annotations

from types import SimpleNamespace

import keras
import numpy as np

from attention.layers import Attention
from attention.training.task import Example, Inspection, Options, Task

STEPS, FEATURES, CASES = 3, 2, 16


def attention(options):
    """Says whether the first feature is large somewhere."""
    model = keras.Sequential([Attention(STEPS), keras.layers.Dense(1, activation="sigmoid")])
    model.build((None, STEPS, FEATURES))
    model.compile(keras.optimizers.Adam(0.05), "binary_crossentropy")
    return model


def score(model, options):
    x, y = Small().train_on(options)
    return float(np.mean((model.predict_on_batch(x)[:, 0] > 0.5) == y))


def inspect(model, options, examples):
    _, weights = model.layers[0](
        np.stack([example.x for example in examples]), return_attention_scores=True
    )
    return [Inspection(answer="?", weights=[row]) for row in np.asarray(weights).tolist()]


class Small(Task):
    name, models, seconds, every, batch_size = "small", ("attention", "twin"), 60, 2, CASES
    Options = Options

    def train_on(self, options):
        x = np.random.default_rng(options.seed).normal(size=(CASES, STEPS, FEATURES))
        return x.astype("float32"), (x[..., 0].max(axis=1) > 1).astype("float32")

    def examples(self, options):
        return [Example(np.ones((STEPS, FEATURES)), ["a", "b", "c"])]

    def reader(self, options):
        raise AssertionError("nobody enters anything")

    def keras(self):
        return SimpleNamespace(attention=attention, twin=attention, score=score, inspect=inspect)
