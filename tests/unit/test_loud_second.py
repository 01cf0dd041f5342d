"""A tone in noise: what the clips promise, and what becomes of a recording of one's own."""

from __future__ import annotations

import base64
import io
import wave

import numpy as np

from attention.training.tasks import loud_second as task
from attention.training.tasks import sound

LOUD_SECOND = task.LoudSecond()
OPTIONS = LOUD_SECOND.Options(seed=3)


def tone(frequency, seconds, rate=sound.RATE):
    return 0.5 * np.sin(2 * np.pi * frequency * np.arange(round(seconds * rate)) / rate)


def test_equal_seeds_make_equal_clips_and_what_is_held_out_or_of_another_seed_is_like_none():
    (x, tones), (again, _) = (task.clips(7, 0, 100) for _ in range(2))
    np.testing.assert_array_equal(x, again)
    assert np.bincount(tones).tolist() == [25] * 4
    for seed, part in ((8, 0), (7, 1)):
        other, _ = task.clips(seed, part, 100)
        assert np.abs(x[:, None] - other[None]).max(axis=(-1, -2)).min() > 0.1


def test_the_examples_are_held_out_and_sound_as_small_files_of_two_seconds():
    held_out, tones = task.clips(OPTIONS.seed, 1, task.SHOWN)
    examples = LOUD_SECOND.examples(OPTIONS)
    np.testing.assert_array_equal([example.x for example in examples], held_out)
    assert [example.truth for example in examples] == [task.ANSWERS[tone] for tone in tones]
    file = base64.b64decode(examples[0].more["sound"])
    with wave.open(io.BytesIO(file)) as reader:
        assert reader.getparams()[:4] == (1, 1, 8_000, 16_000)
        heard = np.frombuffer(reader.readframes(16_000), np.uint8) - 128.0
    samples, *_ = task.synthesise(OPTIONS.seed, 1, 0)
    np.testing.assert_allclose(heard / 127, samples / np.abs(samples).max(), atol=0.005)
    drawn = examples[0].more["wave"]
    assert (len(file) < 20_000, len(drawn), max(drawn)) == (True, 200, 1) and min(drawn) >= 0


def test_the_tone_is_where_and_what_the_clip_says():
    found = []
    for number in range(100):
        samples, begin, end = task.synthesise(0, 1, number)
        band = task.bands(samples)[:, 2 * (number % 4)]  # of its tone; the odd ones lie between
        found.append(begin - task.STEP < int(np.argmax(band)) * task.STEP < end)
    assert np.mean(found) > 0.9, "by chance it would be 0.11"


def test_a_tone_of_one_step_stands_in_one_band():
    samples = np.zeros(task.CLIP)
    samples[800:1600] = tone(660, 0.1)
    found = task.bands(samples)
    assert np.unravel_index(found.argmax(), found.shape) == (1, 2)
    *others, loudest = sorted(found.ravel())
    assert loudest > 6 and max(others) < 0


def test_there_is_one_recording_for_all_languages():
    (options,) = LOUD_SECOND.recordings()
    russian = LOUD_SECOND.Options(lang="ru", seed=3)
    assert LOUD_SECOND.recorded(russian) == options
    assert LOUD_SECOND.file_name(russian) == LOUD_SECOND.file_name(options)
