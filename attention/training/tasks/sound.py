"""Sound as samples: a picture of it, and a file that every browser plays."""

from __future__ import annotations

import base64
import io
import wave

import numpy as np
from numpy.typing import NDArray

RATE = 8_000  # samples a second
DRAWN = 200  # peaks of a drawing


def wav(samples: NDArray) -> str:
    """A WAV file of 8 bits in base64; the loudest sample is as loud as it gets."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(1)
        writer.setframerate(RATE)
        writer.writeframes(np.round(128 + 127 * _loud(samples)).astype(np.uint8).tobytes())
    return base64.b64encode(file.getvalue()).decode()


def peaks(samples: NDArray) -> list[float]:
    """200 heights to draw, the highest 1: how far the wave reaches in each part.

    Args:
        samples: shape (samples,), a multiple of 200, not silent.
    """
    heights = np.abs(_loud(samples)).reshape(DRAWN, -1).max(axis=1)
    return np.round(heights, 3).tolist()


def _loud(samples: NDArray) -> NDArray:
    return samples / np.abs(samples).max()
