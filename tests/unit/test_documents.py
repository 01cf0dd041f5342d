"""The documents tell the truth: their code runs, and what they name exists."""

from __future__ import annotations

import doctest
import importlib.util
import json
import re
import shlex
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.request import urlopen

import nginx
import pytest
import yaml
from documents import ROOT, blocks, documents
from pseudo import CODE, third_language

from attention import layers
from attention.address import url_table
from attention.lessons import Lesson, load_lessons
from attention.reading import load_reading
from attention.training import growth
from attention.training.recording import FOLDER, load
from attention.training.tasks import TASKS
from attention.ui import gallery
from attention.ui.guard import LARGEST_BODY
from attention.variations import VARIATIONS

README, RUSSIAN = ROOT / "README.md", ROOT / "assets/README.ru.md"
LESSONS = ROOT / "assets/lessons/README.md"
LIVE = "http://127.0.0.1:7860"
COMPLETE = {"toml": tomllib.loads, "python": lambda text: compile(text, "a file", "exec")}
PATH = re.compile(r"[\w-][\w./-]*(?:/|\.(?:py|js|toml|css|md|conf|tsv|json))")


def name(document: Path) -> str:
    return str(document.relative_to(ROOT))


def run_python(code: str, names: dict, where: str) -> None:
    """Run it; where it is a session (`>>>`), compare what it answers."""
    if not code.startswith(">>>"):
        exec(compile(code, where, "exec"), names)
        return
    session = doctest.DocTestParser().get_doctest(code, names, where, where, 0)
    session.globs = names  # not a copy: what it sets is there for the next block
    runner = doctest.DocTestRunner()
    assert runner.run(session, clear_globs=False).failed == 0


def check_commands(commands: str) -> None:
    """What a command runs has to be there; what it asks the page for has to come."""
    event = ""  # the number that a call has been given
    for command in commands.replace("\\\n", " ").splitlines():
        words = shlex.split(command.replace("EVENT_ID", event), comments=True)
        assert words, "a line without a command"
        if "-d" in words:
            event = json.loads(subprocess.check_output([*words, "--silent"]))["event_id"]
            continue
        for program, argument in pairwise(words):
            if program == "-m":
                assert argument == "venv" or importlib.util.find_spec(argument), command
            elif program.endswith(("python", "python3")) and not argument.startswith("-"):
                assert (ROOT / argument).exists(), command
            elif program in ("-f", "-r"):
                assert (ROOT / argument).exists(), command
        for url in (word for word in words if word.startswith("http")):
            with urlopen(url) as answer:
                assert answer.status == 200, command


def assert_nginx_reads(site: str, folder: Path) -> None:
    subprocess.run([*nginx.command(folder, site), "-t", "-q"], check=True)


@pytest.mark.parametrize("document", documents(), ids=name)
def test_its_code_runs(document, tmp_path, monkeypatch, request):
    """Block after block, as in a notebook, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    names: dict = {}
    for block in blocks(document):
        text = block.text
        if LIVE in text:
            text = text.replace(LIVE, request.getfixturevalue("address"))
        if block.path:
            COMPLETE[block.language](text)
        elif block.language == "python":
            run_python(text, names, f"{name(document)}:{block.line}")
        elif block.language == "bash":
            check_commands(text)
        elif block.language == "nginx":
            assert_nginx_reads(f"server {{ {text} }}", tmp_path)
        else:
            assert block.language == "toml", f"no test runs a block of {block.language!r}"
            tomllib.loads(text)


@cache
def file_names() -> set[str]:
    """The bare names of all files: a document of figures says `core.py` and no more."""
    return {file.name for part in ("attention", "tests") for file in (ROOT / part).rglob("*.py")}


@pytest.mark.parametrize("document", documents(), ids=name)
def test_every_file_that_it_names_is_there(document):
    text = document.read_text("utf-8")
    links = re.findall(r"\]\(([^)\s]+)\)|^\[\w+\]: (\S+)$", text, re.MULTILINE)
    for link in (one or other for one, other in links):
        assert link.startswith("https://") or (document.parent / link).exists(), link
    prose = re.sub(r"```.*?```|\[[^\]]*\]\(", "", text, flags=re.DOTALL)
    for path in re.findall(r"`([^`\s]+)`", prose):
        if PATH.fullmatch(path):
            places = [document.parent / path, ROOT / path]
            assert any(place.exists() for place in places) or path in file_names(), path


# The README


def test_the_space_runs_the_pinned_gradio_with_settings_that_hugging_face_takes():
    settings = yaml.safe_load(README.read_text("utf-8").split("---")[1])
    requirements = (ROOT / "requirements.txt").read_text("utf-8")
    assert settings["sdk"] == "gradio"
    assert f"gradio=={settings['sdk_version']}\n" in requirements
    assert settings["python_version"] in {"3.11", "3.12", "3.13"}
    assert (ROOT / settings["app_file"]).exists()
    assert settings["license"] == "mit" and "MIT License" in (ROOT / "LICENSE").read_text("utf-8")
    assert len(settings["short_description"]) <= 60
    colours = {"red", "yellow", "green", "blue", "indigo", "purple", "pink", "gray"}
    assert {settings["colorFrom"], settings["colorTo"]} <= colours


@pytest.mark.parametrize("document", [README, RUSSIAN], ids=name)
def test_the_two_commands_are_there_and_the_readme_is_one_screen(document):
    run, test = [b.text.strip() for b in blocks(document) if b.language == "bash"][:2]
    assert run.endswith(".venv/bin/python app.py") and "-r requirements.txt" in run
    assert test == "python3 tests/run.py"
    assert test in (ROOT / ".ci/run").read_text("utf-8")
    assert document == RUSSIAN or len(document.read_text("utf-8").splitlines()) < 150


# What there is. More may be added without a word here, so these are the documents' own lists.


def listed(path: str, start: str) -> Iterator[str]:
    """The names in a table of a document, whose head starts so, without its head."""
    text = (ROOT / path).read_text("utf-8")
    (table,) = re.findall(rf"^\| {start} \|.*\n\|.*\n((?:\|.*\n)+)", text, re.MULTILINE)
    for row in table.splitlines():
        first, second, *_ = row.strip("|").split("|")
        yield from re.findall(r"`([\w-]+)`", first) or re.findall(r"`([\w-]+)`", second)


@pytest.mark.parametrize(
    ("table", "there", "counted"),
    [
        (("assets/lessons/README.md", "level"), load_lessons()[0], "[lessons]"),
        (("attention/README.md", "who asks"), VARIATIONS, "kinds of [attention]"),
        (("attention/training/README.md", "task"), TASKS, "[tasks]"),
        (("attention/layers/README.md", "layer"), layers.__all__, ""),
        (("assets/README.ru.md", "слой"), layers.__all__, ""),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_it_lists_is_there_and_counted_in_the_readme(table, there, counted):
    names = list(listed(*table))
    assert set(names) <= set(there) and len(names) == len(set(names))
    if counted:
        assert f" {len(names)} {counted}" in README.read_text("utf-8").replace("\n", " ")
    else:
        assert len(names) == len(there)


@pytest.mark.parametrize("task", [*listed("attention/training/README.md", "task")])
def test_the_figures_of_a_task_are_those_of_its_recordings(task):
    text = (ROOT / "attention/training/README.md").read_text("utf-8")
    (row,) = re.findall(rf"^\| `{task}` \|.*$", text, re.MULTILINE)
    for point in growth.growth(growth.load(growth.FOLDER / f"{task}.json")):
        assert re.search(rf"\b{100 * point['score']:.0f}\b", row), point
    for options in [] if "medians" in row else TASKS[task].recordings():
        epochs = load(FOLDER / f"{TASKS[task].file_name(options)}.json").epochs
        for model, score in {epoch.model: epoch.score for epoch in epochs}.items():  # the last
            assert re.search(rf"\b{100 * score:.0f}\b", row), (model, options)


@pytest.mark.parametrize("document", [ROOT / "assets/page/README.md", RUSSIAN], ids=name)
def test_every_key_of_the_address_is_named(document):
    named = set(re.findall(r"`(\w+)", document.read_text("utf-8")))
    for row in url_table().keys:  # the rules of the others are said to be like those of w
        assert {row.key, re.sub("^(b|query|wq|wk)_", "w_", row.key)} & named, row.key


# Examples


def test_what_a_lesson_may_add_fits_its_example():
    whole, parts = (tomllib.loads(block.text) for block in blocks(LESSONS))
    lesson = Lesson.model_validate(whole | parts)
    assert lesson.training and lesson.fixed_cells


def test_what_a_language_may_say_of_lessons_variations_and_reading_is_said(tmp_path):
    _, example = blocks(ROOT / "assets/text/README.md")
    words = tomllib.loads(example.text)
    with third_language(tmp_path, example.text):
        fear = load_lessons()[0]["fear"].for_page("fear")
        dot = next(one for one in gallery.for_page() if one["name"] == "dot")
        why = {entry.title: entry.for_page()["why"][CODE] for entry in load_reading()}
    told = words["lessons"]["fear"]
    assert fear["rows"][CODE] == told["rows"] and fear["title"][CODE] == told["title"]
    assert fear["predict"]["text"][CODE] == told["predict"]["text"]
    assert dot["title"][CODE] == words["variations"]["dot"]["title"]
    assert words["reading"].items() <= why.items()


# Deployment


def test_the_container_gets_all_that_the_app_needs():
    commands = (ROOT / "assets/deploy/Dockerfile").read_text("utf-8")
    copies = re.findall(r"^COPY (.+) \S+$", commands, re.MULTILINE)
    copied = {source for sources in copies for source in sources.split()}
    assert copied == {"requirements.txt", "app.py", "attention", "assets"}
    assert 'CMD ["python", "app.py"]' in commands and "EXPOSE 7860" in commands


def test_nginx_leads_to_the_copies_of_the_document(tmp_path):
    file = ROOT / "assets/deploy/nginx.conf"
    text = file.read_text("utf-8")
    document = file.with_name("README.md").read_text("utf-8")
    ports = set(re.findall(r"GRADIO_SERVER_PORT=(\d+)", document))
    assert set(re.findall(r"server 127\.0\.0\.1:(\d+)", text)) == ports == {"7861", "7862"}
    copies = re.findall(r" (\w+);", text.partition("\nupstream")[0])
    assert set(copies) == set(re.findall(r"upstream (\w+) \{", text))
    assert f"client_max_body_size {LARGEST_BODY // 2**20}m;" in text
    assert_nginx_reads(text, tmp_path)
