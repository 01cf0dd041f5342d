"""The page's script is a file of its own, which a browser may keep for good."""

from __future__ import annotations

import gzip
import re

import httpx
import pytest

from attention.late_scripts import parts
from attention.lessons import load_lessons
from attention.scripts import PAGE, as_written
from attention.ui.page_script import LATE_TEXTS


@pytest.fixture(scope="module")
def client(address):
    with httpx.Client(base_url=address, timeout=20) as client:
        yield client


@pytest.fixture(scope="module")
def path(client):
    """Where the page says that its script is."""
    (path,) = set(re.findall(r"page/[0-9a-f]+\.js", client.get("/").text))
    return path


def test_the_page_asks_for_its_script_before_gradio_has_started(client, path):
    head = client.get("/").text.partition("</head>")[0]
    assert head.index(f'<link rel="modulepreload" href="{path}">') < head.index('type="module"')


def test_the_script_brings_the_lessons_and_is_kept_for_good(client, path):
    answer = client.get(path)
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert "export const start" in answer.text
    assert all(f'\\"{name}\\"' in answer.text for name in load_lessons()[0])


def test_the_script_travels_packed_to_whoever_can_unpack(client, path):
    with client.stream("GET", path, headers={"accept-encoding": "gzip"}) as packed:
        sent = b"".join(packed.iter_raw())
    plain = client.get(path, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(sent) == plain.content
    assert len(sent) < len(plain.content) / 2


@pytest.mark.parametrize("name", ["0" * 16 + ".js", "gradio.js", "..%2fapp.py", ""])
def test_no_other_file_is_beside_it(client, name):
    assert client.get(f"/page/{name}").status_code == 404


def test_no_script_says_what_comes_later_with_another():
    page = parts("gradio.js")
    bringers = {file: None for file in page.first}
    for asked, files in page.late.items():
        bringers |= dict.fromkeys(files, asked.relative_to(PAGE).as_posix())
    said = [
        (file, re.sub(r"\$\{[^}]*\}", "any", key))
        for file in bringers
        for key in re.findall(r'\btext\(\s*["`]([^"`]+)', as_written(file))
    ]
    assert ("panel.js", "learn_tasks") in {(file.name, key) for file, key in said}
    for file, key in said:
        brought = next((by for by, one in LATE_TEXTS.items() if one.match(key)), None)
        assert brought in (None, bringers[file]), f"{key} in {file.name}"
