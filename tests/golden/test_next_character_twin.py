"""A text that is read and continued in the browser: the numbers of Keras, however it is read."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from playwright.sync_api import Page
from twins import ask

from attention.training.graph import graph
from attention.training.packed_weights import pack, unpack
from attention.training.recording import FOLDER, load
from attention.training.tasks import next_character as task
from attention.training.tasks import next_character_models as models

TOLERANCE = 1e-5
LANGUAGES = pytest.mark.parametrize("lang", ["en", "ru"])


def read_in_browser(page: Page, cases: list[dict]) -> list[list[dict]]:
    """By core/models/next-character.js: what a model with a `graph` and packed `weights` makes of
    each of its `texts`, read by one reader, one after the other, without some parts: `changes`."""
    one = """({ graph, weights, texts, changes = {} }) => {
        const read = textReader(graph, weightsIn(weights), changes);
        return texts.map((text) => read(text));
    }"""
    return ask(page, f"given.map({one})", cases, "core/models/answering.js")


def written_in_browser(page: Page, cases: list[dict]) -> list[list[int]]:
    """By the same file: `count` characters after a `beginning`, by `seed` and `temperature`."""
    one = """({ graph, weights, beginning, most, count, seed, temperature }) => {
        const [read, random] = [textReader(graph, weightsIn(weights)), randomFrom(seed)];
        const text = [...beginning];
        while (text.length < beginning.length + count)
            text.push(drawNext(read, text.slice(-most), temperature, random));
        return text.slice(beginning.length);
    }"""
    return ask(page, f"given.map({one})", cases, "core/models/answering.js")


def drawn_in_browser(page: Page, likely: list[float], count: int, seed: int) -> list[int]:
    """By the same file: which of several places chance draws, time and again."""
    one = f"const random = randomFrom({seed}); return Array.from({{ length: {count} }}, draw);"
    body = f"(() => {{ const draw = () => drawFrom(given, random()); {one} }})()"
    return ask(page, body, likely, "core/models/answering.js")


def in_keras(model: keras.Model, texts: list[list[int]]) -> list[tuple[np.ndarray, list]]:
    """Of each text the probabilities of the next character, and where the heads look for it."""
    found = []
    for text in texts:
        x = np.array([text])
        maps = models.attention_maps(model, x)
        heads = [one[-1].tolist() for layer in maps for one in layer]
        found.append((model.predict_on_batch(x)[0, -1], heads))
    return found


def held_out(lang: str, count: int) -> list[list[int]]:
    """Beginnings of every length that a model reads, of text that it was not trained on."""
    x, _ = task.windows(lang, unseen=True, stride=task.LENGTH)
    return [x[i % len(x)][: 1 + i % task.LENGTH].tolist() for i in range(count)]


def assert_same(model, recorded_graph, weights, texts, page, **changes):
    asked = [{"graph": recorded_graph, "weights": weights, "texts": texts, "changes": changes}]
    (browser,) = read_in_browser(page, asked)
    for (likely, heads), came in zip(in_keras(model, texts), browser, strict=True):
        np.testing.assert_allclose(came["probabilities"], likely, atol=TOLERANCE)
        np.testing.assert_allclose(came["attention"] or [[]], heads or [[]], atol=TOLERANCE)


@LANGUAGES
@pytest.mark.parametrize("name", task.NextCharacter.models)
def test_the_recorded_models_read_held_out_text_in_the_browser_as_in_keras(blank_page, lang, name):
    recording = load(FOLDER / f"next_character.{lang}.json")
    model = getattr(models, name)(task.NextCharacterOptions(lang=lang))
    weights = recording.last(name).weights
    model.set_weights(unpack(weights))
    assert_same(model, recording.graphs[name], weights, held_out(lang, 60), blank_page)


@pytest.mark.parametrize("name", task.NextCharacter.models)
def test_models_with_random_weights_read_random_text_letter_by_letter_as_in_keras(blank_page, name):
    random = np.random.default_rng(8)
    model = getattr(models, name)(task.NextCharacterOptions(units=16))
    model.set_weights([one + random.normal(0, 0.3, one.shape) for one in model.get_weights()])
    weights = pack(model.get_weights())
    model.set_weights(unpack(weights))
    long, other = random.integers(0, 70, (2, task.LENGTH)).tolist()
    # Typed a letter at a time, taken back, typed anew.
    texts = [long[: i + 1] for i in range(12)] + [long[:5], long[:4] + other[:9], other, long]
    assert_same(model, graph(model), weights, texts, blank_page)


@pytest.mark.parametrize("out", [[0], [3], [4], [6], [1, 7], [0, 1, 2, 3]])
def test_a_head_taken_out_is_one_whose_rows_of_the_output_kernel_are_zero(blank_page, out):
    recording = load(FOLDER / "next_character.en.json")
    weights = recording.last("two_layers").weights
    model = models.two_layers(task.NextCharacterOptions())
    model.set_weights(unpack(weights))
    layers = [one for one in model.layers if isinstance(one, keras.layers.MultiHeadAttention)]
    assert len(layers) == 2
    for layer, attention in enumerate(layers):
        kernel = attention.output_dense.kernel  # (heads, size, features)
        mine = [head for head in range(task.HEADS) if head + task.HEADS * layer in out]
        kernel.assign(np.where(np.isin(np.arange(task.HEADS), mine)[:, None, None], 0, kernel))
    texts = held_out("en", 30)
    graphs = recording.graphs["two_layers"]
    assert_same(model, graphs, weights, texts, blank_page, withoutHeads=out)


def test_the_same_seed_writes_the_same_and_cold_text_takes_the_likeliest(blank_page):
    recording = load(FOLDER / "next_character.en.json")
    asked = {
        "graph": recording.graphs["two_layers"],
        "weights": recording.last("two_layers").weights,
        "beginning": task.encode("Most of the attention", "en").tolist(),
        "most": task.LENGTH,
        "count": 60,
    }
    settings = [(7, 1.0), (7, 1.0), (8, 1.0), (7, 0.01)]
    cases = [asked | {"seed": seed, "temperature": heat} for seed, heat in settings]
    one, same, other, cold = written_in_browser(blank_page, cases)
    assert one == same != other
    model = models.two_layers(task.NextCharacterOptions())
    model.set_weights(unpack(asked["weights"]))
    text = list(asked["beginning"])
    for came in cold:
        likely = model.predict_on_batch(np.array([text[-task.LENGTH :]]))[0, -1]
        assert likely[came] >= 0.9 * likely.max()  # of less, chance would take one in 40,000
        text.append(came)


def test_chance_draws_each_character_as_often_as_it_is_likely(blank_page):
    likely = [0.5, 0.3, 0.15, 0.05]
    drawn = drawn_in_browser(blank_page, likely, count=20_000, seed=3)
    often = np.bincount(drawn, minlength=4) / 20_000
    np.testing.assert_allclose(often, likely, atol=0.012)
