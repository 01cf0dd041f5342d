"""The lessons that there are, and which of them are the project's own."""

from __future__ import annotations

from attention.lessons import load_lessons

# The project's own, in the order of the course; more may be added without a word here.
SHIPPED = (
    "general gate love fear position mask shift two-hundreds temperature query sqrt-d overflow "
    "recognise explanation key-value who-asks order two-heads block learn-fear "
    "learn-love learning-rate dead-bias"
).split()
LESSONS = load_lessons()[0]
