"""The key of a worksheet is right: worked out again from what is printed, in plain NumPy."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import Any

import numpy as np
import pytest

from attention.export import worksheet
from attention.export.variants import variants
from attention.lessons import Lesson, load_lessons
from attention.scene import Scene
from attention.scripts import script
from attention.texts import texts

LESSONS = load_lessons()[0]
ASKING = [name for name, one in LESSONS.items() if one.start.kind == "self_attention"]
EACH = pytest.mark.parametrize("name", [name for name in LESSONS if name not in ASKING])
COUNT, SEED = 8, 77
ABOVE, BELOW = ("weights w", "query q"), ("weighted output", "")  # the rows


@dataclass
class Sheet:
    """A sheet and its part of the key, read as a student and a teacher read them.

    Attributes:
        text: of the sheet. key: of the key.
        table, filled: their tables by row and head, as printed.
    """

    text: str
    key: str
    table: dict[str, list[tuple[str, str]]]
    filled: dict[str, list[tuple[str, str]]]

    def given(self) -> dict[tuple[str, str], float]:
        """The printed numbers by row and head: with its number, where two rows have one name."""
        return {
            (row, head): number(cell)
            for row, cells in self.table.items()
            for head, cell in cells
            if cell and cell != "Σ"
        }

    def computed(self, head: str) -> list[str]:
        found = [
            dict(cells).get(head, "") for row, cells in self.filled.items() if row in self.rows
        ]
        return [cell for cell in found if cell]

    @property
    def rows(self) -> list[str]:
        return [row for row in self.table if row not in (*ABOVE, *BELOW)]


def number(text: str) -> float:
    plain = text.replace("−", "-").replace("·10", "e").removeprefix("Σ")
    return float(plain.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")))


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", " ", html)).split())


def table_of(html: str) -> dict[str, list[tuple[str, str]]]:
    (table,) = re.findall("<table>.*?</table>", html, re.DOTALL)
    rows = [
        [text_of(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        for row in re.findall("<tr.*?</tr>", table, re.DOTALL)
    ]
    heads, *rest = rows
    names = [row[0] for row in rest]
    found: dict[str, list[tuple[str, str]]] = {}
    for place, (name, *cells) in enumerate(rest, start=names[0] not in ABOVE):
        twice = names.count(name) > 1
        found[f"{name} ({place})" if twice else name] = list(zip(heads[1:], cells, strict=True))
    return found


def sheets(name: str) -> list[Sheet]:
    return sheets_of(worksheet(LESSONS[name], count=COUNT, seed=SEED, unvaried=True, name=name))


def sheets_of(page: str) -> list[Sheet]:
    whole, key = page.split('<section class="key">')
    return [
        Sheet(text_of(sheet), text_of(article), table_of(sheet), table_of(article))
        for sheet, article in zip(
            whole.split('<section class="sheet">')[1:], key.split("<article>")[1:], strict=True
        )
    ]


def scene_of(sheet: Sheet, given: dict[tuple[str, str], float]) -> dict[str, Any]:
    """What the sheet gives, as arrays."""
    (setting,) = re.findall(r"Kind: .*?T = [\d.]+", sheet.text)
    heads = list(dict.fromkeys(head for _, head in given))
    kind = re.match(r"Kind: (.*?) ·", setting)[1]
    column = lambda head: np.array([given[row, head] for row in sheet.rows])  # noqa: E731
    first = next(iter(sheet.table))
    features = [head for row, head in given if row == first and head in heads]
    scene = {
        "kind": kind,
        "tanh": "Activation: tanh" in setting,
        "T": float(setting.rpartition(" ")[2]),
        "b": column("bias b") if "bias b" in heads else 0,
        "shown": column("mask") == 1 if "mask" in heads else np.ones(len(sheet.rows), bool),
    }
    if kind == "Gate":
        across = [head for head in heads if head.startswith("· ")]
        return scene | {"x": column("x"), "w": np.stack([column(head) for head in across], 1)}
    features = [head for row, head in given if row in ABOVE]
    w = [number for (row, _), number in given.items() if row in ABOVE]
    return scene | {"x": np.stack([column(head) for head in features], 1), "w": np.array(w)}


def computed(scene: dict[str, Any]) -> dict[str, np.ndarray]:
    x, shown = scene["x"], scene["shown"]
    gate = scene["kind"] == "Gate"
    logits = (scene["w"] @ (x * shown) if gate else x @ scene["w"]) + scene["b"]
    scores = np.tanh(logits) if scene["tanh"] else logits
    if scene["kind"] == "Scaled dot product":
        scores = logits / np.sqrt(x.shape[1])
    powers = scores / scene["T"]
    if np.abs(powers[shown]).max() >= 12:
        powers = powers - powers[shown].max()
    exps = np.where(shown, np.exp(powers), 0)
    weights = exps / exps.sum()
    output = weights * x if gate else weights @ x
    return {
        **{"logits": logits, "scores": scores, "exps": exps},
        **{"weights": weights, "output": output, "sum": exps.sum()},
    }


def agree(printed: list[str], numbers: np.ndarray) -> None:
    """To the printed digits; what is given, too, is rounded to four decimals."""
    assert len(printed) == np.size(numbers)
    for text, one in zip(printed, np.atleast_1d(numbers), strict=True):
        places = len(text.partition(".")[2]) if "·10" not in text else None
        off = 0.06 * abs(one) if places is None else 0.51 * 10.0**-places
        assert abs(number(text) - one) <= max(off, 0.51e-4 if places == 4 else 0) + 2e-4 * abs(one)


@EACH
def test_every_number_of_the_key_follows_from_the_printed_ones(name):
    for sheet in sheets(name):
        found = computed(scene_of(sheet, sheet.given()))
        under = [cell for cell in dict(sheet.filled.get(BELOW[0], [])).values() if cell]
        agree(sheet.computed("logit"), found["logits"])
        if score := sheet.computed("score"):
            agree(score, found["scores"])
        agree(sheet.computed("exp"), found["exps"])
        agree(sheet.computed("weight"), found["weights"])
        sums = [cell for cell in under if cell.startswith("Σ")] or [
            cell for cell in dict(sheet.filled.get("", [])).values() if cell
        ]
        agree(sums, found["sum"])
        others = [cell for cell in under if not cell.startswith("Σ")]
        agree(others or sheet.computed("output"), found["output"])


QUERIES = {
    "kind": "self_attention",
    "rows": ["a", "b", "c"],
    "columns": ["f", "g"],
    "x": [[1.0, 2.0], [3.0, -1.0], [2.0, 5.0]],
    "wq": [[0.5, -0.2], [0.1, 0.3]],
    "wk": [[0.4, 0.1], [-0.3, 0.2]],
    "wv": [[1.0, 2.0, -1.0, 0.5], [0.5, 0.0, 2.0, 1.0]],
}
SELF_ATTENTION: dict[str, tuple[Lesson, Scene | None]] = {
    name: (LESSONS[name], None) for name in ASKING
} | {
    "one head": (LESSONS["fear"], Scene(**QUERIES, asks=0)),
    "second head": (LESSONS["fear"], Scene(**QUERIES, heads=2, head=1, temperature=0.5)),
    "causal": (LESSONS["fear"], Scene(**QUERIES, causal=True, asks=1, positions="sinusoidal")),
    "masked": (LESSONS["fear"], Scene(**QUERIES, mask=[False, True, True])),
}


@pytest.mark.parametrize(("lesson", "scene"), SELF_ATTENTION.values(), ids=[*SELF_ATTENTION])
def test_query_keys_values_and_all_else_follow_from_the_printed_x_and_weights(lesson, scene):
    page = worksheet(lesson, scene, count=3, seed=SEED, unvaried=True)
    printed = re.findall("<table class=weights>.*?</table>", page, re.DOTALL)
    for sheet, weights in zip(sheets_of(page), printed, strict=True):
        lines = [
            [text_of(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
            for row in re.findall("<tr.*?</tr>", weights, re.DOTALL)
        ]
        (_, *heads), *rows = lines
        w = np.array([[number(cell) for cell in row[1:]] for row in rows])
        given = sheet.given()
        x = np.array([[given[row, feature] for feature, *_ in rows] for row in sheet.rows])
        shown = np.array([given.get((row, "mask"), 1) == 1 for row in sheet.rows])
        asks = sheet.rows.index(re.search(r"Asks: (.*?) ·", sheet.text)[1])
        queries, keys, values = (
            x @ w[:, [head[0] == letter for head in heads]] for letter in "qkv"
        )
        query, temperature = queries[asks], float(re.search(r"T = ([\d.]+)", sheet.text)[1])
        logits = keys @ query
        exps = np.exp(logits / np.sqrt(len(query)) / temperature)
        shares = np.where(shown, exps, 0) / exps[shown].sum()
        above = [cell for cell in dict(sheet.filled["query q"]).values() if cell]
        agree(above, query)
        for place, head in enumerate(head for head in heads if head[0] == "k"):
            agree(sheet.computed(head), keys[:, place])
        for place, head in enumerate(head for head in heads if head[0] == "v"):
            agree(sheet.computed(head), values[:, place])
        agree(sheet.computed("logit"), logits)
        agree(sheet.computed("weight"), shares)
        under = [cell for cell in dict(sheet.filled[BELOW[0]]).values() if cell]
        agree([cell for cell in under if not cell.startswith("Σ")], shares @ values)


@EACH
def test_every_answer_of_the_key_follows_from_the_printed_numbers(name):
    lesson = LESSONS[name]
    for place, sheet in enumerate(sheets(name)):
        scene = scene_of(sheet, sheet.given())
        told = re.search(r"Right answer: (.*?) One way", sheet.key)[1]
        weights = computed(scene)["weights"]
        if "Which row gets the largest share" in sheet.text:
            assert told == sheet.rows[weights.argmax()]
        elif "About how large" in sheet.text:
            row = re.search("share of “(.*?)” be", sheet.text)[1]
            share = 100 * weights[sheet.rows.index(row)]
            ends = [float(end) for end in re.findall(r"\d+", told)]
            within = {"less": (0, ends[0]), "more": (ends[0], 100)}.get(told.split()[0], ends)
            assert within[0] < share < within[1]
        else:
            own = lesson.predict
            asked = sheet.text.partition("Guess before you compute. ")[2]
            assert place == 0 or not re.search(r"\d", asked.partition("?")[0]), "its own numbers"
            after = computed(scene | changed(scene, own.change))[own.of]
            if own.difference:
                after = after - computed(scene)[own.of]
            if own.index is None:
                assert told == sheet.rows[after.argmax()]
                continue
            (right,) = [
                choice.text["en"]
                for choice in own.choices
                if choice.at_least <= after[own.index] <= choice.at_most
            ]
            assert told == " ".join(right.split())


def changed(scene: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    """Fields of a lesson's file, as arrays."""
    names = {"mask": "shown", "temperature": "T", "query": "w"}
    found = {names.get(field, field): value for field, value in fields.items()}
    if found.get("kind") == "scaled_dot_product":
        found["kind"] = "Scaled dot product"
    gate = scene["kind"] == "Gate"
    return {
        field: value
        if field in ("T", "kind")
        else np.ravel(value)
        if gate and field == "x"
        else np.array(value)
        for field, value in found.items()
    }


@EACH
def test_the_way_that_the_key_tells_meets_the_challenge_and_the_printed_numbers_do_not(name):
    goals = LESSONS[name].challenge.goals
    for sheet in sheets(name):
        start = scene_of(sheet, sheet.given())
        way = re.search(r"One way to meet the challenge: (.*)", sheet.key)[1]
        solved = scene_of(sheet, sheet.given())
        for step in way.split("; "):
            what, was, to = re.fullmatch(r"(.+): (\S+) → (\S+)", step).groups()
            follow(solved, sheet, what, was, to)

        def reached(scene, start=start):
            for goal in goals:
                of = 0
                if goal.like is not None:
                    of = computed(start | changed(start, goal.like))[goal.of][goal.index]
                at = computed(scene)[goal.of][goal.index] - of
                yield goal.at_least - 1e-4 <= at <= goal.at_most + 1e-4

        assert all(reached(solved)) and not all(reached(start)), way


def follow(scene: dict[str, Any], sheet: Sheet, what: str, was: str, to: str) -> None:
    """Set a number where the words say so; it has to be there as the words say."""
    if what == "Temperature":
        assert scene["T"] == number(was)
        scene["T"] = number(to)
        return
    if what == "Activation":
        assert scene["tanh"] == (was == "tanh")
        scene["tanh"] = to == "tanh"
        return
    row, head = what.rsplit(" · ", 1)
    features = [head for head, cell in sheet.table.get("weights w", sheet.table.get("query q", []))]
    if row in ABOVE:
        field, place = "w", (features.index(head),)
    elif head == "bias b":
        field, place = "b", (sheet.rows.index(row),)
    elif head == "mask":
        field, place = "shown", (sheet.rows.index(row),)
    elif scene["kind"] == "Gate":
        field, place = "w", (sheet.rows.index(head), sheet.rows.index(row))
    else:
        field, place = "x", (sheet.rows.index(row), features.index(head))
    scene[field] = np.array(scene[field])
    assert scene[field][place] == pytest.approx(number(was))
    scene[field][place] = number(to)


@EACH
def test_exp_is_printed_with_the_digits_of_the_page(name, blank_page):
    """Also where the highest score is taken off, as the page does of powers above 12."""
    body = (
        script("core/softmax-steps.js")
        + """
        const exps = exponentialsAsWritten(scene, scores);
        const sum = exps.reduce((sum, exp) => sum + exp, 0);
        return JSON.stringify([...exps, sum].map(writtenExp));"""
    )
    call = "([body, ...given]) => new Function('scene', 'scores', body)(...given)"
    lessons = [LESSONS[name], *islice(variants(LESSONS[name], SEED), COUNT)]
    for sheet, lesson in zip(sheets(name), lessons, strict=True):
        scene = lesson.start
        scores = scene.trace().scores.tolist()
        asked = {"mask": scene.shown, "temperature": scene.temperature}
        page = json.loads(blank_page.evaluate(call, [body, asked, scores]))
        last = [dict(sheet.filled[row]).get("exp") for row in BELOW if row in sheet.filled]
        assert page == [*sheet.computed("exp"), last[0].removeprefix("Σ").strip()]
        plain = "− max" not in sheet.text
        assert plain == (max(map(abs, scores)) / scene.temperature < 12)


def test_a_russian_key_has_the_same_numbers():
    english, russian = (
        worksheet(LESSONS["temperature"], count=3, seed=SEED, lang=lang) for lang in ("en", "ru")
    )
    cells = [
        re.findall(r"<td[^>]*>(?:<small>Σ</small>)?([^<]*)</td>", page)
        for page in (english, russian)
    ]
    assert cells[0] == [cell.replace(",", ".") for cell in cells[1]]
    assert texts()["ru"]["sheet_key"] in russian
