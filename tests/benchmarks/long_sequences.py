"""Print memory and time of a training step on one long sequence: `… long_sequences.py`.

Each layer learns in a process of its own, so that its peak of memory is its alone; what a process
takes before the first step is subtracted.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

STEPS, FEATURES, UNITS, BLOCK, WIDTH = 4096, 64, 32, 128, 15
CASES = {
    "Keras’ `AdditiveAttention`": "keras",
    "`SeqSelfAttention`": "{}",
    "`block=128`": "{'block': 128}",
    "`attention_width=15`": "{'attention_width': 15}",
    "the same, weights asked for": "{'attention_width': 15, 'return_attention': True}",
    "multiplicative": "{'attention_type': 'multiplicative'}",
    "multiplicative, `attention_width=15`": (
        "{'attention_type': 'multiplicative', 'attention_width': 15}"
    ),
}


def megabytes() -> float:
    """The most memory that this process has taken so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def learn(case: str) -> None:
    """Take two training steps, and print the memory of both and the time of the second."""
    import ast

    import keras

    from attention.layers import SeqSelfAttention

    inputs = keras.Input((STEPS, FEATURES))
    if case == "keras":
        queries, keys = (keras.layers.Dense(UNITS)(inputs) for _ in range(2))
        outputs = keras.layers.AdditiveAttention()([queries, inputs, keys])
    else:
        outputs = SeqSelfAttention(UNITS, **ast.literal_eval(case))(inputs)
    model = keras.Model(inputs, outputs if keras.KerasTensor is type(outputs) else outputs[0])
    model.compile("sgd", "mse")
    x = keras.random.normal((1, STEPS, FEATURES), seed=1)
    before = megabytes()
    for _ in range(2):
        begin = time.perf_counter()
        model.train_on_batch(x, x)
        seconds = time.perf_counter() - begin
    print((megabytes() - before) / 1024, seconds)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--case", help="for the process that learns")
    case = parser.parse_args().case
    if case:
        return learn(case)
    print(
        f"{date.today()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
        f"{platform.system()} {platform.machine()}\n"
    )
    print(f"| one sequence of {STEPS:,} × {FEATURES}, {UNITS} units | memory | a step |")
    print("| --- | --- | --- |")
    for name, one in CASES.items():
        command = [sys.executable, __file__, "--case", one]
        ran = subprocess.run(command, capture_output=True, text=True, check=True)
        memory, seconds = map(float, ran.stdout.split()[-2:])
        print(f"| {name} | {memory:.2f} GB | {seconds:.1f} s |", flush=True)


if __name__ == "__main__":
    main()
