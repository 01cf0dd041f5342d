"""No rule of axe-core is broken, on any tab, in any language; contrast in the dark too."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from effort import many
from learning import open_task
from playing import TABS, dark, fragment, go, notices, open_all
from playwright.sync_api import Page, expect

from attention.texts import languages

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Gradio's own: the signs beside the words of its footer repeat them.
NOT_OURS = {"exclude": [["footer img"]]}


def broken(page: Page, *, contrast: bool = False) -> list[str]:
    """What axe-core finds on the page as it stands: the rule, and where; contrast is slow."""
    rules = {"type": "rule", "values": ["color-contrast"]}
    options = {
        "runOnly": rules if contrast else {"type": "tag", "values": TAGS},
        "rules": {"color-contrast": {"enabled": contrast}},
        "resultTypes": ["violations"],
    }
    found = Axe().run(page, NOT_OURS, options).response
    assert found["passes"], "axe-core has looked at nothing"
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def show(page: Page, tab: str, lang: str = languages()[0]) -> None:
    """All that a tab has, opened."""
    if tab == "learn":
        open_task(page, "numbers", lang=lang)
    else:
        go(page, fragment(lang=lang, tab=tab, frog="1"))
    expect(page.locator(f"#panel-{tab}")).to_be_visible()
    open_all(page)


# The other languages have the same nodes; how they fill them is seen on one tab.
@pytest.mark.parametrize(
    ("tab", "lang"),
    [*((tab, languages()[0]) for tab in TABS), *(("play", lang) for lang in languages()[1:])],
)
def test_a_tab_breaks_no_rule(desk, tab, lang):
    show(desk, tab, lang)
    assert broken(desk) == []


@pytest.mark.parametrize("kind", ["gate", "dot_product"])  # the tab Play opens with another
def test_no_kind_of_table_with_a_notice_and_a_result_breaks_a_rule(desk, kind):
    go(desk, fragment(kind=kind, frog="1"))
    desk.get_by_test_id("x-0-0").press("End")
    desk.get_by_test_id("mask-1").uncheck()
    expect(notices(desk)).to_have_count(1)
    assert broken(desk) == []


def test_projector_dialog_and_phone_break_no_rule(desk, phone):
    phone.get_by_test_id("x-0-0").press("End")
    assert broken(phone) == []
    go(desk, "#view=projector")
    assert broken(desk) == []
    go(desk)
    desk.get_by_test_id("share").click()
    expect(desk.get_by_test_id("share-link")).to_be_visible()
    assert broken(desk) == []
    desk.get_by_test_id("share-close").click()


@pytest.mark.parametrize("in_the_dark", [False, True])
def test_every_text_can_be_read(desk, in_the_dark):
    tabs = TABS[in_the_dark * many(1, 0) :: many(2, 1)]  # all colours: unit/test_colours.py
    with dark(desk, in_the_dark):
        for tab in tabs:
            show(desk, tab)
            assert broken(desk, contrast=True) == [], tab
        ground = desk.evaluate("getComputedStyle(document.body).backgroundColor").strip("rgb()")
        assert (max(map(int, ground.split(", ")[:3])) < 60) == in_the_dark


def test_what_breaks_a_rule_is_found(blank_page):
    blank_page.set_content("<html lang='en'><main><h1>A</h1><button></button><p>Ghosts</p></main>")
    assert [one.partition(":")[0] for one in broken(blank_page)] == [
        "button-name",
        "document-title",
    ]
    assert broken(blank_page, contrast=True) == []
    blank_page.add_style_tag(content="p { color: #999; background: white; }")
    assert len(broken(blank_page, contrast=True)) == 1
