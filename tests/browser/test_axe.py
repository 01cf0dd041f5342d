"""No rule of axe-core is broken, on any tab, in any language."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from learning import open_task
from playing import fragment, go, open_all
from playwright.sync_api import Page, expect

from attention.texts import languages

TABS = ["play", "variations", "learn", "reading", "teach"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Gradio's own: the signs beside the words of its footer repeat them.
NOT_OURS = {"exclude": [["footer img"]]}


def broken(page: Page) -> list[str]:
    """What axe-core finds on the page as it stands: the rule, and where."""
    options = {
        "runOnly": {"type": "tag", "values": RULES},
        "rules": {"color-contrast": {"enabled": False}},  # slow: see test_looks.py
        "resultTypes": ["violations"],
    }
    found = Axe().run(page, NOT_OURS, options).response
    assert found["passes"], "axe-core has looked at nothing"
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


# The other languages have the same nodes; how they fill them is seen on one tab.
@pytest.mark.parametrize(
    ("tab", "lang"),
    [*((tab, languages()[0]) for tab in TABS), *(("play", lang) for lang in languages()[1:])],
)
def test_a_tab_breaks_no_rule(desk, tab, lang):
    if tab == "learn":
        open_task(desk, "numbers", lang=lang)
    else:
        go(desk, fragment(lang=lang, **({"tab": tab} if tab != "play" else {})))
    expect(desk.locator(f"#panel-{tab}")).to_be_visible()
    open_all(desk)
    assert broken(desk) == []  # in the dark see test_looks.py


@pytest.mark.parametrize("kind", ["gate", "dot_product"])  # the tab Play opens with another
def test_no_kind_of_table_with_a_notice_and_a_result_breaks_a_rule(desk, kind):
    go(desk, fragment(kind=kind, frog="1"))
    desk.get_by_test_id("x-0-0").press("End")
    desk.get_by_test_id("mask-1").uncheck()
    expect(desk.get_by_test_id("notices").get_by_role("listitem")).to_have_count(1)
    assert broken(desk) == []


def test_projector_and_dialog_break_no_rule(desk):
    go(desk, "#view=projector")
    assert broken(desk) == []
    go(desk)
    desk.get_by_test_id("share").click()
    expect(desk.get_by_test_id("share-link")).to_be_visible()
    assert broken(desk) == []
    desk.get_by_test_id("share-close").click()


def test_a_phone_breaks_no_rule(phone):
    phone.get_by_test_id("x-0-0").press("End")
    assert broken(phone) == []


def test_what_breaks_a_rule_is_found(blank_page):
    blank_page.set_content("<html lang='en'><main><h1>A</h1><button></button></main>")
    assert [one.partition(":")[0] for one in broken(blank_page)] == [
        "button-name",
        "document-title",
    ]
