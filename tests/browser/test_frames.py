"""Wherever the page is put: behind a path, in a frame, without its server."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx
import pytest
import uvicorn
from playing import DESK, assert_agrees, drag, expect_done, read, requests_of, wait_until_ready
from playwright.sync_api import expect
from ports import free_port
from serving import serve
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route

from attention.texts import texts
from attention.ui.page import build_page


def assert_plays(page):
    before = assert_agrees(page)
    page.get_by_test_id("x-3-0").press("End")
    after = assert_agrees(page)
    assert after.sliders["x-3-0"] == 250
    assert after.numbers != before.numbers
    expect_done(page)


@contextmanager
def reverse_proxy(to, path):
    """Serve what is at `to` under a path, and nothing else, as nginx would."""
    client = httpx.AsyncClient(base_url=to, timeout=None)

    async def forward(request: Request) -> StreamingResponse:
        target = httpx.URL(path="/" + request.path_params["rest"], query=request.url.query.encode())
        headers = [(k, v) for k, v in request.headers.raw if k not in (b"host", b"connection")]
        asked = client.build_request(
            request.method, target, headers=headers, content=await request.body()
        )
        answer = await client.send(asked, stream=True)
        return StreamingResponse(
            answer.aiter_raw(),
            status_code=answer.status_code,
            headers={k: v for k, v in answer.headers.items() if k != "transfer-encoding"},
            background=BackgroundTask(answer.aclose),
        )

    route = Route(path + "{rest:path}", forward, methods=["GET", "HEAD", "POST"])
    server = uvicorn.Server(
        uvicorn.Config(Starlette(routes=[route]), port=0, log_level="critical", loop="asyncio")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            thread.join(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}{path}".rstrip("/")
    finally:
        server.should_exit = server.force_exit = True
        thread.join()


def test_behind_a_path_it_plays(open_page):
    demo = build_page()
    with serve(demo, root_path="/learn") as url, reverse_proxy(url, "/learn/") as outside:
        page = open_page("#lesson=fear&w=1,1,1", base=outside)
        assert_plays(page)
        assert urlsplit(page.url).path == "/learn/"


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
