"""Both languages have every text, and use every one."""

from __future__ import annotations

import re

from attention.texts import ASSETS, languages, texts
from attention.ui.playground import SCRIPTS, script


def blanks(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_english_comes_first():
    assert languages() == ("en", "ru")


def test_every_language_has_the_same_texts_with_the_same_blanks():
    english = texts()["en"]
    for language, others in texts().items():
        assert list(others) == list(english), language
        for key, text in others.items():
            assert text.strip(), (language, key)
            assert blanks(text) == blanks(english[key]), (language, key)


def test_russian_texts_are_russian_and_english_ones_are_not():
    same_in_both = {"x_number", "product", "product_query", "activation_tanh", "formula_exp"}
    for key, text in texts()["ru"].items():
        words = re.sub(r"\{\w+\}", "", text)
        assert bool(re.search("[а-яё]", words, re.I)) != (
            key in same_in_both or not re.search(r"\w{2}", words)
        ), key
    for key, text in texts()["en"].items():
        assert not re.search("[а-яё]", text, re.I), key


def test_no_text_is_left_over():
    parts = sorted((ASSETS.parent / "attention").rglob("*.py"))
    code = script(*SCRIPTS) + "".join(part.read_text("utf-8") for part in parts)
    families = set(re.findall(r"[`\"]((?:[a-z]+_)+)\$?\{", code))  # text(`tab_${name}`)
    families |= {"kind_", "activation_"}  # text(`${key}_${value}`) in the toolbar
    for key in texts()["en"]:
        by_member = any(
            key.startswith(family) and re.search(rf"\b{key.removeprefix(family)}\b", code)
            for family in families
        )
        assert by_member or re.search(rf"[\"'.]{key}\b", code), key


def test_russian_is_written_with_its_own_signs():
    for key, text in texts()["ru"].items():
        assert not re.search(r"(?<!\w)-\d", text), f"{key}: «−» for minus"
        assert '"' not in text, f"{key}: «ёлочки»"
