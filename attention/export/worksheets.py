"""The worksheet: a scene to compute by hand, with numbers for each student, and the answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import Any

from markupsafe import Markup, escape

from attention.export.asking_grid import (
    columns_of_asking,
    setting_of_asking,
    steps_of_asking,
    weights_of_asking,
)
from attention.export.changes import changes, distinct
from attention.export.grid import Column, columns_of, has_score, size_of, written
from attention.export.powers import is_plain_exp, written_exp
from attention.export.self_contained_html import self_contained_html
from attention.export.solving import answer, solution
from attention.export.variants import on_table, staying, variants
from attention.lessons import Lesson
from attention.scene import Scene
from attention.texts import ASSETS, languages, texts

MOST_VARIANTS = 40
LARGEST_SEED = 1_000_000
MOST_BOXES = 8  # to tick; for more choices there is a line to write on
Words = dict[str, str]
POWER = re.compile(r"\^(?:\(((?:[^()]|\([^()]*\))*)\)|(−?\d+(?:[.,]\d+)?|\w+))")


def worksheet(
    lesson: Lesson,
    scene: Scene | None = None,
    *,
    count: int = 1,
    seed: int = 1,
    name: str = "lesson",
    lang: str | None = None,
    unvaried: bool = False,
) -> str:
    """HTML to print, on A4 or Letter: a page for every variant, then the answer key on its own.

    Variant n of a seed has the same numbers whatever the count, on the steps of the lesson's
    sliders, and no two have the same. What the sheets leave blank, the key says, computed by
    `attention.core`.

    >>> from attention.lessons import load_lessons
    >>> general = load_lessons()[0]["general"]
    >>> page = worksheet(general, count=2, seed=2026)
    >>> "Variant 2 · seed 2026" in page, page == worksheet(general, count=2, seed=2026)
    (True, True)

    Args:
        lesson: its story, question and challenge; the last two where they hold for the numbers.
        scene: what stands on the table; None: the lesson's own.
        count: variants, 0 to 40.
        seed: 0 to 1,000,000.
        name: of the lesson, where the file of a language has its texts.
        lang: the language; None: English.
        unvaried: a sheet more, variant 0, with the numbers as they stand.

    Returns:
        The file's text, to be written in UTF-8.

    Raises:
        ValueError: a count or a seed out of range, or no sheet at all.
    """
    _check(count, seed, unvaried)
    lang = lang or languages()[0]
    words, base = texts()[lang], on_table(lesson, scene)
    drawn = [(number, one) for number, one in enumerate(islice(variants(base, seed), count), 1)]
    numbered = [(0, base)] * unvaried + drawn
    differs = base.fixed_cells != staying(base)
    pages = [
        _Page(one, one.for_page(name), lang, number, seed, differs) for number, one in numbered
    ]
    style = (ASSETS / "worksheet.css").read_text("utf-8")
    return self_contained_html(
        "worksheet.html",
        styles=[style],
        style=style,
        lang=lang,
        words=words,
        write=lambda number, key="": _written(number, key, words),
        bold=_bold,
        raised=_raised,
        title=pages[0].data["title"][lang],
        size=size_of(pages[0].scene, pages[0].columns),
        pages=pages,
        most_boxes=MOST_BOXES,
    )


def _check(count: int, seed: int, unvaried: bool) -> None:
    least = 0 if unvaried else 1
    if not least <= count <= MOST_VARIANTS:
        raise ValueError(f"count must be {least} to {MOST_VARIANTS}; got {count}")
    if not 0 <= seed <= LARGEST_SEED:
        raise ValueError(f"seed must be 0 to {LARGEST_SEED}; got {seed}")


@dataclass(frozen=True)
class _Page:
    """One variant in one language: the student's sheet, and its answers in the key.

    Attributes:
        lesson: with the numbers of this variant.
        data: the lesson as the page has it, its texts in every language.
        differs: whether the variants' numbers may be others than the story's.
    """

    lesson: Lesson
    data: dict[str, Any]
    lang: str
    number: int
    seed: int
    differs: bool

    @property
    def words(self) -> Words:
        return texts()[self.lang]

    @property
    def scene(self) -> Scene:
        names = {part: self.data[part][self.lang] for part in ("rows", "columns")}
        return self.lesson.start.model_copy(update=names)

    @property
    def variant(self) -> str:
        key = "sheet_variant" if self.number else "sheet_unvaried"
        return self.words[key].format(number=self.number, seed=self.seed)

    @property
    def choices(self) -> list[str]:
        choices = self.data["predict"]["choices"]
        rows = distinct(self.data["rows"][self.lang])
        return [choice["text"][self.lang] for choice in choices] or rows

    @property
    def right(self) -> int | None:
        """Which of the choices is right; None: it has no question."""
        return answer(self.lesson)

    @property
    def solved(self) -> Scene | None:
        """Its scene with the challenge met; None: there is nothing to do."""
        fields = solution(self.lesson)
        return self.scene.having(fields) if fields else None

    @property
    def way(self) -> str:
        """How the challenge is met, in the words of the table."""
        return "; ".join(changes(self.scene, self.solved, self.words)) if self.solved else ""

    @property
    def columns(self) -> list[Column]:
        make = columns_of_asking if self.scene.kind == "self_attention" else columns_of
        return make(self.scene, self.words)

    @property
    def weights(self) -> tuple[list[str], list[tuple[str, list[float]]]] | None:
        """What multiplies x, as a table of its own: heads, and rows; None: it is in the other."""
        return weights_of_asking(self.scene) if self.scene.kind == "self_attention" else None

    @property
    def setting(self) -> str:
        """What holds for the whole table."""
        words, scene = self.words, self.scene
        parts = [f"{words['kind']}: {words[f'kind_{scene.kind}']}"]
        if scene.kind == "attention":
            parts.append(f"{words['activation']}: {words[f'activation_{scene.activation}']}")
        if scene.kind == "self_attention":
            parts += setting_of_asking(scene, words)
        parts.append(f"{words['temperature']}: T = {written(scene.temperature, words)}")
        return " · ".join(parts)

    @property
    def steps(self) -> list[tuple[str, str]]:
        """What is to be computed: a formula and its words, in the order of the columns."""
        count = len(self.scene.columns)
        asking = self.scene.kind == "self_attention"
        before = steps_of_asking(self.scene, self.words) if asking else []
        return before + [
            (formula, self.words[key].format(count=count))
            for formula, key in _steps(self.scene, self.words)
        ]


def _steps(scene: Scene, words: Words) -> list[tuple[str, str]]:
    logit, score, exp, weight = (
        words[f"formula_{name}"] for name in ("logit", "score", "exp", "weight")
    )
    shares = [
        _power(scene, score if has_score(scene) else logit, exp),
        *_hidden(scene, exp),
        (f"{weight} = {exp} / Σ {exp}", "sheet_weight"),
    ]
    if scene.kind == "self_attention":
        return [*shares, (f"{words['output']} = Σ {weight} · v", "sheet_output")]
    bias = " + b" if scene.has_bias else ""
    factor = "query" if scene.is_dot_product else "w"
    how = {"gate": "_gate", "attention": ""}.get(scene.kind, "_query")
    steps = [(f"{logit} = x·{factor}{bias}", f"sheet_logit{how}{'_bias' * bool(bias)}")]
    if scene.has_tanh:
        steps.append((f"{score} = tanh({logit})", "sheet_tanh"))
    elif has_score(scene):
        steps.append((f"{score} = {logit} / √d", "sheet_scaled"))
    steps += shares
    if scene.kind == "gate":
        return [*steps, (f"{words['formula_output_gate']} = {weight} · x", "sheet_output_gate")]
    return [*steps, (f"{words['output']} = Σ {weight} · x", "sheet_output")]


def _power(scene: Scene, score: str, exp: str) -> tuple[str, str]:
    if is_plain_exp(scene):
        if scene.temperature == 1:
            return f"{exp} = e^({score})", "sheet_exp_plain"
        return f"{exp} = e^({score} / T)", "sheet_exp_plain_temperature"
    if scene.temperature == 1:
        return f"{exp} = e^({score} − max)", "sheet_exp"
    return f"{exp} = e^(({score} − max) / T)", "sheet_exp_temperature"


def _hidden(scene: Scene, exp: str) -> list[tuple[str, str]]:
    if all(scene.seen):
        return []
    if not any(scene.seen):
        return [(f"{exp} = 0", "sheet_nobody")]
    plain, gate = "_plain" * is_plain_exp(scene), "_gate" * (scene.kind == "gate")
    return [(f"{exp} = 0", f"sheet_hidden{plain}{gate}")]


def _written(number: float, key: str, words: Words) -> str:
    """A number of the table, whose key says what it is; exp as the page writes it."""
    if key == "sum" or key.startswith("exp-"):
        return written_exp(number, words["decimal_mark"])
    return written(number, words)


def _raised(text: str) -> Markup:
    """A text with its powers raised: `e^(s / T)` or `e^88.7`."""
    return Markup(POWER.sub(r"<sup>\1\2</sup>", str(escape(text))))


def _bold(text: str) -> Markup:
    """A lesson's text: `**so**` is bold, powers are raised, and nothing else is read."""
    return Markup(re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", str(_raised(text))))
