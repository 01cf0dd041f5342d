"""What a class was asked and how it answered, as a table to take along. Nobody is in it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from attention.numbers import readable_number
from attention.scene import Model
from attention.texts import texts

# How a text begins that a spreadsheet would compute, not show, whatever invisible stands before.
FORMULA = re.compile(r"[\t\r]|[\W_]*?[=+\-@＝＋－＠]")
NEAR = 5  # per cent; as good as the true share (assets/page/core/prediction.js)
MARK = "﻿"  # by which a spreadsheet knows UTF-8

Words = dict[str, str]  # by language


class Asked(Model):
    """One lesson's question and its rounds.

    Attributes:
        lesson: its name.
        title: of the lesson.
        question: the same as the page asks.
        choices: what could be chosen; without: a share was drawn, in per cent.
        right: which choice is right, or the true share in per cent.
        rounds: how many gave each answer, before the class talked about it and after.
    """

    lesson: str
    title: Words
    question: Words
    choices: tuple[Words, ...]
    right: float
    rounds: tuple[dict[int, int], ...]

    def answers(self) -> list[int]:
        """Those that there may be; of drawn ones, those that were given."""
        if self.choices:
            return list(range(len(self.choices)))
        return sorted({answer for counts in self.rounds for answer in counts})

    def is_right(self, answer: int) -> bool:
        """Whether it is the right one, or near enough.

        >>> drawn = Asked(lesson="", title={}, question={}, choices=(), right=63.9, rounds=())
        >>> drawn.is_right(59), drawn.is_right(58)
        (True, False)
        """
        return abs(answer - self.right) <= (0 if self.choices else NEAR + 1e-9)

    def share_right(self, round: int) -> float | None:
        """Of the answers of a round, from 0; None: there was no answer."""
        counts = self.rounds[round]
        if not any(counts.values()):
            return None
        right = sum(count for answer, count in counts.items() if self.is_right(answer))
        return right / sum(counts.values())

    def written(self, answer: float, lang: str) -> str:
        """An answer as one reads it."""
        if self.choices:
            return in_language(self.choices[round(answer)], lang)
        return f"{readable_number(round(answer, 1), texts()[lang]['decimal_mark'])}\u00a0%"


def summary_csv(asked: Sequence[Asked], joined: int, lang: str) -> bytes:
    """A row an answer that could be given; CSV in UTF-8, as spreadsheets open it.

    Args:
        asked: what was asked, in that order.
        joined: how many were in the class.
        lang: of its words.
    """
    file = io.StringIO()
    write = csv.writer(file).writerow
    words = texts()[lang]
    columns = ("lesson", "question", "round", "answer", "count", "right", "answered", "joined")
    write([words[f"class_column_{name}"] for name in columns])
    for one in asked:
        title, question = in_language(one.title, lang), in_language(one.question, lang)
        for number, counts in enumerate(one.rounds, start=1):
            for answer in one.answers():
                said = one.written(answer, lang)
                right = words["class_yes" if one.is_right(answer) else "class_no"]
                given = [number, _harmless(said), counts.get(answer, 0), right]
                total = sum(counts.values())
                write([_harmless(title), _harmless(question), *given, total, joined])
    return (MARK + file.getvalue()).encode()


def in_language(words: Words, lang: str) -> str:
    """In this language, or else in the first that there is; `**so**` is bold on the page alone."""
    return words.get(lang, next(iter(words.values()), "")).replace("**", "")


def _harmless(text: str) -> str:
    """A text of a lesson's file, which a spreadsheet shows and does not compute.

    >>> _harmless("=HYPERLINK(1)"), _harmless("fear")
    ("'=HYPERLINK(1)", 'fear')
    """
    return f"'{text}" if FORMULA.match(text) else text
