"""The models that say the next character: none looks ahead; what the recorded ones learnt."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from attention.training.packed_weights import unpack
from attention.training.recording import FOLDER, load
from attention.training.tasks import next_character as task
from attention.training.tasks import next_character_models as models

OPTIONS = task.NextCharacterOptions()
EACH = pytest.mark.parametrize("name", task.NextCharacter.models)


def built(name, options=OPTIONS):
    keras.utils.set_random_seed(3)
    return getattr(models, name)(options)


def text(length=20, seed=0):
    return np.random.default_rng(seed).integers(0, 70, (1, length))


@EACH
def test_no_step_knows_what_comes_after_it(name):
    model, x = built(name), text()
    changed = x.copy()
    changed[0, 12:] = 70
    one, other = (model.predict_on_batch(each)[0] for each in (x, changed))
    np.testing.assert_allclose(one[:12], other[:12], atol=1e-6)
    assert np.abs(one[12:] - other[12:]).max() > 1e-4


@EACH
def test_only_the_bigram_forgets_all_but_the_last_character_and_the_blocks_know_the_order(name):
    model, x = built(name), text()
    turned = x.copy()
    turned[0, :19] = x[0, 18::-1]
    one, other = (model.predict_on_batch(each)[0, -1] for each in (x, turned))
    assert (np.abs(one - other).max() < 1e-7) == (name == "bigram")


@pytest.mark.parametrize("name", ["one_layer", "two_layers"])
def test_each_head_shares_out_what_it_looks_at_and_looks_back_only(name):
    maps = models.attention_maps(built(name), text())
    assert len(maps) == {"one_layer": 1, "two_layers": 2}[name]
    for one in maps:
        assert one.shape == (task.HEADS, 20, 20)
        np.testing.assert_allclose(one.sum(axis=-1), 1, atol=1e-5)
        assert (np.triu(one, 1) == 0).all()


def test_two_blocks_have_about_a_hundred_thousand_weights():
    for lang in ("en", "ru"):
        count = built("two_layers", task.NextCharacterOptions(lang=lang)).count_params()
        assert 95_000 < count < 106_000


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_block_knows_more_than_the_last_character_tells_and_two_know_most(lang):
    recording = load(FOLDER / f"next_character.{lang}.json")
    last, one, two = (recording.last(name).score for name in task.NextCharacter.models)
    assert last + 0.1 < one < two
    model = models.two_layers(task.NextCharacterOptions(lang=lang))
    model.set_weights(unpack(recording.last("two_layers").weights))
    assert models.score(model, recording_options(recording)) == pytest.approx(two, abs=0.002)


def recording_options(recording):
    return task.NextCharacterOptions(**recording.options)
