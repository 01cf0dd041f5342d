"""Wherever the page is put: behind a path, in a frame, without its server."""

from __future__ import annotations

from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx
import nginx
import pytest
from documents import ROOT, blocks
from playing import DESK, assert_agrees, drag, expect_done, read, requests_of, wait_until_ready
from playwright.sync_api import expect
from ports import free_port
from serving import serve

from attention.texts import texts
from attention.ui.page import build_page

DEPLOY = ROOT / "assets/deploy/README.md"
LIVE = "http://127.0.0.1:7860"  # as the documents have it


def assert_plays(page):
    before = assert_agrees(page)
    page.get_by_test_id("x-3-0").press("End")
    after = assert_agrees(page)
    assert after.sliders["x-3-0"] == 250
    assert after.numbers != before.numbers
    expect_done(page)


@contextmanager
def behind_nginx(location, to, folder):
    """Serve what is at `to` as a block of nginx's configuration says; yields where."""
    port = free_port()
    site = f"server {{ listen 127.0.0.1:{port}; {location.replace(LIVE, to)} }}"
    with nginx.running(folder, site, port):
        yield f"http://127.0.0.1:{port}"


@pytest.mark.parametrize("end", ["", "/"], ids=["kept", "cut off"])
def test_behind_a_path_it_plays_whether_the_proxy_keeps_the_path_or_cuts_it_off(
    open_page, tmp_path, end
):
    location = next(block.text for block in blocks(DEPLOY) if block.language == "nginx")
    location = location.replace(f"{LIVE};", f"{LIVE}{end};")
    demo = build_page()
    with (
        serve(demo, root_path="/attention") as url,
        behind_nginx(location, url, tmp_path) as outside,
    ):
        page = open_page("#lesson=fear&w=1,1,1", base=f"{outside}/attention")
        assert_plays(page)
        assert urlsplit(page.url).path == "/attention/"
        page.get_by_test_id("take-numpy").click()  # an answer of the server's
        expect(page.get_by_test_id("code")).to_contain_text("import numpy")
        page.goto(f"{outside}/attention/play#lesson=fear")
        wait_until_ready(page)
        assert_plays(page)
        without_slash = httpx.get(f"{url}/attention?lang=ru")
        assert without_slash.status_code == 307
        assert without_slash.headers["location"] == "attention/?lang=ru"


def test_no_other_host_is_asked_for_anything_and_nothing_of_a_table_is_kept(open_page, address):
    page = open_page()
    with requests_of(page) as asked:
        page.reload()
        wait_until_ready(page)
        drag(page, "x-3-0", 0.9)
        page.get_by_test_id("lang-ru").click()
        page.get_by_test_id("lesson").select_option("love")
        page.wait_for_load_state("networkidle")
    assert len(asked) > 3
    assert not [url for url in asked if not url.startswith((address, "data:", "blob:"))]
    kept = page.evaluate("Object.keys(localStorage).filter((key) => /lesson|scene/.test(key))")
    assert kept == []


@pytest.mark.parametrize("sandbox", ["allow-scripts allow-same-origin", "allow-scripts"])
def test_in_a_frame_it_plays(browser, sandbox):
    # A frame without an origin of its own asks as "null"; Gradio lets that in on any public host,
    # and on this machine only when told to.
    with serve(build_page(), strict_cors=False) as url:
        page = browser.new_context(viewport=DESK, locale="en-US").new_page()
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.set_content(
            f'<iframe sandbox="{sandbox}" src="{url}/#lesson=fear" width="1200" height="800">'
        )
        frame = page.frame_locator("iframe")
        wait_until_ready(frame)
        assert_plays(page.frames[1])
        page.wait_for_timeout(400)  # the address is written when the hand rests
        page.context.close()
        assert errors == []


def test_it_goes_on_when_the_server_is_gone_says_that_it_is_silent_and_works_when_it_is_back(
    open_page,
):
    demo, port = build_page(), free_port()
    with serve(demo, server_port=port) as url:
        page = open_page("#lesson=fear", base=url)
    assert_plays(page)
    page.get_by_test_id("kind").select_option("gate")
    page.get_by_test_id("lang-ru").click()
    drag(page, "w-0-1", 0.9)
    played = assert_agrees(page).scene()
    numpy = page.get_by_test_id("take-numpy")
    numpy.click()
    expect(page.get_by_text(texts()["ru"]["server_silent"])).to_be_visible()
    with serve(demo, server_port=port):
        numpy.click()
        expect(page.get_by_test_id("code")).to_contain_text("import numpy")
    assert read(page).scene() == played
