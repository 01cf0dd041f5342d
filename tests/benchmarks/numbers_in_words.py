"""Print how soon numbers in words become digits: `python tests/benchmarks/numbers_in_words.py`.

Both models, in both languages, from three seeds, an epoch each in turn, on one core. Of the model
with attention also: how many digits look most at a word that names them, and how many first digits
change when they are made to look at the word of another digit. Seconds are those of the processor,
so that whatever else runs on the machine counts little.
"""

from __future__ import annotations

import operator
import os
import platform
import statistics
import sys
import time
from collections.abc import Sequence
from datetime import date
from itertools import takewhile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from attention.training.process import QUIET

os.environ.update(QUIET)

import keras
import numpy as np

from attention.training.task import Options
from attention.training.tasks.numbers import Numbers, split
from attention.training.tasks.numbers_decoding import Translator
from attention.training.tasks.numbers_models import look, score
from attention.training.tasks.numbers_words import say, worths

SEEDS, LANGUAGES = (0, 1, 2), ("en", "ru")
PROMISED_SCORE, PROMISED_GAP, PROMISED_SECONDS, PROMISED_LOOKING = 80, 40, 30, 12
TASK = Numbers()


def alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words at the beginning of both are the same."""
    return len([*takewhile(bool, map(operator.eq, one, other))])


def naming(number: int, place: int, lang: str) -> range:
    """The words that name a digit: those that go when it becomes 0. `place` counts from the right.

    >>> naming(237, 2, "en"), naming(237, 0, "en")  # two hundred; seven
    (range(0, 2), range(3, 4))
    """
    words, rest = say(number, lang), say(number - number // 10**place % 10 * 10**place, lang)
    after = alike(words[::-1], rest[::-1])
    before = alike(words, rest[: len(rest) - after])
    return range(before, len(words) - after)


def named(number: int, lang: str) -> dict[int, list[int]]:
    """For each digit but 0, counted from the left: its words, without that for thousand."""
    words, digits = say(number, lang), str(number)
    return {
        index: [
            word
            for word in naming(number, len(digits) - 1 - index, lang)
            if worths(lang)[words[word]] != 1_000
        ]
        for index, digit in enumerate(digits)
        if digit != "0"
    }


def aligned(model: Translator, options: Options) -> float:
    """The share of digits, right ones of unseen numbers, that look most at a word naming them."""
    unseen = split(options.seed)[1]
    examples = [TASK.read(options, {"text": str(number)}) for number in unseen]
    hits = [
        int(np.argmax(seen.weights[index])) in words
        for number, seen in zip(unseen, look(model, options, examples), strict=True)
        if seen.answer == str(number)
        for index, words in named(int(number), options.lang).items()
    ]
    return 100 * statistics.mean(hits)


def obeying(model: Translator, options: Options) -> tuple[float, float]:
    """The share of first digits that change, and that become the digit of the word pointed at."""
    changed, became = [], []
    for number in split(options.seed)[1]:
        words, text = named(int(number), options.lang), str(number)
        others = [index for index in words if text[index] != text[0]]
        if not others:
            continue
        target = words[others[-1]][0]
        weights = [float(word == target) for word in range(len(say(int(number), options.lang)))]
        own = {"text": text, "forced": {"0": weights}}
        first = look(model, options, [TASK.read(options, own)])[0].answer[:1]
        changed.append(first != text[0])
        became.append(first == text[others[-1]])
    return 100 * statistics.mean(changed), 100 * statistics.mean(became)


def compete(options: Options) -> tuple[dict[str, Translator], list[dict[str, tuple]]]:
    """Train both models; -> them, and for each epoch (score, its seconds, those of looking)."""
    models, x_y, examples = {}, TASK.train_on(options), TASK.examples(options)
    for name in TASK.models:
        keras.utils.set_random_seed(options.seed)
        models[name] = getattr(TASK.keras(), name)(options)
        score(models[name], options)
    epochs = []
    for epoch in range(options.epochs):
        epochs.append({})
        for name, model in models.items():
            start = time.process_time()
            model.fit(
                *x_y,
                batch_size=TASK.batch_size,
                initial_epoch=epoch,
                epochs=epoch + 1,
                verbose=0,
            )
            trained = time.process_time()
            right = 100 * score(model, options)
            look(model, options, examples)
            epochs[-1][name] = right, trained - start, time.process_time() - trained
    return models, epochs


def measure(options: Options) -> dict[str, float]:
    """One training of both, in a line; all epochs are printed as they come."""
    models, epochs = compete(options)
    for name in TASK.models:
        scores = " ".join(f"{epoch[name][0]:3.0f}" for epoch in epochs)
        print(f"{options.lang} {options.seed} {name:9} {scores}", flush=True)
    own = [epoch["attention"] for epoch in epochs]
    upto = next((n for n, (right, *_) in enumerate(own, 1) if right >= PROMISED_SCORE), len(own))
    changed, became = obeying(models["attention"], options)
    return {
        "last": own[-1][0],
        "gap": max(epoch["attention"][0] - epoch["plain"][0] for epoch in epochs),
        "epochs": upto,
        "seconds": sum(seconds for _, seconds, _ in own[:upto]),
        "an epoch": statistics.median(seconds for _, seconds, _ in own[1:]),
        "looking, %": 100 * statistics.median(looking / fit for _, fit, looking in own[1:]),
        "aligned, %": aligned(models["attention"], options),
        "changed, %": changed,
        "became, %": became,
    }


def main() -> None:
    """Measure everything and print one table."""
    rows = []
    for lang in LANGUAGES:
        found = [measure(TASK.Options(lang=lang, seed=seed)) for seed in SEEDS]
        rows += [(lang, str(seed), one) for seed, one in zip(SEEDS, found, strict=True)]
        median = {name: statistics.median(one[name] for one in found) for name in found[0]}
        rows.append((lang, "median", median))
    print(f"\n{date.today()}, {os.cpu_count()} cores, {platform.platform(terse=True)}")
    print(
        f"Promised: {PROMISED_SCORE} % right within {PROMISED_SECONDS} s (`seconds` to that epoch),"
        f" a gap ≥ {PROMISED_GAP}, looking ≤ {PROMISED_LOOKING} % of an epoch\n"
    )
    print(f"| language | seed | {' | '.join(rows[0][2])} |\n|{' --- |' * (2 + len(rows[0][2]))}")
    for lang, seed, one in rows:
        print(f"| {lang} | {seed} | {' | '.join(f'{number:.1f}' for number in one.values())} |")


if __name__ == "__main__":
    main()
