"""What somebody finds who opens the page for the first time."""


def test_the_page_opens_with_the_ghosts(open_page):
    page = open_page()
    assert page.get_by_role("heading", name="Ghosts: fear −100").is_visible()
    assert "never met one" in page.get_by_test_id("lesson-story").inner_text()
    assert page.get_by_test_id("challenge").get_attribute("data-done") == "false"
    assert page.get_by_role("slider", name="bias of ghost 👻").input_value() == "-100"
