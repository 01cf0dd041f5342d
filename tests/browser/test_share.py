"""A page is given to others: by a link, by a code for their phones, within another page."""

from __future__ import annotations

import html
import io
import re
from contextlib import contextmanager

import pytest
import zxingcpp
from engines import let_copy, pasted
from PIL import Image
from playing import (
    DESK,
    address_at_rest,
    dark,
    drag,
    fragment,
    go,
    requests_of,
    silent_server,
    wait_until_ready,
)
from playwright.sync_api import expect

from attention.texts import texts
from attention.ui.qr_code import MOST_BYTES

FRAMES = ["iframe", "notebook"]


@contextmanager
def opened(page):
    """The dialog."""
    page.get_by_test_id("share").click()
    expect(page.get_by_test_id("share-link")).to_be_visible()
    yield
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("share-dialog")).to_be_hidden()
    expect(page.get_by_test_id("share")).to_be_focused()


def read_code(page):
    """What a phone would read off the screen."""
    picture = page.get_by_test_id("share-qr").screenshot()
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    return code.text


@pytest.mark.every_engine
@pytest.mark.parametrize("in_the_dark", [False, True])
def test_link_and_code_are_the_address_of_what_stands_on_the_table(desk, in_the_dark):
    let_copy(desk)
    with dark(desk, in_the_dark):
        with requests_of(desk) as asked:
            drag(desk, "x-3-0", 0.8)
            address_at_rest(desk)
        assert asked == [], "nothing is asked before the dialog is open"
        with opened(desk):
            expect(desk.get_by_test_id("share-link")).to_have_value(desk.url)
            assert "#x=" in read_code(desk)
            assert read_code(desk) == desk.url
            expect(desk.get_by_test_id("share-own")).to_be_hidden()
            desk.get_by_test_id("share-copy").click()
            expect(desk.get_by_text(texts()["en"]["copied"])).to_be_visible()
            assert pasted(desk) == desk.url


def test_where_there_can_be_no_code_there_is_a_link_and_a_reason(desk):
    said, code = desk.get_by_test_id("share-said"), desk.get_by_test_id("share-qr")
    with silent_server(desk), opened(desk):
        expect(said).to_have_text(texts()["en"]["server_silent"])
        expect(desk.get_by_test_id("share-link")).to_have_value(desk.url)
        expect(desk.get_by_test_id("share-copy")).to_be_enabled()
    go(desk, fragment(rows=",".join(["ж" * 40] * 16)))
    with opened(desk):
        expect(said).to_contain_text(f"at most {MOST_BYTES}")
        expect(code).to_have_count(0)
        expect(desk.get_by_test_id("share-link")).to_have_value(re.compile("rows=(%D0%B6){40},"))


def test_a_course_page_and_a_notebook_show_the_same_page(desk, blank_page):
    go(desk, "#rows=%22a%22,b%3Cc,d%26e,f&tab=teach")
    line = desk.get_by_test_id("embed-iframe").inner_text()
    cell = desk.get_by_test_id("embed-notebook").inner_text()
    address = desk.evaluate("location.href").replace("&tab=teach", "&hide=share,projector")
    assert html.unescape(re.search('src="([^"]*)"', line)[1]) == address
    found = blank_page.evaluate(
        """(line) => {
            const frames = new DOMParser().parseFromString(line, "text/html").body.children;
            const attributes = ["src", "title", "loading", "width"];
            return [frames.length, ...attributes.map((name) => frames[0].getAttribute(name))];
        }""",
        line,
    )
    assert found == [1, address, texts()["en"]["page_title"], "lazy", "100%"]
    called = []
    frame = lambda src, width, height: called.extend([src, width, height])  # noqa: E731
    exec(cell.replace("from IPython.display import IFrame", ""), {"IFrame": frame})
    assert called == [address, "100%", 900]
    desk.get_by_test_id("embed-plain").uncheck()  # the buttons for teachers stay
    expect(desk.get_by_test_id("embed-iframe")).not_to_contain_text("hide=")


def test_what_is_between_a_frame_and_its_host_is_given_to_nobody_else(desk):
    path, hash = "/?a=1&__theme=dark&__sign=secret", "#lesson=love&tab=teach"
    try:
        go(desk, hash, path=path)
        with opened(desk):
            given = [
                desk.get_by_test_id(f"{name}-link").input_value() for name in ("share", "hide")
            ]
            given += [desk.get_by_test_id(f"embed-{name}").inner_text() for name in FRAMES]
            given.append(read_code(desk))
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
    wait_until_ready(inner)
    inner.get_by_test_id("x-1-0").press("End")
    page.wait_for_timeout(400)  # the address is written when the hand rests
    return [one for one in page.evaluate("got") if isinstance(one, dict) and "hash" in one]


@pytest.mark.every_engine
def test_only_a_space_is_told_of_the_address(outer_page, address):
    told = told_outside(outer_page, address, "huggingface.co")
    assert told[-1]["hash"].startswith("#lesson=love&x=")
    assert told[-1]["queryString"] == "a=1"
    assert told_outside(outer_page, address, "example.org") == []
