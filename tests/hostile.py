"""Inputs that mean harm, or that nobody thought of; and valid ones, mutated by a seed.

A seed is a word and a number, `drawn("address", 17)`: the same on every machine, so a failure that
names it can be looked at again.
"""

from __future__ import annotations

import copy
import json
import math
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from random import Random
from typing import Any

# What would end a text, a cell or a line of the file that it stands in.
IN_A_FILE = [
    '"""); raise SystemExit  # "',
    "it's \\ {x} ${x} {{x}}",
    "one\r\ntwo\n# three",
    "=1+1",
    "@x",
    "-1;=2",
    "\u202eright to left\u2028\x00\x1b[2J",
    "a;=1+1;b",
    'a;"\t +1',
    "привет 👻",
]
# What a page might run, fill in, or lose its place at.
IN_A_PAGE = [
    "<img src=x onerror=window.hacked=1>",
    "<script>window.hacked=1</script>",
    "${window.hacked=1}",
    "`${window.hacked=1}`",
    "{{constructor}}",
    "{{#with window}}{{hacked}}{{/with}}",
    "{name}{most}{problem}",
    "$& $1 $` $'",
    "`'\"\\",
    "javascript:window.hacked=1",
    "\u202egnp.exe\u202c",
    "\u2066\u2067‏\u200b",
    "👩‍👩‍👧‍👦 🏳️‍🌈 é́́",
    "\x00\x01\x1b\n\t",
    "__proto__",
    "constructor",
    "toString",
    "-0",
    "null",
]
SLOWEST = 1.0  # seconds that an answer may take
LONG = "👻 <b>{long}</b> " * 7_000  # more than 100 KB
TEXTS = [
    *IN_A_FILE,
    *IN_A_PAGE,
    "",
    " ",
    "\u3000\u2003",
    "\ufeffa\ufffe\uffff",
    "A\u0301" * 50,
    "{0}{}{a.b[c]!r:>{w}}%s%(a)d%n",
    "../../etc/passwd\x00.toml",
    "</title></script><svg onload=window.hacked=1>",
    "**bold** **<i>not**",
    "a" * 41,
]
# Numbers as somebody writes them who does not mean well, or means another language.
NUMERALS = [
    *"1e309 -1e309 -0 +0 1e-400 5e-324 1.7976931348623157e308 NaN nan -inf inf Infinity".split(),
    *"−1 １ １e５ ٣ ² ½ ∞ 0x10 0b1 0o7 1_000 1__0 1e 1e+ --1 1.2.3 1. .5 . + 1,5 007".split(),
    *"9007199254740993 1000001 -1000001 0.0099 true None 1e5e5 0x 1979-05-27 07:32:00".split(),
    *("9" * 400, "9" * 5_000, "0." + "0" * 400 + "1", "1 2", ""),
]


def nested(depth: int, inside: Any = 0) -> list:
    """Lists in lists, as deep as one asks.

    >>> nested(3)
    [[[0]]]
    """
    for _ in range(depth):
        inside = [inside]
    return inside


# As JSON brings them; Python reads NaN, Infinity and half a character where JSON has none.
NUMBERS = [
    *(0, -0.0, 1, -1, 0.5, 1e6, 1_000_000.0000001, -1e7, 1e308, 5e-324, 0.01, 1_000),
    *(math.nan, math.inf, -math.inf, 2**53 + 1, 2**63, -(2**64), 10**400, -(10**5_000), True),
]
VALUES = [
    *NUMBERS,
    *TEXTS,
    *(None, False, "1", "１", "true", "NaN", "\ud800", "a\udc7b", "\ud83d\ude00", LONG),
    *([], {}, [[]], [{}], {"": None}, [None], [[1], [2, 3]], [1, [2]], {"0": 1, "length": 3}),
    {"__proto__": {"rows": 1}},
    {"\ud800": 1},
    {LONG: 1},
    {"self": 1, "cls": 2, "__class__": 3, "model_config": 4, "kwargs": 5},
    [0] * 50_000,
    ["a"] * 5_000,
    [[1.0] * 64] * 1_001,
    {str(i): i for i in range(3_000)},
    nested(50),
    nested(100_000),
    nested(300, {"a": nested(300)}),
]
SHARED = {id(value) for value in VALUES}  # stay as they are, wherever they come to stand


def drawn(what: str, number: int) -> Random:
    """Chance by a seed that can be named."""
    return Random(f"{what}-{number}")


def mutated_json(
    random: Random, value: Any, others: Sequence[Any], values: Sequence[Any] = VALUES
) -> Any:
    """A value as JSON has it, with some of what is in it deleted, doubled, swapped or overwritten.

    Args:
        random: decides all of it.
        value: a valid one; it is left as it is.
        others: whose parts may come into it.
        values: what else may come into it.
    """
    if not random.randrange(40):
        return random.choice(values)
    whole = [copy.deepcopy(value)]
    for _ in range(random.choice((0, 1, 1, 1, 1, 2, 3, 6))):
        holder, key = random.choice(_places(whole))
        donor, name = random.choice(_places([random.choice(others)]))
        match random.randrange(11):
            case 0 if holder is not whole:
                del holder[key]
            case 1 if isinstance(holder, list) and holder is not whole:
                holder[key:key] = holder[key : key + random.choice((1, 2, 5))]
            case 2 if isinstance(holder, dict):
                holder[random.choice((*TEXTS, "\ud800", str(name)))] = holder.pop(key)
            case 3:
                holder[key] = [holder[key]]
            case 4 | 5:
                holder[key] = copy.deepcopy(donor[name])
            case 6 | 7 if isinstance(holder[key], int | float):
                holder[key] = random.choice(NUMBERS)
            case 8 if isinstance(holder[key], str):
                holder[key] = _torn(random, holder[key])
            case 9 if isinstance(holder[key], str):
                holder[key] = random.choice(TEXTS)
            case _:
                holder[key] = random.choice(values)
    return whole[0]


def mutated_text(random: Random, text: str, pieces: Sequence[str], marks: str) -> str:
    """The same of a text, of which parts stand between these marks; at times it is cut off.

    Args:
        random: decides all of it.
        text: a valid one.
        pieces: of what it could have instead.
        marks: the characters between which parts stand.
    """
    parts = [part for part in re.split(f"([{re.escape(marks)}])", text) if part]
    whole = "".join(map(str, mutated_json(random, parts or [""], [pieces], NUMERALS + TEXTS)))
    return whole[: random.randrange(len(whole) + 1)] if not random.randrange(12) else whole


def _torn(random: Random, text: str) -> str:
    """One character more, or another one, from anywhere in Unicode."""
    at = random.randrange(len(text) + 1)
    letter = chr(random.choice((random.randrange(128), random.randrange(0xD800))))
    return text[:at] + letter + text[at + random.randrange(2) :]


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Where something stands: what holds it, and its key or index. Not too many, nor too deep."""
    found, holders = [], [value]
    while holders and len(found) < 200:
        holder = holders.pop()
        keys = list(holder) if isinstance(holder, dict) else range(len(holder))
        places = [(holder, key) for key in keys[:50]]
        inner = [holder[key] for holder, key in places]
        holders += [one for one in inner if isinstance(one, dict | list) and id(one) not in SHARED]
        found += places
    return found


def sound_json(answer: Any) -> str:
    """An answer as it is sent.

    Raises:
        ValueError: NaN, infinity, or half a character is in it.
    """
    text = json.dumps(answer, ensure_ascii=False, allow_nan=False)
    text.encode()
    return text


@contextmanager
def named(what: str, number: int, made: Any) -> Iterator[None]:
    """A failure in here says which seed made the input, and what it was."""
    try:
        yield
    except Exception as problem:
        try:
            written = ascii(made)[:1_000]
        except (RecursionError, ValueError):  # lists without end, a number of thousands of digits
            written = f"a {type(made).__name__} that Python cannot write"
        problem.add_note(f"seed: {what}-{number}; input: {written}")
        raise


def try_all(
    count: int, what: str, make: Callable[[Random], Any], check: Callable[[Any], Any]
) -> None:
    """Check so many inputs, each within a second.

    Args:
        count: how many.
        what: a word; the seeds are `what-0`, `what-1` and so on, see `drawn`.
        make: an input, by chance.
        check: raises whatever is wrong.
    """
    for number in range(count):
        made = make(drawn(what, number))
        begin = time.thread_time()  # of a processor: others may be busy on the same machine
        with named(what, number, made):
            check(made)
            assert time.thread_time() - begin < SLOWEST
