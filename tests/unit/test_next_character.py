"""The next character: what the text is made of, and how it is cut into what is trained on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attention.training import prose
from attention.training.tasks import next_character as task

NEXT = task.NextCharacter()
LANGUAGES = pytest.mark.parametrize("lang", ["en", "ru"])

LESSON = """
[story]
en = "A story of **thirty** letters, and more."
ru = "Рассказ, в котором больше тридцати букв."
[[predict.choices]]
text.en = "Too short"
text.ru = "Коротко"
"""
WORDS = """
note = "What the page says when nothing is chosen"
filled = "Seen {count} of {all} letters by now"
"""
README = """# A heading of more than thirty characters

A paragraph with [a link](https://example.org) that goes
over two lines.

```python
print("code is not prose, however long it is")
```

| a table | is none either, however wide |
"""


def files(root, lesson=LESSON):
    assets = root / "assets"
    for folder in ("lessons", "text", "data"):
        (assets / folder).mkdir(parents=True)
    (assets / "lessons" / "01-first.toml").write_text(lesson, "utf-8")
    (assets / "reading.toml").write_text("", "utf-8")
    for lang in ("en", "ru"):
        (assets / "text" / f"{lang}.toml").write_text(WORDS, "utf-8")
        sentence = "good\tfine\tThe soup was fine from the first spoon.\n"
        (assets / "data" / f"sentences.{lang}.tsv").write_text(sentence, "utf-8")
    (root / "README.md").write_text(README, "utf-8")
    return root


def test_the_text_is_prose_without_code_tables_labels_and_what_the_page_fills_in(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(prose, "SELDOM", 1)
    assert prose.gather("en", files(tmp_path)).splitlines() == [
        "A story of thirty letters, and more.",
        "What the page says when nothing is chosen",
        "A paragraph with a link that goes over two lines.",
        "The soup was fine from the first spoon.",
    ]


def test_a_paragraph_with_a_character_that_is_seldom_is_left_out(tmp_path):
    lesson = LESSON.replace("thirty", "€ thirty")
    assert "€" in lesson and "€" not in prose.gather("en", files(tmp_path, lesson))


@LANGUAGES
def test_most_of_the_text_is_still_what_the_project_says(lang):
    kept = prose.text_file(lang).read_text("utf-8").splitlines()
    said = set(prose.gather(lang).splitlines())
    assert sum(line in said for line in kept) > len(kept) / 2, "gather it anew, and record again"


@LANGUAGES
def test_no_paragraph_is_both_trained_on_and_held_out(lang):
    trained, unseen = prose.paragraphs(lang), prose.paragraphs(lang, unseen=True)
    assert not set(trained) & set(unseen)
    assert len(unseen) == (len(trained) + len(unseen)) // prose.HELD_OUT_EVERY
    assert {*"".join(trained + unseen)} == set(prose.alphabet(lang))


@LANGUAGES
@pytest.mark.parametrize("unseen", [False, True])
def test_what_follows_each_character_of_a_window_is_its_answer(lang, unseen):
    x, y = task.windows(lang, unseen)
    assert x.shape == y.shape and x.shape[1] == task.LENGTH
    np.testing.assert_array_equal(x[:, 1:], y[:, :-1])
    text = "".join(prose.paragraphs(lang, unseen))
    assert (
        "".join(prose.alphabet(lang)[one] for one in [*x[1], y[1, -1]])
        == (text[task.STRIDE : task.STRIDE + task.LENGTH + 1])
    )


@given(st.text(st.sampled_from(prose.alphabet("ru"))))
def test_a_text_survives_being_numbers(text):
    numbers = task.encode(text, "ru")
    assert "".join(prose.alphabet("ru")[number] for number in numbers) == text


@LANGUAGES
def test_the_examples_are_the_beginnings_of_held_out_paragraphs(lang):
    examples = NEXT.examples(task.NextCharacterOptions(lang=lang))
    assert len(examples) >= 4
    for example in examples:
        (line,) = (
            one
            for one in prose.paragraphs(lang, unseen=True)
            if one.startswith("".join(example.steps))
        )
        assert task.written(line[len(example.steps)]) == example.truth


def test_the_page_shows_the_block_below_the_models_that_are_built_of_it_with_attention_marked():
    code, marked = NEXT.code(), NEXT.attention_in_code()
    assert "def block(" not in code["bigram"] and not marked["bigram"]
    for name in ("one_layer", "two_layers"):
        lines = code[name].splitlines()
        found = [lines[line] for line in marked[name]]
        assert [("MultiHeadAttention(" in line, "attention(" in line) for line in found] == [
            (True, False),
            (False, True),
        ]
