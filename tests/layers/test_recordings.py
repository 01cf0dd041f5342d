"""What ships as a recording is what today's models and data still say."""

from __future__ import annotations

import numpy as np
import pytest

from attention.training.recording import FOLDER, load
from attention.training.tasks import TASKS

# A task may do without them.
SHIPPED = {
    task.file_name(options): (task, options)
    for task in TASKS.values()
    for options in task.recordings()
    if (FOLDER / f"{task.file_name(options)}.npz").exists()
}
FIRST = {task.name: (task, options) for task, options in reversed(SHIPPED.values())}


def test_our_tasks_have_all_of_theirs_and_no_other_file_ships():
    files = list(FOLDER.glob("*.npz"))
    assert {file.stem for file in files} == set(SHIPPED)
    for name in ("loud_second", "numbers", "deciding_word", "without_recurrence"):
        assert {TASKS[name].file_name(one) for one in TASKS[name].recordings()} <= set(SHIPPED)
    assert sum(file.stat().st_size for file in files) < 1_500_000


@pytest.mark.parametrize(("task", "options"), SHIPPED.values(), ids=SHIPPED)
def test_each_was_trained_to_its_end_with_what_the_page_asks_for(task, options):
    recording = load(FOLDER / f"{task.file_name(options)}.npz")
    assert recording.task == task.name
    assert recording.options == options.model_dump()
    assert recording.over == "done"
    assert recording.trained() == dict.fromkeys(task.models, options.epochs)
    assert set(recording.weights) == set(task.models)


@pytest.mark.parametrize(("task", "options"), FIRST.values(), ids=FIRST)
def test_its_weights_give_today_what_was_recorded(task, options):
    recording = load(FOLDER / f"{task.file_name(options)}.npz")
    examples = task.examples(options)
    for name, weights in recording.weights.items():
        model = getattr(task.keras(), name)(options)
        model.set_weights(weights)
        then = [epoch for epoch in recording.epochs if epoch.model == name][-1].looks
        for seen, now in zip(then, task.keras().inspect(model, options, examples), strict=True):
            assert (seen.answer, seen.rows) == (now.answer, now.rows)
            assert (seen.weights is None) == (now.weights is None)
            np.testing.assert_allclose(seen.weights or 0, now.weights or 0, atol=1e-3)
            np.testing.assert_allclose(seen.sure or 0, now.sure or 0, atol=1e-3)
