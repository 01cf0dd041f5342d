"""The page's step of gradient descent beside the one that a real Keras layer takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from attention.layers.agreement import TOLERANCE, Difference, difference
from attention.objective import Objective
from attention.precision import step_tolerance
from attention.scene import Scene
from attention.training.descent import descend


def compare_step(scene: Scene, objective: Objective, page: Mapping[str, Any]) -> Difference:
    """Hold the page's loss, penalty, gradients and numbers after one step to the layer's.

    Args:
        scene: where the step begins.
        objective: targets, learning rate, what turns and by which rules.
        page: `loss`, `penalty`, `gradients` of the scene, and `numbers` after a step. Where the run
            ends there, those of the scene itself.

    Raises:
        UserError: the page has another count of numbers; or what `descend` refuses.
    """
    points = descend(scene, objective, steps=1).points
    keras = {**points[0].model_dump(), "numbers": points[-1].numbers}
    gradients = {str(name): np.array(one) for name, one in points[0].gradients.items()}
    tolerances = _flat(vars(step_tolerance(scene, objective, gradients, TOLERANCE)))
    numbers = _flat(keras)
    places = list(numbers)
    shown = _flat(page)
    # In the layer's order; what only one of them has makes the counts differ.
    in_order = [shown[place] for place in places if place in shown]
    in_order += [number for place, number in shown.items() if place not in numbers]
    return difference(
        "step",
        np.array(list(numbers.values())),
        in_order,
        np.array([tolerances[place] for place in places]),
        places,
    )


def _flat(step: Mapping[str, Any]) -> dict[str, float | None]:
    """Every number of a step by its place, such as `loss`, `w[2]` or `gradient of w[0][1]`."""
    found = {name: step[name] for name in ("loss", "penalty")}
    for prefix, what in (("gradient of ", "gradients"), ("", "numbers")):
        for name, values in step[what].items():
            for i, value in enumerate(values):
                place = f"{prefix}{name}[{i}]"
                nested = isinstance(value, list | np.ndarray)
                found |= (
                    {f"{place}[{j}]": one for j, one in enumerate(value)}
                    if nested
                    else {place: value}
                )
    return found
