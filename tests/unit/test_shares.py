"""A share is written the same wherever it stands: rounded by itself, to 0.1 %."""

from __future__ import annotations

import numpy as np
import pytest

from attention.numbers import percent
from attention.scripts import script

SEED = 7
SHOWN = [
    (0.25, "25.0 %"),
    (0.06338, "6.3 %"),
    (0.00958, "1.0 %"),
    (0.15543, "15.5 %"),  # whatever the rest of its column is
    (1 / 3, "33.3 %"),
    (1 / 16, "6.3 %"),
    (1.0, "100 %"),
    (0.0, "0 %"),
    (1 - 1e-9, ">99.9 %"),
    (1e-9, "<0.1 %"),
    (0.999, "99.9 %"),
    (0.001, "0.1 %"),
]


@pytest.fixture(scope="module")
def page_percent(blank_page):
    """Shares -> what the page shows of each, with a decimal mark."""
    body = script("core/percentages.js", "core/numbers.js")
    body += "\nwriteNumbersWith(() => mark);\nreturn shares.map(percent);"
    call = "([body, ...given]) => new Function('shares', 'mark', body)(...given)"
    return lambda shares, mark=".": blank_page.evaluate(call, [body, shares, mark])


def test_examples_on_paper(page_percent):
    found = page_percent([share for share, _ in SHOWN])
    assert [one.replace("\u00a0", " ") for one in found] == [text for _, text in SHOWN]


@pytest.mark.parametrize("mark", [".", ","])
def test_pictures_and_paper_write_a_share_as_the_page_does(page_percent, mark):
    random = np.random.default_rng(SEED)
    ends = np.array([0, 1e-9, 0.001, 0.0095, 0.0105, 0.5, 0.9985, 0.999, 1 - 1e-9, 1])
    near = np.clip([np.nextafter(ends, 0), np.nextafter(ends, 1)], 0, 1).ravel()
    shares = [*ends, *near, *random.random(500), *random.random(500) ** 20]
    shares += list(np.arange(2000) / 2000)  # halves of a tenth
    told = page_percent(list(map(float, shares)), mark)
    assert [percent(float(share), mark) for share in shares] == told
    for share, text in zip(shares, told, strict=True):
        number = text.removesuffix("\u00a0%").replace(mark, ".")
        if number[0] not in "<>":
            assert abs(float(number) - 100 * share) <= 0.05 + 1e-9, (share, text)
        else:
            assert 0 < share < 0.001 or 0.999 < share < 1
