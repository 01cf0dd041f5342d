"""A tone in noise: two seconds of noise, a short tone somewhere in them, and which tone is it?"""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from attention.training.task import Example, Options, Task, Try
from attention.training.tasks.sound import RATE, peaks, wav

STEPS, STEP = 20, RATE // 10  # a clip has 20 steps of 0.1 seconds
CLIP = STEPS * STEP  # samples
TONES = (440, 660, 990, 1485)  # Hz, each a fifth above the one before
ANSWERS = tuple(f"{tone} Hz" for tone in TONES)
BANDS = 2 * len(TONES)  # one around each tone, and one above each of these

TAPS, FADING = 8, 0.7  # of the filter that gives each noise a colour of its own
LOUDNESS = (0.4, 0.6)  # of a tone before it fades, as root mean square; the noise has 1
LENGTH = (0.1, 0.15)  # of a tone, in seconds
TRAINED, UNSEEN, SHOWN = 3_000, 400, 6
LONGEST = 10  # seconds of a sound of one's own
QUIETEST = 1e-2  # of a clip's mean power: a band with less sounds like silence
USUAL, SPREAD = -14.0, 4.0  # decibels: what a band of the noise has, and what a tone adds to it


# Clips worth trying: the tones in each, and from which second.
MADE = {"last": [(660, 1.86)], "two": [(440, 0.5), (1485, 1.4)], "none": []}


class LoudSecondOptions(Options):
    """The options of every task; the slowest learner here takes twelve epochs."""

    epochs: Annotated[int, Field(strict=True, ge=1, le=50)] = 12


class LoudSecond(Task[LoudSecondOptions]):
    """Which of four tones sounds somewhere in the noise?

    A model's x is how loud each of 8 bands of frequency is in each of 20 steps.
    """

    name = "loud_second"
    by_language = False
    place = 1
    view, joint, input = "sound", None, "sound"
    models = ("attention", "mean", "last", "lstm")
    Options = LoudSecondOptions
    seconds = 90
    every = 2

    def train_on(self, options: LoudSecondOptions) -> tuple[NDArray, NDArray]:
        """Clips as bands, (3000, 20, 8), and which of `TONES` each has, (3000,)."""
        return clips(options.seed, 0, TRAINED)

    def examples(self, options: LoudSecondOptions) -> list[Example]:
        """The first held-out clips, to be seen and heard."""
        return [_held_out_example(options.seed, number) for number in range(SHOWN)]

    def tries(self, options: LoudSecondOptions) -> list[Try]:
        """A tone at the very end, two tones, and none."""
        truth = {"last": f"{MADE['last'][0][0]} Hz"}
        return [
            Try(name, example=_example(make_clip(tones), truth.get(name), tone=None))
            for name, tones in MADE.items()
        ]

    def reader(self, options: LoudSecondOptions) -> dict[str, Any]:
        """Two seconds of a sound, as the bands of `bands`."""
        return {
            "reads": "sound",
            "rate": RATE,
            "seconds": LONGEST,
            "steps": STEPS,
            "edges": band_edges().tolist(),
            "quietest": QUIETEST,
            "usual": USUAL,
            "spread": SPREAD,
        }

    def answers(self, options: LoudSecondOptions) -> tuple[str, ...]:
        """The tones."""
        return ANSWERS


def synthesise(seed: int, part: int, number: int) -> tuple[NDArray, int, int]:
    """Make one clip: noise of some colour, and in it the tone `TONES[number % 4]`.

    Args:
        seed: of everything.
        part: 0 is trained on, 1 is held out.
        number: which clip of the part.

    Returns:
        The samples, (16000,); the tone's first sample, and the one after its last.
    """
    random = np.random.default_rng([seed, part, number])
    samples = _noise(random)
    length = round(random.uniform(*LENGTH) * RATE)
    begin = int(random.integers(CLIP - length + 1))
    tone = _tone(TONES[number % len(TONES)], length)
    samples[begin : begin + length] += random.uniform(*LOUDNESS) * tone
    return samples, begin, begin + length


def make_clip(tones: list[tuple[int, float]]) -> NDArray:
    """Noise with some tones of middling length and loudness, each from a given second on."""
    samples = _noise(np.random.default_rng([0, 2]))
    length = round(np.mean(LENGTH) * RATE)
    for tone, second in tones:
        begin = round(second * RATE)
        samples[begin : begin + length] += np.mean(LOUDNESS) * _tone(tone, length)
    return samples


def _noise(random: np.random.Generator) -> NDArray:
    """Two seconds of noise of some colour."""
    colour = random.normal(size=TAPS) * FADING ** np.arange(TAPS)
    samples = np.convolve(random.normal(size=CLIP + TAPS - 1), colour, "valid")
    return samples / samples.std()


def _tone(tone: int, length: int) -> NDArray:
    """So many samples of a tone that fades in and out."""
    turns = tone / RATE * np.arange(length)
    return np.sqrt(2) * np.sin(2 * np.pi * turns) * np.sqrt(np.hanning(length))


def clips(seed: int, part: int, count: int) -> tuple[NDArray, NDArray]:
    """Many clips as the models have them: their bands, (count, 20, 8), and tones, (count,)."""
    x = np.stack([bands(synthesise(seed, part, number)[0]) for number in range(count)])
    return x, np.arange(count) % len(TONES)


@lru_cache(4)
def held_out(seed: int) -> tuple[NDArray, NDArray]:
    """400 clips, as from `clips`, that are never trained on."""
    return clips(seed, 1, UNSEEN)


@lru_cache(4)
def heard(seed: int) -> tuple[NDArray, NDArray]:
    """The first 400 clips that are trained on."""
    return clips(seed, 0, UNSEEN)


def bands(samples: NDArray) -> NDArray:
    """How loud each band of frequency is in each step, whatever the volume of the whole clip.

    In decibels below the clip's mean power, shifted and scaled so that noise is about 0, and a
    tone that can be heard in it is 1 or more.

    Args:
        samples: shape (16000,), not silent.

    Returns:
        Shape (20, 8), float32.
    """
    samples = samples / samples.std()
    power = 2 * np.abs(np.fft.rfft(samples.reshape(STEPS, STEP)) / STEP) ** 2  # sums to about 1
    decibels = 10 * np.log10(power @ _filters() + QUIETEST)
    return ((decibels - USUAL) / SPREAD).astype(np.float32)


def band_edges() -> NDArray:
    """From which frequency each band begins, in Hz, and where the last one ends. Shape (9,)."""
    return TONES[0] * 1.5 ** (np.arange(BANDS + 1) / 2 - 0.25)


@lru_cache(1)
def _filters() -> NDArray:
    """Which frequency of a step belongs to which band. Shape (401, 8)."""
    frequency = np.fft.rfftfreq(STEP, 1 / RATE)[:, None]
    edges = band_edges()
    return ((edges[:-1] <= frequency) & (frequency < edges[1:])).astype(float)


def _held_out_example(seed: int, number: int) -> Example:
    samples, begin, end = synthesise(seed, 1, number)
    return _example(samples, ANSWERS[number % len(TONES)], [begin / CLIP, end / CLIP])


def _example(samples: NDArray, truth: str | None, tone: list[float] | None) -> Example:
    """A clip with what the page needs to play and to draw it; `tone` in shares of the clip."""
    steps = [f"{step / 10:.1f} s" for step in range(STEPS)]
    more = {"sound": wav(samples), "wave": peaks(samples), "tone": tone}
    return Example(bands(samples), steps, truth, more)
