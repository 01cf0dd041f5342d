"""What a class was asked and how it answered, as a picture for a slide or a wall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, isqrt

import numpy as np
from matplotlib.colors import to_rgba

from attention.classroom.summary import NEAR, Asked, in_language
from attention.figures.letters import clean, shorten, width_of
from attention.figures.rows import colours
from attention.figures.saving import save
from attention.figures.sheet import LIGHT, Sheet
from attention.texts import texts

MOST_PANELS = 36  # six by six; all else is in the table
EDGE, GAP, INSIDE = 28, 16, 16  # around the picture, between panels, around what is in one
WIDTH, ALONE = 430, 720  # of a panel; of the only one
HEAD, TITLE, TEXT, SMALL = 20, 15.5, 12.5, 11  # letters
LINE = 18
BEFORE, AFTER = 5, 11  # how high the bar of the round before is, and that of the last
BETWEEN = 8  # after the bars of a choice
NUMBER = 78  # after the longest bar
FEW_CHOICES = 6  # of more, each has its bars beside it
LABEL = 0.4  # of the width, for a choice beside its bars
PALE = 0.4  # what is of the round before
QUESTION_LINES, CHOICE_LINES = 3, 2  # at most
BINS = 20  # of drawn shares, from 0 to 100 %
HISTOGRAM, AXIS = 60, 22  # high; under it


def summary_picture(asked: Sequence[Asked], joined: int, lang: str) -> bytes:
    """A panel a question, about as many beside each other as below. PNG.

    Args:
        asked: what was asked, in that order.
        joined: how many were in the class.
        lang: of its words.
    """
    panels = [_Panel(one, lang, ALONE if len(asked) == 1 else WIDTH) for one in asked[:MOST_PANELS]]
    columns = isqrt(max(len(panels), 1) - 1) + 1
    rows = [panels[start : start + columns] for start in range(0, len(panels), columns)]
    heights = [max(panel.height for panel in row) for row in rows]
    top = EDGE + 2 * LINE + 22
    wide = max(sum(panel.width + GAP for panel in rows[0]) - GAP, ALONE) if rows else ALONE
    sheet = Sheet(wide + 2 * EDGE, top + sum(heights) + GAP * len(rows) + EDGE - GAP, "white")
    _head(sheet, asked, joined, lang)
    y = float(top)
    for row, height in zip(rows, heights, strict=True):
        for column, panel in enumerate(row):
            panel.draw(sheet, EDGE + column * (panel.width + GAP), y, height)
        y += height + GAP
    return save(sheet.done(), "png")


def _head(sheet: Sheet, asked: Sequence[Asked], joined: int, lang: str) -> None:
    words = texts()[lang]
    sheet.write(EDGE, EDGE + 6, words["class_picture_title"], HEAD, LIGHT.text, "left")
    about = words["class_picture_about"].format(joined=joined, asked=len(asked))
    if len(asked) > MOST_PANELS:
        about += " · " + words["class_picture_first"].format(most=MOST_PANELS)
    sheet.write(EDGE, EDGE + 34, about, TEXT, LIGHT.faint, "left")


@dataclass
class _Panel:
    """A question: what was asked, its answers, and how many were right.

    Attributes:
        one: what was asked. lang: of the words. width: of the panel.
    """

    one: Asked
    lang: str
    width: float

    def __post_init__(self) -> None:
        one, self._inside = self.one, self.width - 2 * INSIDE
        self._question = _lines(in_language(one.question, self.lang), self._inside, QUESTION_LINES)
        self._is_many = len(one.choices) > FEW_CHOICES
        self._choices = [self._choice(choice) for choice in range(len(one.choices))]
        self._bars = AFTER if len(one.rounds) < 2 else BEFORE + 1 + AFTER
        self._pitches = [
            LINE + 2 if self._is_many else LINE * len(lines) + self._bars + BETWEEN
            for lines in self._choices
        ]
        line = LINE + HISTOGRAM
        answers = sum(self._pitches) if one.choices else len(one.rounds) * line + AXIS
        self.height = 2 * INSIDE + LINE * (len(self._question) + 2) + 20 + answers

    def _choice(self, choice: int) -> list[str]:
        said = in_language(self.one.choices[choice], self.lang)
        if self.one.is_right(choice):
            said = f"✓ {texts()[self.lang]['class_right']}: {said}"
        if self._is_many:
            return [shorten(said, TEXT, LABEL * self._inside - 10)]
        return _lines(said, self._inside, CHOICE_LINES)

    def draw(self, sheet: Sheet, x: float, y: float, height: float) -> None:
        """The panel with its upper left corner at (x, y), as high as its neighbours."""
        sheet.rectangles(np.array([[x, y]]), np.array([self.width, height]), colours()["raised"])
        x, y = x + INSIDE, y + INSIDE
        title = shorten(in_language(self.one.title, self.lang), TITLE, self._inside)
        sheet.write(x, y + LINE / 2, title, TITLE, LIGHT.text, "left")
        y += LINE + 4
        for line in self._question:
            sheet.write(x, y + LINE / 2, line, TEXT, LIGHT.faint, "left")
            y += LINE
        y += 8
        y = self._draw_choices(sheet, x, y) if self.one.choices else self._draw_drawn(sheet, x, y)
        sheet.write(x, y + 4 + LINE / 2, self._outcome(), TEXT, LIGHT.text, "left")

    def _draw_choices(self, sheet: Sheet, x: float, y: float) -> float:
        """Choices with a bar a round -> where they end."""
        for choice, (lines, pitch) in enumerate(zip(self._choices, self._pitches, strict=True)):
            is_right = self.one.is_right(choice)
            for at, line in enumerate(lines):
                colour = colours()["good"] if is_right else LIGHT.text
                sheet.write(x, y + at * LINE + LINE / 2, line, TEXT, colour, "left")
            if self._is_many:
                start = LABEL * self._inside
                self._draw_bars(sheet, choice, x + start, y + (LINE - self._bars) / 2, start)
            else:
                self._draw_bars(sheet, choice, x, y + LINE * len(lines), 0)
            y += pitch
        return y

    def _draw_bars(self, sheet: Sheet, choice: int, x: float, y: float, start: float) -> None:
        """start: how much of the width is taken."""
        fill = colours()["good" if self.one.is_right(choice) else "w"]
        longest = self._inside - start - NUMBER
        shares = [_share(counts, choice) for counts in self.one.rounds]
        long = [max(share * longest, 1.5) for share in shares]
        if len(shares) > 1:
            pale = to_rgba(fill, PALE)
            sheet.rectangles(np.array([[x, y]]), np.array([long[0], BEFORE]), pale)
            y += BEFORE + 1
        sheet.rectangles(np.array([[x, y]]), np.array([long[-1], AFTER]), fill)
        written = " → ".join(map(whole_percent, shares))
        number = f"{written} · {self.one.rounds[-1].get(choice, 0)}"
        end = x + (max(long) if len(shares) > 1 else long[-1]) + 7
        end = min(end, x - start + self._inside - width_of(number, SMALL))
        sheet.write(end, y + AFTER / 2, number, SMALL, LIGHT.faint, "left")

    def _draw_drawn(self, sheet: Sheet, x: float, y: float) -> float:
        """Drawn shares, a histogram a round over one axis -> where they end."""
        words, good = texts()[self.lang], colours()["good"]
        bins = [_binned(counts) for counts in self.one.rounds]
        most = max(1.0, *(float(one.max()) for one in bins))
        side = self._inside / BINS
        true = x + self._inside * self.one.right / 100
        low, high = (min(max(self.one.right + away, 0), 100) for away in (-NEAR, NEAR))
        for round, one in enumerate(bins):
            is_last = round == len(bins) - 1
            name = f"{words['class_after' if is_last else 'class_before']} · "
            count = words["class_round_answers"].format(
                answered=sum(self.one.rounds[round].values())
            )
            said = (name if len(bins) > 1 else "") + count
            # Where the true share is not.
            at, align = (x, "left") if self.one.right >= 50 else (x + self._inside, "right")
            sheet.write(at, y + LINE / 2, said, SMALL, LIGHT.faint, align)  # type: ignore[arg-type]
            foot = y + LINE + HISTOGRAM
            near = np.array([[x + self._inside * low / 100, y + LINE]])
            size = np.array([self._inside * (high - low) / 100, HISTOGRAM])
            sheet.rectangles(near, size, to_rgba(good, 0.14))
            tall = one / most * HISTOGRAM
            corners = np.stack([x + side * np.arange(BINS) + 1, foot - tall], axis=1)
            fill = to_rgba(colours()["w"], 1 if is_last else PALE)
            sheet.rectangles(corners, np.stack([np.full(BINS, side - 2), tall], axis=1), fill)
            ends = np.array([[x, foot], [x + self._inside, foot]])
            sheet.lines(ends[:1], ends[1:], LIGHT.faint)
            sheet.lines(np.array([[true, y + LINE]]), np.array([[true, foot]]), good, 2)
            y = foot
        self._write_axis(sheet, x, y, true)
        return y + AXIS

    def _write_axis(self, sheet: Sheet, x: float, y: float, true: float) -> None:
        for share, align in ((0, "left"), (50, "center"), (100, "right")):
            at = x + self._inside * share / 100
            sheet.write(at, y + 10, f"{share}\N{NO-BREAK SPACE}%", SMALL, LIGHT.faint, align)  # type: ignore[arg-type]
        right = texts()[self.lang]["class_right"]
        said = f"✓ {right}: {self.one.written(self.one.right, self.lang)}"
        top = y - len(self.one.rounds) * (LINE + HISTOGRAM)
        half = width_of(clean(said), SMALL) / 2
        at = min(max(true, x + half), x + self._inside - half)
        sheet.write(at, top + LINE / 2, said, SMALL, colours()["good"], "center")

    def _outcome(self) -> str:
        """How many were right before, and after."""
        words = texts()[self.lang]
        shares = [self.one.share_right(round) for round in range(len(self.one.rounds))]
        if all(share is None for share in shares):
            return words["class_no_answers"]
        written = ["–" if share is None else whole_percent(share) for share in shares]
        what = words["class_outcome_right" if self.one.choices else "class_outcome_near"]
        if len(written) == 1:
            return words["class_outcome"].format(what=what, share=written[0])
        before, after = written
        return words["class_outcome_rounds"].format(what=what, before=before, after=after)


def whole_percent(share: float) -> str:
    """A share of 1 as the page writes it.

    >>> whole_percent(0.125).replace("\N{NO-BREAK SPACE}", "_")
    '13_%'
    """
    return f"{floor(100 * share + 0.5)}\N{NO-BREAK SPACE}%"


def _share(counts: dict[int, int], answer: int) -> float:
    total = sum(counts.values())
    return counts.get(answer, 0) / total if total else 0.0


def _binned(counts: dict[int, int]) -> np.ndarray:
    """How many shares are in each bin; 100 % belongs to the last."""
    bins = np.zeros(BINS)
    for answer, count in counts.items():
        bins[min(answer * BINS // 100, BINS - 1)] += count
    return bins


def _lines(text: str, width: float, most: int) -> list[str]:
    """A text in lines that fit; what is more than there may be is cut."""
    lines = [""]
    for word in clean(text).split():
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer, TEXT) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [shorten(line, TEXT, width) for line in lines]
