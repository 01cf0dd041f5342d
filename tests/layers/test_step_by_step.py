"""The decoder of the document speaks step by step as it was trained to do all at once."""

from pathlib import Path

import keras
import numpy as np
import pytest
from documents import blocks

import attention.layers

DOCUMENT = Path(attention.layers.__file__).with_name("README.md")


@pytest.fixture(scope="module")
def program():
    """What the document's program leaves behind."""
    (text,) = [block.text for block in blocks(DOCUMENT) if "def translate" in block.text]
    keras.utils.set_random_seed(3)
    names = {}
    exec(compile(text, str(DOCUMENT), "exec"), names)
    return names


def test_it_says_the_words_backwards(program):
    assert (program["said"] == program["targets"]).mean() > 0.9


def test_step_by_step_it_computes_what_it_computes_all_at_once(program):
    said, sources = program["said"], program["sources"]
    before = np.pad(said[:, :-1], [(0, 0), (1, 0)], constant_values=program["BEGIN"])
    at_once = program["model"].predict([sources, before], verbose=0)
    np.testing.assert_allclose(program["logits"], at_once, rtol=1e-3, atol=1e-4)
    looks = program["attention"].attention_in(program["model"])
    at_once = looks.predict([sources, before], verbose=0)
    np.testing.assert_allclose(program["weights"], at_once, rtol=1e-3, atol=1e-5)
