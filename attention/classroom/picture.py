"""What a class was asked and how it answered, as a picture for a slide or a wall."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.colors import to_rgba

from attention.classroom.summary import Asked, in_language
from attention.figures.letters import clean, shorten, width_of
from attention.figures.rows import colours
from attention.figures.saving import save
from attention.figures.sheet import LIGHT, Sheet
from attention.texts import texts

WIDTH, EDGE, GAP = 960, 28, 26  # of the picture, around it, between questions
COLUMNS = 2
TITLE, TEXT, SMALL = 16, 12.5, 11  # letters
LINE = 18
BAR, BETWEEN = 11, 9  # high; after the bars of an answer
NUMBER = 74  # after the longest bar
PALE = 0.4  # the bar of the round before
MOST_LINES = 3  # of a question
BINS = 20  # of drawn shares, from 0 to 100 %
HISTOGRAM = 70  # high


def summary_picture(asked: Sequence[Asked], joined: int, lang: str) -> bytes:
    """A panel a question: its answers before the class talked about it, and after. PNG.

    Args:
        asked: what was asked, in that order.
        joined: how many were in the class.
        lang: of its words.
    """
    width = (WIDTH - 2 * EDGE - (COLUMNS - 1) * GAP) / COLUMNS
    heights = [_height(one, lang, width) for one in asked]
    rows = [max(heights[start : start + COLUMNS]) for start in range(0, len(heights), COLUMNS)]
    top = EDGE + 2 * LINE + 14
    sheet = Sheet(WIDTH, top + sum(rows) + GAP * len(rows) + EDGE - 8, "white")
    words = texts()[lang]
    sheet.write(EDGE, EDGE + 6, words["class_picture_title"], 20, LIGHT.text, "left")
    about = words["class_picture_about"].format(joined=joined, asked=len(asked))
    sheet.write(EDGE, EDGE + 6 + 26, about, TEXT, LIGHT.faint, "left")
    for place, one in enumerate(asked):
        row, column = divmod(place, COLUMNS)
        y = top + sum(rows[:row]) + GAP * row
        _panel(sheet, one, lang, EDGE + column * (width + GAP), y, width)
    return save(sheet.done(), "png")


def _height(one: Asked, lang: str, width: float) -> float:
    lines = len(_lines(in_language(one.question, lang), width))
    body = HISTOGRAM + 2.4 * LINE if not one.choices else len(one.choices) * _pitch(one)
    return LINE * (lines + 1) + 12 + body * (len(one.rounds) if not one.choices else 1) + LINE


def _pitch(one: Asked) -> float:
    """From one choice to the next."""
    return LINE + len(one.rounds) * (BAR + 2) + BETWEEN


def _panel(sheet: Sheet, one: Asked, lang: str, x: float, y: float, width: float) -> None:
    title = shorten(in_language(one.title, lang), TITLE, width)
    sheet.write(x, y + LINE / 2, title, TITLE, LIGHT.text, "left")
    y += LINE + 4
    for line in _lines(in_language(one.question, lang), width):
        sheet.write(x, y + LINE / 2, line, TEXT, LIGHT.faint, "left")
        y += LINE
    y += 8
    y = (_bars if one.choices else _histograms)(sheet, one, lang, x, y, width)
    sheet.write(x, y + LINE / 2, _outcome(one, lang), TEXT, LIGHT.text, "left")


def _bars(sheet: Sheet, one: Asked, lang: str, x: float, y: float, width: float) -> float:
    """Choices with a bar a round -> where they end."""
    words, known = texts()[lang], colours()
    for choice, said in enumerate(one.choices):
        is_right = one.is_right(choice)
        mark = f"✓ {words['class_right']}: " if is_right else ""
        name = shorten(mark + in_language(said, lang), TEXT, width)
        colour = known["good"] if is_right else LIGHT.text
        sheet.write(x, y + LINE / 2, name, TEXT, colour, "left")
        for round, counts in enumerate(one.rounds):
            count, total = counts.get(choice, 0), sum(counts.values())
            share = count / total if total else 0
            at = y + LINE + round * (BAR + 2)
            fill = known["good"] if is_right else known["w"]
            is_last = round == len(one.rounds) - 1
            long = max(share * (width - NUMBER), 1.5)
            pale = to_rgba(fill, 1 if is_last else PALE)
            sheet.rectangles(np.array([[x, at]]), np.array([long, BAR]), pale)
            number = f"{whole_percent(share)} · {count}"
            sheet.write(x + long + 7, at + BAR / 2, number, SMALL, LIGHT.faint, "left")
        y += _pitch(one)
    return y


def _histograms(sheet: Sheet, one: Asked, lang: str, x: float, y: float, width: float) -> float:
    """Drawn shares in bins of five per cent, a histogram a round -> where they end."""
    known, mark = colours(), texts()[lang]
    for counts in one.rounds:
        bins = np.zeros(BINS)
        for answer, count in counts.items():
            bins[min(answer * BINS // 100, BINS - 1)] += count
        side = width / BINS
        foot = y + HISTOGRAM
        high = bins / max(bins.max(), 1) * (HISTOGRAM - 14)
        corners = np.stack([x + side * np.arange(BINS) + 1, foot - high], axis=1)
        sizes = np.stack([np.full(BINS, side - 2), high], axis=1)
        sheet.rectangles(corners, sizes, known["w"])
        ends = np.array([[x, foot], [x + width, foot]])
        sheet.lines(ends[:1], ends[1:], LIGHT.faint)
        for share in (0, 50, 100):
            align = {0: "left", 50: "center", 100: "right"}[share]
            at = x + width * share / 100
            sheet.write(at, foot + 10, f"{share}\u00a0%", SMALL, LIGHT.faint, align)  # type: ignore[arg-type]
        true = x + width * one.right / 100
        sheet.lines(np.array([[true, y]]), np.array([[true, foot]]), known["good"], 2)
        said = f"{mark['class_right']} ✓ {one.written(one.right, lang)}"
        align = "left" if one.right < 50 else "right"
        away = 6 if one.right < 50 else -6
        sheet.write(true + away, y + 6, said, SMALL, known["good"], align, halo="white")  # type: ignore[arg-type]
        y = foot + 2.4 * LINE
    return y - LINE


def _outcome(one: Asked, lang: str) -> str:
    """How many were right before, and after."""
    words = texts()[lang]
    shares = [one.share_right(round) for round in range(len(one.rounds))]
    if all(share is None for share in shares):
        return words["class_no_answers"]
    written = ["–" if share is None else whole_percent(share) for share in shares]
    what = words["class_outcome_right" if one.choices else "class_outcome_near"]
    if len(written) == 1:
        return words["class_outcome"].format(what=what, share=written[0])
    before, after = written
    return words["class_outcome_rounds"].format(what=what, before=before, after=after)


def whole_percent(share: float) -> str:
    """A share of 1 as the page writes it.

    >>> whole_percent(0.125).replace("\N{NO-BREAK SPACE}", "_")
    '13_%'
    """
    return f"{int(100 * share + 0.5)}\N{NO-BREAK SPACE}%"


def _lines(text: str, width: float) -> list[str]:
    """A text in lines that fit; what is more than there may be is cut."""
    lines = [""]
    for word in clean(text).split():
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer, TEXT) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], " ".join(lines[MOST_LINES - 1 :])]
    return [shorten(line, TEXT, width) for line in lines]
