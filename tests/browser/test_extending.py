"""What the documents say of the next lesson, language, variation and task: added as files only.

The documents' own examples are written into a copy of the project. The copy keeps every promise
that is there, and shows what was added.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

import pytest
from documents import ROOT, example_files
from playwright.sync_api import expect
from ports import free_port

from attention.lessons import load_lessons
from attention.training.tasks import TASKS
from attention.variations import VARIATIONS

# The tests that cannot see what was added: of the core, the server, the scripts and some tasks.
BLIND = """core* scripts hostile* crowd guard no_files api endpoints job_queue warming figures
    colours shares objective scene lesson_claims numbers_* loud_second without_recurrence
    demand""".split()
QUICK = ["tests/unit", *(f"--ignore-glob=*/unit/test_{name}.py" for name in BLIND)]
QUICK += ["tests/layers/test_task_models.py", "tests/layers/test_variations_in_keras.py"]
SHOWN = """
import json
from attention.ui.playground import Playground
given = Playground(render=False).script.given
print(json.dumps({name: list(given[name]) for name in ("lessons", "texts")} | {
    "variations": [one["name"] for one in given["variations"]],
    "tasks": [one["name"] for one in given["tasks"]],
    "title": given["texts"]["de"]["task_largest_title"],
}))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with four things more, and without this test."""
    folder = tmp_path_factory.mktemp("extended")
    listed = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True)
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file() and name != "tests/browser/test_extending.py":
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
    for name, text in example_files().items():
        assert not (folder / name).exists(), f"{name} is there already"
        (folder / name).write_text(text, "utf-8")
    for command in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *command], cwd=folder, check=True)
    return folder


def run(folder: Path, *command: str) -> str:
    """What a command prints, in that folder; if it fails, the test does."""
    done = subprocess.run([sys.executable, *command], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    return done.stdout


def test_a_lesson_a_language_a_variation_and_a_task_are_shown_with_their_files_alone(copy):
    shown = json.loads(run(copy, "-c", SHOWN))
    assert shown["lessons"] == [*load_lessons()[0], "voices"]
    assert shown["texts"] == ["en", "de", "ru"]
    assert shown["variations"] == [*VARIATIONS, "near"]
    assert shown["tasks"] == [*TASKS, "largest"]
    assert shown["title"] == "The largest digit", "what a language does not say is English"


@pytest.fixture(scope="module")
def served(copy) -> Iterator[str]:
    """Where the copy's page is served."""
    port = free_port()
    env = os.environ | {"GRADIO_SERVER_PORT": str(port)}
    process = subprocess.Popen(
        [sys.executable, "app.py"],
        cwd=copy,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        while process.poll() is None:
            with suppress(OSError):
                urlopen(url).close()
                break
            time.sleep(0.1)
        yield url
    finally:
        process.kill()
        process.wait()


def test_a_reader_finds_them_on_the_page(served, open_page):
    page = open_page("#lesson=voices", base=served)
    expect(page.get_by_test_id("lesson-story")).to_contain_text("The louder voice")
    page.get_by_test_id("lang-de").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.get_by_test_id("tab-variations").click()
    expect(page.get_by_test_id("variation-near").get_by_role("heading").first).to_have_text("Near")
    expect(page.get_by_test_id("picture-near")).to_be_visible()
    page = open_page("#tab=learn&task=largest&epochs=1", base=served)
    task = page.get_by_test_id("task-largest")
    expect(task).to_contain_text("A network sees eight digits.")
    expect(task).to_contain_text("No recording comes with this task")
    task.get_by_test_id("learn-train").click()
    expect(task.get_by_test_id("look-attention")).to_contain_text("sure", timeout=90_000)


def test_with_them_the_suite_stays_green(copy):
    run(copy, "-m", "pytest", "-p", "no:cacheprovider", *QUICK)
