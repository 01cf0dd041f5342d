"""A page is given to others: by a link, by a code for their phones, within another page."""

from __future__ import annotations

import html
import io
import re

import pytest
import zxingcpp
from PIL import Image
from playing import DESK, address_at_rest, drag, fragment, go
from playwright.sync_api import expect

from attention.texts import texts
from attention.ui.qr_code import MOST_BYTES, code_of, qr_code

ASKED = re.compile("component_server")
FRAMES = ["iframe", "notebook"]


def opened(page):
    page.get_by_test_id("share").click()
    return page.get_by_test_id("share-dialog")


def read_code(page):
    """What a phone would read off the screen."""
    picture = page.get_by_test_id("share-qr").screenshot()
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    return code.text


@pytest.mark.parametrize("dark", [False, True])
def test_link_and_code_are_the_address_of_what_stands_on_the_table(desk, dark):
    desk.evaluate("(dark) => document.body.classList.toggle('dark', dark)", dark)
    try:
        drag(desk, "x-3-0", 0.8)
        address_at_rest(desk)
        dialog = opened(desk)
        expect(desk.get_by_test_id("share-link")).to_have_value(desk.url)
        assert "#x=" in read_code(desk)
        assert read_code(desk) == desk.url
        expect(desk.get_by_test_id("share-own")).to_be_hidden()
        desk.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(desk.get_by_test_id("share")).to_be_focused()
    finally:
        desk.evaluate("document.body.classList.remove('dark')")


def test_the_link_is_copied(desk):
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    go(desk, "#lesson=love")
    opened(desk)
    desk.get_by_test_id("share-copy").click()
    expect(desk.get_by_text(texts()["en"]["copied"])).to_be_visible()
    assert desk.evaluate("navigator.clipboard.readText()") == desk.url
    desk.get_by_test_id("share-close").click()


def test_nothing_is_asked_before_the_dialog_is_open(desk):
    asked = []
    desk.on("request", lambda request: asked.append(request.url))
    drag(desk, "x-3-0", 0.4)
    address_at_rest(desk)
    assert not [url for url in asked if ASKED.search(url)]
    opened(desk)
    desk.get_by_test_id("share-qr").wait_for()
    assert len([url for url in asked if ASKED.search(url)]) == 1
    desk.keyboard.press("Escape")


def test_a_link_too_long_for_a_code_is_still_a_link(desk):
    go(desk, fragment(rows=",".join(["ж" * 40] * 16)))
    opened(desk)
    expect(desk.get_by_test_id("share-said")).to_contain_text(f"at most {MOST_BYTES}")
    expect(desk.get_by_test_id("share-qr")).to_have_count(0)
    expect(desk.get_by_test_id("share-link")).to_have_value(re.compile("rows=(%D0%B6){40},"))
    desk.keyboard.press("Escape")


def test_without_the_server_there_is_a_link_and_a_reason(desk):
    desk.route(ASKED, lambda route: route.abort())
    try:
        opened(desk)
        expect(desk.get_by_test_id("share-said")).to_have_text(texts()["en"]["server_silent"])
        expect(desk.get_by_test_id("share-link")).to_have_value(desk.url)
        expect(desk.get_by_test_id("share-copy")).to_be_enabled()
        desk.keyboard.press("Escape")
    finally:
        desk.unroute(ASKED)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "", "h" * 50_000, 7, None])
def test_no_code_is_drawn_of_anything_but_an_address(address):
    assert set(qr_code({"address": address})) == {"error"}


def test_a_code_holds_what_it_promises_to_hold():
    start = "https://a.b/#"
    full = start + "é" * ((MOST_BYTES - len(start)) // 2)
    assert len(code_of(full)) == 177
    assert qr_code({"address": full + "é"})["error"]["key"] == "refused_code_long"


def test_a_course_page_and_a_notebook_show_the_same_page(desk, blank_page):
    go(desk, "#rows=%22a%22,b%3Cc,d%26e,f&tab=teach")
    line = desk.get_by_test_id("embed-iframe").inner_text()
    cell = desk.get_by_test_id("embed-notebook").inner_text()
    address = desk.evaluate("location.href").replace("&tab=teach", "&hide=share,projector")
    assert html.unescape(re.search('src="([^"]*)"', line)[1]) == address
    found = blank_page.evaluate(
        """(line) => {
            const frames = new DOMParser().parseFromString(line, "text/html").body.children;
            return [frames.length, frames[0].getAttribute("src"), frames[0].title,
                    frames[0].getAttribute("loading"), frames[0].getAttribute("width")];
        }""",
        line,
    )
    assert found == [1, address, texts()["en"]["page_title"], "lazy", "100%"]
    called = {}
    exec(cell.replace("from IPython.display import IFrame", ""), {"IFrame": called_with(called)})
    assert called == {"src": address, "width": "100%", "height": 900}


def called_with(called):
    def record(src, width, height):
        called.update(src=src, width=width, height=height)

    return record


def test_a_teacher_may_leave_the_buttons_for_teachers_in_another_page(desk):
    go(desk, "#tab=teach")
    line = desk.get_by_test_id("embed-iframe")
    expect(line).to_contain_text("#hide=share,projector")
    desk.get_by_test_id("embed-plain").uncheck()
    expect(line).not_to_contain_text("hide=")


def test_what_is_between_a_frame_and_its_host_is_given_to_nobody_else(desk):
    path, hash = "/?a=1&__theme=dark&__sign=secret", "#lesson=love&tab=teach"
    try:
        go(desk, hash, path=path)
        opened(desk)
        given = [desk.get_by_test_id(f"{name}-link").input_value() for name in ("share", "hide")]
        given += [desk.get_by_test_id(f"embed-{name}").inner_text() for name in FRAMES]
        given.append(read_code(desk))
        desk.keyboard.press("Escape")
        for text in given:
            assert "?a=1#lesson=love" in text
        address_at_rest(desk)
        assert desk.url.endswith(path + hash), "it can be loaded again"
    finally:
        desk.evaluate("history.replaceState(history.state, '', '/')")


OUTER = """<script>got = []; onmessage = ({{ data }}) => got.push(data);</script>
<iframe src="{address}/?a=1&__sign=secret#lesson=love" width="1200" height="800"></iframe>"""


@pytest.fixture
def outer_page(browser):
    """A page in which any host may show one of this machine."""
    leave = ["local-network-access"]  # or else a reader would be asked for it
    page = browser.new_context(viewport=DESK, locale="en-US", permissions=leave).new_page()
    yield page
    page.context.close()


def told_outside(page, address, outer):
    """What the page around this one, at another host, is told while one plays."""
    body = OUTER.format(address=address)
    page.route(
        f"https://{outer}/**", lambda route: route.fulfill(content_type="text/html", body=body)
    )
    page.goto(f"https://{outer}/spaces/a/b", wait_until="commit")
    inner = page.frame_locator("iframe")
    inner.locator("table[data-ready='true']").wait_for()
    inner.get_by_test_id("x-1-0").press("End")
    page.wait_for_timeout(400)  # the address is written when the hand rests
    return [one for one in page.evaluate("got") if isinstance(one, dict) and "hash" in one]


def test_only_a_space_is_told_of_the_address(outer_page, address):
    told = told_outside(outer_page, address, "huggingface.co")
    assert told[-1]["hash"].startswith("#lesson=love&x=")
    assert told[-1]["queryString"] == "a=1"
    assert told_outside(outer_page, address, "example.org") == []
