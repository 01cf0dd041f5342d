"""The scripts of the page: how they are joined, and how long a function is."""

from __future__ import annotations

import pytest
import tree_sitter_javascript
from tree_sitter import Language, Parser

from attention import scripts
from attention.scripts import modules, script

SCRIPTS = sorted(scripts.PAGE.rglob("*.js"))
LONGEST = 60  # lines of a function
FUNCTIONS = {
    "arrow_function",
    "function_declaration",
    "function_expression",
    "generator_function_declaration",
    "method_definition",
}


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A folder of modules in place of the page's: `house(a='import …')`."""
    monkeypatch.setattr(scripts, "PAGE", tmp_path)

    def write(**files: str) -> None:
        for name, text in files.items():
            (tmp_path / f"{name}.js").write_text(text, "utf-8")

    yield write
    modules.cache_clear()


def test_a_module_stands_after_what_it_imports_and_loses_its_marks(house):
    house(
        a='import { b } from "./b.js";\nexport function a() {\n  return b;\n}\n',
        b="export const b = 1;\n",
    )
    assert script("a.js") == ('"use strict";const b=1;function a(){return b;}')


def test_a_circle_of_imports_is_refused(house):
    house(
        a='import { b } from "./b.js";\nexport const a = 1;\n',
        b='import { a } from "./a.js";\nexport const b = 1;\n',
    )
    with pytest.raises(ValueError, match=r"in a circle; got a\.js → b\.js → a\.js"):
        script("a.js")


def test_two_modules_that_declare_the_same_name_are_refused(house):
    house(a='import { b } from "./b.js";\nconst c = b;\n', b="export const b = 1;\nconst c = 2;\n")
    with pytest.raises(ValueError, match=r"different names; got c in b\.js and a\.js"):
        script("a.js")


def test_so_are_names_that_one_line_declares_together(house):
    house(
        a='import { b } from "./b.js";\nconst [d, c] = [b, b];\n', b="export const [b, c] = [1];\n"
    )
    with pytest.raises(ValueError, match=r"different names; got c in b\.js and a\.js"):
        script("a.js")


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: str(file.relative_to(scripts.PAGE)))
def test_no_function_of_the_scripts_is_longer_than_a_screen(file):
    parser = Parser(Language(tree_sitter_javascript.language()))
    waiting, long = [parser.parse(file.read_bytes()).root_node], []
    while waiting:
        node = waiting.pop()
        waiting += node.children
        lines = node.end_point.row - node.start_point.row + 1
        if node.type in FUNCTIONS and lines > LONGEST:
            long.append((node.start_point.row + 1, lines))
    assert not long, "at which line, and how many lines"
