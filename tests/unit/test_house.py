"""The house keeps its walls: who imports whom, and what stands where."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from attention.scripts import IMPORT, modules, script

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "attention").rglob("*.py"))
# Who stands on whom, lowest first; a module may import what stands before it.
ORDER = [
    "checks",
    "core",
    "numbers",
    "texts",
    "errors",
    "scene",
    "objective",
    "precision",
    "scripts",
    "late_scripts",
    "layers_file",
    "layers",
    "warming",
    "fairness",
    "training",
    "lessons",
    "packing",
    "address",
    "reading",
    "variations",
    "figures",
    "classroom",
    "export",
    "ui",
]


def imports(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_point_one_way(file):
    part = file.relative_to(ROOT / "attention").parts[0].removesuffix(".py")
    own = {name.split(".")[1] for name in imports(file) if name.startswith("attention.")} & set(
        ORDER
    )
    allowed = ["checks", "core"] if part == "__init__" else ORDER[: ORDER.index(part) + 1]
    assert own <= set(allowed), f"{part} may import {allowed}"
    outside = {name.split(".")[0] for name in imports(file)}
    assert "gradio" not in outside or part == "ui", "only ui/ and app.py know Gradio"
    knows_keras = part in ("layers", "training")
    assert not outside & {"keras", "tensorflow"} or knows_keras, "only layers/ and training/ do"


def test_the_page_starts_without_tensorflow_and_matplotlib():
    heavy = {"tensorflow", "keras", "matplotlib"}
    code = f"import sys, app; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_top_level_holds_what_the_design_names():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    top = {line.split("/")[0] for line in listed.splitlines() if not line.startswith(".")}
    assert top <= {
        "app.py",
        "attention",
        "assets",
        "tests",
        "requirements.txt",
        "README.md",
        "LICENSE",
    }


def test_nothing_is_loaded_from_another_host():
    for file in (ROOT / "assets").rglob("*"):
        if file.suffix in {".js", ".css", ".toml"}:
            text = file.read_text("utf-8")
            if file.name == "outer-page.js":  # whom it tells of the address; it loads nothing
                text = text.replace('"https://huggingface.co"', "", 1)
            if file.name == "reading.toml":  # where a reader goes by a link; see test_reading.py
                text = re.sub(r'^url = "https://[^"]+"$', "", text, flags=re.M)
            assert not re.search(r"https?://", text), file.name


def test_no_script_reads_html():
    for file in (ROOT / "assets").rglob("*.js"):
        found = re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b",
            file.read_text("utf-8"),
        )
        assert not found, (file.name, found)


def test_the_twins_have_the_same_functions_in_the_same_order():
    python = re.findall(r"^def (\w+)", (ROOT / "attention/core.py").read_text("utf-8"), re.M)
    browser = re.findall(
        r"^(?:export )?function (\w+)",
        (ROOT / "assets/page/core/attention.js").read_text("utf-8"),
        re.M,
    )
    assert browser == [name.lstrip("_") for name in python][: len(browser)]


# Of the page: what a room may import from, besides itself. The top puts the rooms together.
PAGE = ROOT / "assets/page"
BELOW = {"core": (), "state": ("core",), "ui": ("core", "state")}
ROOMS = sorted(folder.name for folder in PAGE.iterdir() if folder.is_dir())


@pytest.mark.parametrize("room", ROOMS)
def test_no_room_of_the_page_imports_from_another(room):
    allowed = {room, *BELOW.get(room, BELOW)}
    for file in (PAGE / room).glob("*.js"):
        imported = [
            (file.parent / path).resolve() for path in IMPORT.findall(file.read_text("utf-8"))
        ]
        found = {path.relative_to(PAGE).parts[0] for path in imported}
        assert found <= allowed, f"{room}/{file.name} may import from {sorted(allowed)}"


def test_the_core_of_the_page_knows_no_browser():
    # A key of an object may be called so: it reaches nothing.
    browser = r"\b(?:document|window|location|navigator|localStorage|fetch|HTML\w*Element)\b(?!:)"
    for file in (PAGE / "core").glob("*.js"):
        code = re.sub(r"/\*.*?\*/|//[^\n]*", "", file.read_text("utf-8"), flags=re.DOTALL)
        assert not re.search(browser, code), file.name


def test_the_ui_reaches_no_scene():
    for file in (PAGE / "ui").glob("*.js"):
        reached = {one.relative_to(PAGE).as_posix() for one in modules(str(file))}
        assert not reached & {"core/scene.js", "core/attention.js"}, file.name


def test_every_script_says_what_it_imports_or_exports():
    marks = re.compile(r"^(import|export) ", re.M)
    alone = {file.name for file in PAGE.rglob("*.js") if not marks.search(file.read_text("utf-8"))}
    assert alone <= {"fallback.js"}, "it is served as it stands"


def test_an_event_that_is_not_in_the_list_is_an_error(blank_page):
    body = """
        const said = [];
        for (const act of [() => emit("opend"), () => on("opend"), () => listen({ opend() {} })])
            try { act(); } catch (error) { said.push(error.message); }
        return said;"""
    said = blank_page.evaluate("(body) => new Function(body)()", script("state/events.js") + body)
    assert [re.sub("one of .*;", "…;", one) for one in said] == [
        "an event must be …; got opend"
    ] * 3


def test_a_line_of_text_is_styled_one_property_at_a_time():
    at_once = re.compile(r"text-decoration: *\w[\w-]* [^;]*;")  # which Safari takes for nothing
    for file in (ROOT / "assets").rglob("*.css"):
        assert not at_once.findall(file.read_text("utf-8")), file.name
