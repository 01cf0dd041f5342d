"""The playground as a component of somebody's own app: scenes go in and come out."""

import time

import gradio as gr
import pytest
from playing import assert_agrees, drag, go, read, rename, type_number
from playwright.sync_api import expect
from serving import serve

from attention.scene import Scene
from attention.ui.playground import Playground

SCENES = {
    "attention": Scene(
        rows=["a", "b"], columns=["f", "g"], x=[[1, -2], [3, 0.25]], w=[0.5, 1], b=[0, -1],
        mask=[True, False], activation="tanh", temperature=3,
    ),
    "gate": Scene(kind="gate", rows=["a", "b"], columns=["f"], x=[[8], [4]], w=[[0, 1], [2, -1]]),
    "dot_product": Scene(
        kind="dot_product", rows=["a", "b", "c"], columns=["f", "g"], x=[[1, 2], [3, 4], [5, 6]],
        query=[0.5, -0.5],
    ),
    "scaled_dot_product": Scene(
        kind="scaled_dot_product", rows=["<b>a</b> ${1}"], columns=["{{f}}"], x=[[7]], query=[1]
    ),
}  # fmt: skip


def build_app(received):
    with gr.Blocks(analytics_enabled=False) as app:
        playground = Playground()
        for kind, scene in SCENES.items():
            gr.Button(f"give {kind}").click(lambda scene=scene: scene, outputs=playground)
        gr.Button("take").click(received.append, inputs=playground)
        gr.Button("nothing").click(lambda: None, outputs=playground)

        def train():
            for i in range(45):
                time.sleep(1 / 45)
                yield Scene(rows=["a", "b"], columns=["f"], x=[[1], [2]], w=[i], b=[0, -i])

        gr.Button("train").click(train, outputs=playground)
    return app


@pytest.fixture(scope="module")
def received():
    return []


@pytest.fixture(scope="module")
def app_address(received):
    with serve(build_app(received)) as url:
        yield url


@pytest.fixture(scope="module")
def opened_app(browser, app_address):
    errors = []
    page = browser.new_context(locale="en-US", viewport={"width": 1280, "height": 900}).new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(app_address)
    page.locator("table[data-ready='true']").wait_for()
    yield page, errors
    page.context.close()


@pytest.fixture
def app(opened_app, received):
    page, errors = opened_app
    go(page)
    errors.clear()
    received.clear()
    yield page
    assert not errors, errors


def press(page, name):
    # None of them leads to another page: there is no navigation to wait for.
    page.get_by_role("button", name=name, exact=True).click(no_wait_after=True)


def take(page, received):
    """What the server gets when it asks for the scene now."""
    press(page, "take")
    deadline = time.monotonic() + 60
    while not received and time.monotonic() < deadline:
        page.wait_for_timeout(20)
    return received.pop()


@pytest.mark.parametrize("kind", SCENES)
def test_a_scene_from_the_server_stands_on_the_table(app, received, kind):
    press(app, f"give {kind}")
    scene = SCENES[kind]
    names = app.get_by_test_id(f"row-name-{len(scene.rows) - 1}")
    expect(names).to_have_text(scene.rows[-1])
    expect(app.get_by_test_id("kind")).to_have_value(kind)
    shown = assert_agrees(app).scene()
    assert (shown.x, shown.w, shown.b, shown.query) == (scene.x, scene.w, scene.b, scene.query)
    assert shown.temperature == scene.temperature
    assert take(app, received).trace().weights.tolist() == scene.trace().weights.tolist()


@pytest.mark.parametrize("kind", SCENES)
def test_the_server_gets_the_scene_as_it_is_at_the_moment(app, received, kind):
    go(app, f"#kind={kind}")
    drag(app, "x-1-0", 0.3)
    rename(app, "row-name-0", "Bello")
    drag(app, "temperature", 0.7)
    app.get_by_test_id("mask-2").uncheck()
    scene = take(app, received)
    shown = assert_agrees(app).scene()
    assert isinstance(scene, Scene)
    for field in ("kind", "rows", "x", "w", "b", "query", "mask", "temperature"):
        assert getattr(scene, field) == getattr(shown, field), field


def test_the_server_gets_a_scene_from_a_page_that_nobody_has_touched(app, received):
    assert take(app, received).rows == read(app).scene().rows


def test_a_scene_given_twice_comes_back_after_somebody_has_played(app):
    for _ in range(2):
        press(app, "give attention")
        expect(app.get_by_test_id("x-0-1-number")).to_have_value("-2")
        type_number(app, "x-0-1", "55")


def test_no_scene_from_the_server_leaves_the_table_as_it_is(app):
    drag(app, "x-3-0", 0.3)
    before = assert_agrees(app)
    press(app, "nothing")
    app.wait_for_timeout(300)  # nothing is what has to happen
    assert assert_agrees(app) == before


def test_a_training_of_45_scenes_reaches_the_page(app, received):
    press(app, "train")
    expect(app.get_by_test_id("w-0-number")).to_have_value("44", timeout=60_000)
    assert assert_agrees(app).scene().b == [0, -44]
    type_number(app, "b-1", "-3")
    assert take(app, received).b == [0, -3]


def test_no_call_is_kept_in_the_readers_browser(app, received):
    press(app, "give attention")
    take(app, received)
    assert app.evaluate("Object.keys(localStorage).filter((key) => /^gradio:/.test(key))") == []
