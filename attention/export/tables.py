"""The scene's numbers, for a spreadsheet and for a program."""

from __future__ import annotations

import csv
import io
import json
import re
from itertools import zip_longest
from typing import Any

from attention.scene import Scene

# Where a spreadsheet would take what follows for a formula (＝＋－＠ in Japanese settings): at the
# start of a cell. Some split lines at semicolons or tabs, even within quotes.
FORMULA_STARTS = re.compile(r'(^|[;\t\r\n])(?=[\s"]*[=+\-@＝＋－＠])')


def csv_table(scene: Scene) -> str:
    """One row per step, as in the table; under the columns of x stands the weighted output.

    A gate's output is not summed and has a column of its own. Numbers are written in full, names
    in quotes; what a spreadsheet would take for a formula has an apostrophe before it. Line ends
    and quotes as RFC 4180 has them.

    >>> scene = Scene(rows=["a", "=b"], columns=["f"], x=[[1], [2]], w=[0])
    >>> print(csv_table(scene).replace(chr(13), "").rstrip())
    "name","visible","x1: f","b","logit","score","weight"
    "a",1,1.0,"",0.0,0.0,0.5
    "'=b",1,2.0,"",0.0,0.0,0.5
    "output","",1.5,"","","",""
    """
    if scene.kind == "self_attention":
        return _written(_of_self_attention(scene))
    trace, gate = scene.trace(), scene.kind == "gate"
    vectors = [_harmless(f"x{place}: {name}") for place, name in enumerate(scene.columns, start=1)]
    heading = ["name", "visible", *vectors, "b", "logit", "score", "weight"]
    steps = zip_longest(
        map(_harmless, scene.rows),
        map(int, scene.shown),
        scene.x,
        scene.bias or [],
        trace.logits.tolist(),
        trace.scores.tolist(),
        trace.weights.tolist(),
        fillvalue="",
    )
    table = [[name, shown, *vector, *rest] for name, shown, vector, *rest in steps]
    if gate:
        heading.append("output")
        table = [[*row, number] for row, number in zip(table, trace.output.tolist(), strict=True)]
    else:
        table.append(["output", "", *trace.output.tolist(), "", "", "", ""])
    return _written([heading, *table])


def _written(table: list[list[Any]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_NONNUMERIC).writerows(table)
    return text.getvalue()


def _of_self_attention(scene: Scene) -> list[list[Any]]:
    """The same with query, key and value of each step, and under the values what is gathered."""
    trace, whole = scene.trace(), scene.whole_trace()
    heading = ["name", "visible"]
    heading += [_harmless(f"x{place}: {name}") for place, name in enumerate(scene.columns, start=1)]
    heading += [f"{letter}{place + 1}" for letter in "qk" for place in range(scene.d_k)]
    heading += [*scene.output_names, "logit", "score", "weight"]
    vectors = (scene.x, whole.queries.tolist(), whole.keys.tolist(), whole.values.tolist())
    steps = zip(
        map(_harmless, scene.rows),
        map(int, scene.shown),
        *vectors,
        trace.logits.tolist(),
        trace.scores.tolist(),
        trace.weights.tolist(),
        strict=True,
    )
    table = [
        [name, shown, *x, *query, *key, *value, *rest]
        for name, shown, x, query, key, value, *rest in steps
    ]
    blank = [""] * (1 + len(scene.columns) + 2 * scene.d_k)
    return [heading, *table, ["output", *blank, *trace.output.tolist(), "", "", ""]]


def json_scene(scene: Scene) -> str:
    """The scene and its stages: `{"scene": {…}, "logits": […], …}`.

    Of self-attention they are those of the step that asks and the head that is looked at, after
    the queries, keys and values of all. `Scene.model_validate(json.loads(text)["scene"])` is the
    scene again.
    """
    stages = {stage: numbers.tolist() for stage, numbers in vars(scene.trace()).items()}
    if scene.kind == "self_attention":
        of_all = scene.whole_trace()
        vectors = {name: getattr(of_all, name).tolist() for name in ("queries", "keys", "values")}
        stages = vectors | stages
    whole = {"scene": scene.model_dump(mode="json"), **stages}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _harmless(name: str) -> str:
    return FORMULA_STARTS.sub(r"\1'", name)
