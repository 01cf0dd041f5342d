"""The table that one plays with, as a Gradio component."""

from __future__ import annotations

import json
from typing import Any

import gradio as gr

from attention.address import url_table
from attention.export.one_file import RULES
from attention.lessons import first_of, load_lessons
from attention.reading import load_reading
from attention.scene import Scene
from attention.scripts import script, style
from attention.ui import gallery, handout, learn, own_lesson, qr_code, takeaway
from attention.ui.agreement import keras_agrees
from attention.ui.descent import descend


class Playground(gr.HTML):
    """The playground; its value is the scene on the table.

    The template is fixed and the script builds every node with `textContent`: what gr.HTML puts
    into a template is evaluated, so no name from a user or a link may ever get there. All lessons
    and texts travel with the page. While somebody plays, nothing is asked of the server.
    """

    def __init__(self, value: Scene | None = None, **kwargs: Any) -> None:
        lessons, problems = load_lessons()
        if not lessons:
            raise ValueError("\n".join(["there must be at least one lesson", *problems]))
        given = {
            "lessons": {name: lesson.for_page(name) for name, lesson in lessons.items()},
            **url_table().for_page(),
            "first": first_of(lessons),
            "problems": problems,
            "texts": learn.words(),
            "rules": RULES | {"worksheet": handout.RULES, "lesson": own_lesson.RULES},
            "variations": gallery.for_page(),
            "compared": gallery.COMPARED,
            "formats": takeaway.for_page(),
            "tasks": learn.for_page(),
            "reading": [entry.for_page() for entry in load_reading()],
        }
        super().__init__(
            value,
            html_template='<div class="playground"></div>',
            # Not as props: Gradio walks through all props whenever one of them changes.
            js_on_load=f"const GIVEN = {json.dumps(given, ensure_ascii=False)};\n"
            + script("gradio.js"),
            # Not by `css_paths`: Gradio rewrites that file and drops its container queries.
            head=f"<style>{style('gradio.js')}</style>",
            apply_default_css=False,
            server_functions=[
                keras_agrees,
                descend,
                takeaway.take_away,
                qr_code.qr_code,
                handout.make_handout,
                handout.make_worksheet,
                own_lesson.open_lesson,
                own_lesson.save_lesson,
                gallery.draw_variations,
                learn.open_task,
                learn.start_training,
                learn.follow_training,
                learn.stop_training,
                learn.answer_own,
            ],
            **kwargs,
        )

    def preprocess(self, payload: dict[str, Any] | None) -> Scene | None:
        """The scene on the table as a checked `Scene`; None before the page has told it."""
        return None if payload is None else Scene.model_validate(payload)

    def postprocess(self, value: Scene | None) -> dict[str, Any] | None:
        """A `Scene` for the table; None leaves it as it is."""
        return None if value is None else value.model_dump(mode="json")

    def api_info(self) -> dict[str, Any]:
        """The JSON schema of a scene."""
        return _without_booleans(Scene.model_json_schema())

    def example_payload(self) -> dict[str, Any]:
        """A scene for the API page."""
        return Scene(rows=["a", "b"], columns=["f"], x=[[1], [2]], w=[1]).model_dump(mode="json")

    def example_value(self) -> dict[str, Any]:
        """The same, as a value."""
        return self.example_payload()


def _without_booleans(schema: Any) -> Any:
    """A schema that gradio_client can describe: it fails at `additionalProperties: false`."""
    if isinstance(schema, list):
        return [_without_booleans(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {k: _without_booleans(v) for k, v in schema.items() if k != "additionalProperties"}
