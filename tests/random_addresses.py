"""Addresses that somebody could have been sent: mutated ones, and ones that mean harm."""

from __future__ import annotations

from random import Random
from urllib.parse import quote

from hostile import LONG, NUMERALS, TEXTS, mutated_text

from attention.address import fragment
from attention.lessons import load_lessons

LESSONS = load_lessons()[0]
VALID = [
    *(f"#{fragment(lesson.start)}" for lesson in LESSONS.values()),
    *(f"#lesson={name}" for name in LESSONS),
    "#kind=gate&x=1;2;3&w=1,0,0;0,1,0;0,0,1&b=none&mask=101",
    "#rows=a,b&columns=f,g&x=1,2;3,4&target=1,0&rate=0.5&turns=w,b&w_regularizer=l2&w_strength=0.1",
    "#kind=dot_product&query=1,2,3&query_constraint=unit_norm&b_constraint=max_norm",
    "#tab=variations&sentence=Love%20and%20love&seed=3&standardised=0&padding=0&causal=1&window=2",
    "#tab=learn&task=numbers&train_seed=5&epochs=3&length=2&learn_rate=0.05&units=8&dropout=0.5&compare=dot,scaled_dot",
    "#hide=formula,query,teach&view=projector&lang=ru",
    "#temperature=3&own=y0ktS81RsFUwBAA",  # "level = 1": a lesson would stay in the list
    "#x=1,2;3,4&own=file.0123456789abcdef",
]
KEYS = sorted({pair.partition("=")[0] for one in VALID for pair in one[1:].split("&")})
PIECES = [
    *(*KEYS, "__proto__", "constructor", *"#&=;,", "%", "%E0", "%ud83d", "%ED%A0%80", "none"),
    *("gate", "attention", "scaled_dot_product", "linear", "0", "1", "1e6", ";" * 100, ",1" * 100),
    *map(quote, TEXTS),
    *TEXTS,
    *NUMERALS,
    quote(LONG),
]


def address(random: Random) -> str:
    """What somebody could have been sent."""
    if random.randrange(3):
        return mutated_text(random, random.choice(VALID), PIECES, "#&=,;")
    pairs = (f"{random.choice(KEYS)}={random.choice(PIECES)}" for _ in range(random.randrange(6)))
    return "#" + "&".join(pairs)
