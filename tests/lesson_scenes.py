"""What the lessons open, ask for and are after, computed by the core."""

from __future__ import annotations

import numpy as np

from attention import softmax
from attention.lessons import load_lessons
from attention.scene import Scene

# The project's own, in the order of the course; more may be added without a word here.
SHIPPED = (
    "general gate love fear mask shift two-hundreds temperature query sqrt-d overflow explanation "
    "learn-fear learn-love dead-bias"
).split()
LESSONS = load_lessons()[0]
START = {name: lesson.start for name, lesson in LESSONS.items()}
TRACE = {name: start.trace() for name, start in START.items()}


def changed(name, **fields):
    """The lesson's trace with other numbers."""
    return Scene.model_validate(START[name].model_dump() | fields).trace()


def predicted(name):
    """The trace that the lesson's question is about."""
    return changed(name, **LESSONS[name].predict.change)


def solved(name):
    """The trace that the challenge is after."""
    return changed(name, **LESSONS[name].challenge.solution)


def bounds(name, goal=0):
    """The bounds of one of the challenge's goals."""
    return LESSONS[name].challenge.goals[goal]


def base(temperature):
    """How many times the attention one point more is worth."""
    low, high = softmax([0.0, 1.0], temperature=temperature)
    return high / low


def descend(name, steps):
    """The biases that plain gradient descent finds: downhill is where less was looked than came."""
    start, aim = START[name], LESSONS[name].training
    b = np.array(start.b)
    for _ in range(steps):
        miss = softmax(TRACE[name].scores + b, temperature=start.temperature) - aim.target
        b = b - aim.rate * miss / start.temperature
    return b


LEARNT = descend("learn-love", 500)
SCALED = changed("sqrt-d", kind="scaled_dot_product")
AGREED = [
    sum(mine == theirs for mine, theirs in zip(START["sqrt-d"].query, key, strict=True))
    for key in START["sqrt-d"].x
]
