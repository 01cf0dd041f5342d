"""Which word decides: what the sentences promise, and what is read of one's own."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from attention.training.task import languages_with_data
from attention.training.tasks import deciding_word as task
from attention.training.tasks import deciding_word_sentences as data

DECIDING_WORD = task.DecidingWord()
LANGUAGES = pytest.mark.parametrize("lang", languages_with_data())


def small(text):
    return [word.lower() for word in data.words(text)]


@LANGUAGES
def test_there_are_enough_sentences_and_half_are_good(lang):
    for part in (data.sentences(lang), data.trained_on(lang), data.held_out(lang)):
        often = Counter(one.label for one in part)
        assert tuple(often) == data.labels(lang) and len(set(often.values())) == 1
    assert len(data.sentences(lang)) >= 330


@LANGUAGES
def test_every_sentence_is_short_comes_once_and_has_its_deciding_words_once(lang):
    often = Counter(" ".join(small(one.text)) for one in data.sentences(lang))
    assert often.most_common(1)[0][1] == 1
    for one in data.sentences(lang):
        assert 4 <= len(data.words(one.text)) <= 14, one
        assert one.text[0].isupper() and one.text[-1] in ".!?", one
        assert tuple(word for word in small(one.text) if word in one.deciding) == one.deciding
        assert 1 <= len(one.deciding) <= 2, one


@LANGUAGES
def test_a_word_that_decides_alone_does_so_at_least_four_times_and_always_alike(lang):
    alone = [one for one in data.sentences(lang) if len(one.deciding) == 1]
    decides = Counter((data.stem_of(one.deciding[0]), one.label) for one in alone)
    assert min(decides.values()) >= 4
    assert len({stem for stem, _ in decides}) == len(decides)


@LANGUAGES
def test_about_a_fifth_is_held_out_and_nothing_near_it_is_trained_on_but_its_words(lang):
    held_out = data.held_out(lang)
    assert 0.15 < len(held_out) / len(data.sentences(lang)) < 0.25
    known = [set(small(one.text)) for one in data.trained_on(lang)]
    for one in held_out:
        ours = set(small(one.text))
        assert max(len(ours & theirs) / len(ours | theirs) for theirs in known) < 0.7, one
    x, _ = task.encoded(lang, unseen=True)
    assert np.count_nonzero(x) / sum(len(data.words(one.text)) for one in held_out) > 0.75
    deciding = [data.stem_of(word) for one in held_out for word in one.deciding]
    assert np.mean([stem in data.vocabulary(lang) for stem in deciding]) > 0.95


@LANGUAGES
def test_the_examples_are_held_out_half_are_good_and_some_are_decided_by_two_words(lang):
    examples = DECIDING_WORD.examples(task.DecidingWordOptions(lang=lang))
    held_out = {tuple(data.words(one.text)): one for one in data.held_out(lang)}
    for example in examples:
        one = held_out[tuple(example.steps)]
        deciding = tuple(example.steps[place].lower() for place in example.more["deciding"])
        assert (example.truth, deciding) == (one.label, one.deciding)
    assert len(set(Counter(example.truth for example in examples).values())) == 1
    assert {len(example.more["deciding"]) for example in examples} == {1, 2}
