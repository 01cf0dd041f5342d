"""Numbers are said and understood, and what cannot be is named."""

from __future__ import annotations

import numpy as np
import pytest

from attention.training.tasks.numbers import SHOWN, Numbers, split

TASK = Numbers()
OPTIONS = {lang: TASK.Options(lang=lang) for lang in ("en", "ru")}


@pytest.mark.parametrize("seed", [0, 1, 999_999])
def test_what_is_held_out_and_shown_is_not_trained_on_and_a_seed_draws_the_same_again(seed):
    trained, unseen = split(seed)
    assert not set(trained) & set(unseen)
    assert len(set(unseen)) == 400
    assert set(SHOWN) < set(unseen) and set(range(100)) <= set(trained)
    assert all(map(np.array_equal, (trained, unseen), split.__wrapped__(seed)))
    shown = [example.truth for example in TASK.examples(TASK.Options(seed=seed))]
    assert shown == [str(number) for number in SHOWN] and {*map(len, shown)} == {3, 4, 5, 6}
