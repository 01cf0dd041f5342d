"""NumPy, browser and Keras against numbers that were computed by the plain definition."""

from __future__ import annotations

import hashlib

import make_core
import make_descent
import make_self_attention
import numpy as np
import pytest
from scenes import CASES, size
from twins import agree, epsilon, in_browser, in_keras, in_numpy


def test_the_golden_file_is_to_the_byte_what_its_script_writes():
    assert make_core.FILE.read_bytes() == make_core.text().encode()


def test_what_the_original_packages_computed_is_unchanged():
    folder = make_core.FILE.parent
    lines = (folder / "originals.sha256").read_text("utf-8").splitlines()
    kept = {name: digest for digest, name in map(str.split, lines)}
    own = (make_core.FILE, make_descent.FILE, make_self_attention.FILE)
    files = [file for file in folder.glob("*.json") if file not in own]
    assert {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files} == kept


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_numpy_computes_the_definition_in_float64(case):
    agree(case["name"], in_numpy(case), case, 1e-12, size(case))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_numpy_computes_the_definition_in_float32(case):
    trace = in_numpy(case, np.float32)
    assert {stage.dtype for stage in vars(trace).values()} == {np.dtype(np.float32)}
    # The precision of a weight is that of its score, after the temperature has enlarged it.
    enlarged = np.abs(case["scores"]).max() / case["temperature"]
    if enlarged < 1000:
        agree(case["name"], trace, case, 1e-6 * max(1, enlarged), size(case))
    assert all(np.isfinite(stage).all() for stage in vars(trace).values())


def test_the_browser_computes_the_definition(blank_page):
    for case, trace in zip(CASES, in_browser(blank_page, CASES), strict=True):
        agree(case["name"], trace, case, 1e-12, size(case))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_keras_computes_the_definition(case):
    agree(case["name"], in_keras(case), case, 1e-12 + epsilon(case), size(case))
