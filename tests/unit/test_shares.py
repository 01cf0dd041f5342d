"""What one reads of the weights adds up, and is what they are."""

from __future__ import annotations

import numpy as np
import pytest
from effort import many

from attention.scripts import script

SEED, SCENES = 7, many(2_500, 10_000)
LEAST, MOST = 0.001, 0.999
SHOWN = [
    ([0.25, 0.75], "25.0 % 75.0 %"),
    ([1.0, 0.0], "100 % 0 %"),
    ([0.0, 0.0], "0 % 0 %"),
    ([1 - 1e-9, 1e-9], ">99.9 % <0.1 %"),
    ([0.4223, 0.4223, 0.1554], "42.2 % 42.2 % 15.6 %"),  # each by itself: 15.5, in all 99.9
    ([1 / 3] * 3, "33.3 % 33.3 % 33.3 %"),  # equal ones look equal, though it is 99.9
    ([1 / 7] * 7, " ".join(["14.3 %"] * 7)),
    ([1 / 16] * 16, " ".join(["6.3 %"] * 8 + ["6.2 %"] * 8)),  # unless the sum were 100.8
    ([0.6, 0.3996, 0.0004], "60.0 % 40.0 % <0.1 %"),
]


@pytest.fixture(scope="module")
def percentages(blank_page):
    """Lists of shares -> what the page shows of each list."""
    body = script("core/percentages.js") + "\nreturn lists.map(percentages);"
    call = "([body, lists]) => new Function('lists', body)(lists)"
    return lambda lists: blank_page.evaluate(call, [body, lists])


def number(text: str) -> float:
    """Per cent, as a reader takes it; what is too small for a number counts for nothing."""
    if text[0] in "<>":
        return {"<": 0.0, ">": 100.0}[text[0]]
    return float(text.removesuffix("\u00a0%"))


def test_examples_on_paper(percentages):
    found = percentages([shares for shares, _ in SHOWN])
    assert [" ".join(one).replace("\u00a0", " ") for one in found] == [text for _, text in SHOWN]


def test_what_is_shown_adds_up_and_a_larger_weight_never_looks_smaller_in_many_tables(percentages):
    chance = np.random.default_rng(SEED)
    lists = []
    for _ in range(SCENES):
        scores = chance.normal(0, chance.choice([0.0, 0.1, 1, 5]), chance.integers(1, 17))
        if chance.random() < 0.3:  # ties
            scores = np.round(scores)
        exps = np.exp(scores - scores.max())
        lists.append((exps / exps.sum()).tolist())
    exact_sums = 0
    for shares, shown in zip(lists, percentages(lists), strict=True):
        told = [one for one in shares if LEAST <= one <= MOST or one == 1]
        numbers = [number(text) for text in shown]
        total = round(sum(n for n, text in zip(numbers, shown, strict=True) if text[0] != ">"), 1)
        assert abs(total - round(100 * sum(told), 1)) < 0.11, (shares, shown)
        exact_sums += total == round(100 * sum(told), 1)
        for true, text, read in zip(shares, shown, numbers, strict=True):
            assert abs(read - 100 * true) <= 0.1 + 1e-9, (true, text)
            assert text[0] in "<>" or true in (0, 1) or LEAST <= true <= MOST
        order = np.lexsort((numbers, shares))  # of equal ones some may be rounded up
        assert (np.diff(np.array(numbers)[order]) >= 0).all(), (shares, shown)
    assert exact_sums > 0.85 * SCENES
