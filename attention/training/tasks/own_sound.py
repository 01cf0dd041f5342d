"""A recording of one's own: is it one, and which part of it is listened to?"""

from __future__ import annotations

import base64
import binascii
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, field_validator

from attention.scene import Model
from attention.texts import UserError
from attention.training.tasks.sound import RATE, resample

LONGEST, HIGHEST_RATE = 10, 48_000  # seconds, and samples a second
LIMITS = {"rate": RATE, "seconds": LONGEST}  # for the page, which sends no more than it needs
MOST_BYTES = 2 * LONGEST * HIGHEST_RATE
SILENCE = 2**-16  # half of the smallest step that 16 bits can tell
LOUD_PART = RATE // 10  # samples: how long something must be loud to be "the loudest part"


class Sound(Model):
    """A recording as the page sends it.

    Attributes:
        samples: one channel of 16-bit whole numbers, the lower byte first, in base64.
        rate: samples a second, 8,000 to 48,000.
    """

    samples: Annotated[str, Field(strict=True, max_length=4 * -(-MOST_BYTES // 3))]
    rate: Annotated[int, Field(strict=True, ge=RATE, le=HIGHEST_RATE)] = RATE

    @field_validator("samples")
    @classmethod
    def _are_numbers_of_16_bits(cls, text: str) -> str:
        count = len(_bytes(text))
        if count % 2:
            raise ValueError(f"samples must have 2 bytes each; got {count} bytes")
        return text

    def numbers(self) -> NDArray:
        """The samples, −1 to 1."""
        return np.frombuffer(_bytes(self.samples), "<i2") / 2**15


def waveform(sound: Sound, length: int) -> tuple[NDArray, list[float] | None]:
    """So many samples of a recording, at `RATE`: of a long one those around its loudest part.

    A short one goes on in silence.

    Args:
        sound: the recording.
        length: samples that are wanted.

    Returns:
        The samples, (length,), and from which second to which they were taken; None: all of it.

    Raises:
        UserError: empty, longer than 10 seconds, or silent.
    """
    numbers = sound.numbers()
    if not len(numbers):
        raise UserError("refused_sound_empty")
    seconds = len(numbers) / sound.rate
    if seconds > LONGEST:
        raise UserError("refused_sound_long", most=LONGEST, came=round(seconds, 1))
    numbers = numbers - numbers.mean()  # a microphone may add a constant, which nobody hears
    samples = resample(numbers, sound.rate)
    if np.abs(samples).max() < SILENCE:
        raise UserError("refused_sound_silent", highest=RATE // 2)
    if len(samples) <= length:
        return np.pad(samples, (0, length - len(samples))), None
    begin = np.clip(_loudest(samples) - length // 2, 0, len(samples) - length)
    return samples[begin : begin + length], [begin / RATE, (begin + length) / RATE]


def _loudest(samples: NDArray) -> int:
    """The middle of the loudest tenth of a second."""
    power = np.insert(np.cumsum(samples**2), 0, 0)
    return int(np.argmax(power[LOUD_PART:] - power[:-LOUD_PART])) + LOUD_PART // 2


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):  # ValueError: not even ASCII
        raise ValueError("samples must be base64: A–Z, a–z, 0–9, + and /, = at the end") from None
