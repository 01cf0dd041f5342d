"""Dashes, minus signs, quotes and spaces in all that is said."""

from __future__ import annotations

import re

import numpy as np
import pytest
from documents import ROOT

from attention.figures import difference_map, heat_map, stage_figure
from attention.lessons import load_lessons
from attention.reading import load_reading
from attention.scene import Scene
from attention.texts import say, texts, typeset
from attention.ui import gallery

SPACE = "\N{NO-BREAK SPACE}"
WRONG = {
    "a hyphen for a dash": r" - ",
    "an en dash between words": r" – ",
    "a hyphen for a minus": r"(?<![\w/.\[])-\d",
    "a straight quote": r'"',
    "three full stops": r"\.\.\.",
    "a number against its %": r"\d%",
    "a caret for a power of ten": r"10\^",
    "a program's power of ten": r"\d[eE][-−+]?\d",
}
# Words that Russian writes with “ё”.
YO = (
    r"\b(?:еще|ее|нее|свое|мое|твое|идет|найдет|дает|берет|ведет|пойдет|придет|счет|расчет|"
    r"все (?:же|равно|это))\b"
)
# What the documents say, without code, links and addresses.
NOT_PROSE = re.compile(r"---\n.*?\n---\n|```.*?```|`[^`]*`|\]\([^)]*\)|https?://\S+|<[^>]*>", re.S)


def told():
    """Every text, by where it stands, in each language."""
    for lang, words in texts().items():
        for key, text in words.items():
            if not key.startswith("rule_toml"):  # which speak of signs
                yield lang, key, text
    for name, lesson in load_lessons()[0].items():
        page = lesson.for_page(name)
        parts = [page["title"], page["story"], page["challenge"]["text"], page["seen"]]
        parts += [page["article"], *([page["predict"]["text"]] if page["predict"] else [])]
        for part in parts:
            for lang, text in (part or {}).items():
                yield lang, name, text
    for entry in load_reading():
        for lang, text in entry.for_page()["why"].items():
            yield lang, entry.title, text
    for one in gallery.for_page():
        for part in ("title", "idea"):
            for lang, text in one[part].items():
                yield lang, one["name"], text


TOLD = list(told())


@pytest.mark.parametrize(("name", "pattern"), WRONG.items(), ids=WRONG)
def test_no_text_has(name, pattern):
    assert not [(where, text) for _, where, text in TOLD if re.search(pattern, text)]


def test_no_line_begins_with_a_dash_or_a_unit():
    assert not [(where, text) for _, where, text in TOLD if re.search(r"\S —|\d %|§ \d", text)]


def test_english_has_true_apostrophes():
    assert not [text for lang, _, text in TOLD if lang == "en" and re.search(r"\w'\w", text)]


def test_russian_has_a_decimal_comma_and_its_letter_yo():
    sections = (
        r"(?:§|раздел\w*|приложени\w*)\s*[A-Z\d][\d.]*(?:(?:,| и)\s[\d.]+)*"
        r"|SCORM 1\.2|\[\w.*?\]|0\.5|\d\d\.\d\d\.\d{4}"  # what one types; days
    )
    russian = [(where, re.sub(sections, "", text)) for lang, where, text in TOLD if lang == "ru"]
    assert not [one for one in russian if re.search(r"\d\.\d", one[1])]
    assert not [one for one in russian if re.search(YO, one[1], re.I)]


@pytest.mark.parametrize("file", ["README.md", "assets/README.md", "assets/README.ru.md"])
def test_a_document_has_none_of_it_either(file):
    prose = NOT_PROSE.sub("", (ROOT / file).read_text("utf-8"))
    prose = re.sub(r"(?m)^\s*[-|].*?(?=\w)", "", prose)  # lists and tables
    wrong = [WRONG[name] for name in WRONG if name != "a program's power of ten"]
    if not file.endswith(".ru.md"):
        wrong.remove(WRONG["a straight quote"])
        wrong.remove(WRONG["an en dash between words"])
    for pattern in wrong:
        assert not re.findall(f".*{pattern}.*", prose), pattern
    if file.endswith(".ru.md"):
        assert not re.findall(rf".*{YO}.*", prose, re.I)


def test_the_spaces_are_put_there_when_a_text_is_loaded_and_change_no_name():
    assert typeset("Тон — это 0,5 с, 40 Гц, § 3 и в 10 %") == (
        f"Тон{SPACE}— это 0,5{SPACE}с, 40{SPACE}Гц, §{SPACE}3 и{SPACE}в{SPACE}10{SPACE}%"
    )
    assert typeset({"rows": ["a — b"]}) == {"rows": ["a — b"]}


def test_an_error_of_the_server_writes_its_numbers_as_its_reader_does():
    values = {"key": "x", "low": -1.5, "high": 2000, "came": 0.25, "used": 1}
    told = {"key": "notice_range", "values": values}
    assert "−1.5" in say(told) and "2,000" in say(told)
    russian = say(told, "ru")
    assert "−1,5" in russian and f"2{SPACE}000" in russian and "0,25" in russian


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_picture_has_the_decimal_mark_of_its_language(written, lang):
    words = texts()[lang]
    other = {"en": r"\d,\d", "ru": r"\d\.\d"}[lang]
    axes = {"row_axis": "q", "column_axis": "k", "decimal_mark": words["decimal_mark"]}
    names = ["a", "b"]
    scene = Scene(
        rows=names, columns=["f", "g"], x=[[0.5, -1.25], [2, 0.1]], w=[0.5, 1], temperature=0.7
    )
    heat_map(np.array([[0.25, 0.75], [0.5, 0.5]]), names, names, **axes)
    difference_map(np.array([[-0.25, 0.75], [0.5, 0.5]]), names, names, **axes)
    stage_figure(scene, words)
    said = [box[4] for box in written]
    assert any(words["decimal_mark"] in text for text in said)
    assert not [text for text in said if re.search(other, text) or re.search(r"-\d|\de\d", text)]
