"""The table that one plays with, as a Gradio component."""

from __future__ import annotations

from typing import Any

import gradio as gr

from attention.address import url_table
from attention.classroom import codes
from attention.export.one_file import LIMITS
from attention.late_scripts import parts
from attention.lessons import home_of, load_lessons
from attention.reading import load_reading
from attention.ui import gallery, handout, learn, own_lesson, qr_code, takeaway
from attention.ui.agreement import keras_agrees
from attention.ui.page_script import PageScript
from attention.ui.slow_work import checking, drawing, in_line

# What the page asks the server for. What takes a tenth of a second or more waits in one line, what
# is sooner done in another, and what only looks something up in none.
DRAWN = [
    takeaway.take_away,
    takeaway.take_animation,
    handout.make_handout,
    handout.make_scorm,
    handout.make_scorm_course,
    handout.make_worksheet,
    gallery.draw_variations,
    learn.make_task_file,
]
CHECKED = [
    keras_agrees,
    own_lesson.open_lesson,
    own_lesson.save_lesson,
    gallery.variation_numbers,
    learn.open_task,
    qr_code.qr_code,
]
LOOKED_UP = [learn.start_training, learn.follow_training, learn.stop_training]


class Playground(gr.HTML):
    """The playground. It has no value: the scene is in the browser alone.

    The template is fixed and the script builds every node with `textContent`: what gr.HTML puts
    into a template is evaluated, so no name from a user or a link may ever get there. All lessons
    and texts travel with the script. While somebody plays, nothing is asked of the server.

    Attributes:
        script: the files that the page fetches besides Gradio's own.
    """

    def __init__(self, **kwargs: Any) -> None:
        lessons, problems = load_lessons()
        if not lessons:
            raise ValueError("\n".join(["there must be at least one lesson", *problems]))
        given = {
            "lessons": {name: lesson.for_page(name) for name, lesson in lessons.items()},
            **url_table().for_page(),
            "home": home_of(lessons),
            "problems": problems,
            "texts": learn.words(),
            "rules": LIMITS
            | {"worksheet": handout.LIMITS, "lesson": own_lesson.LIMITS}
            | {"class": codes.LIMITS, "animation": takeaway.LIMITS},
            "variations": gallery.for_page(),
            "compared": gallery.COMPARED,
            "formats": takeaway.for_page(),
            "tasks": learn.for_page(),
            "reading": [entry.for_page() for entry in load_reading()],
        }
        self.script = PageScript(given)
        super().__init__(
            html_template='<div class="playground"></div>',
            # What it is given is no props: Gradio walks through all of them when one changes.
            js_on_load=self.script.starter,
            # Not by `css_paths`: Gradio rewrites that file and drops its container queries.
            head=f"<style>{parts('gradio.js').style()}</style>",
            apply_default_css=False,
            server_functions=[
                *(in_line(drawing, answer) for answer in DRAWN),
                *(in_line(checking, answer) for answer in CHECKED),
                *LOOKED_UP,
            ],
            **kwargs,
        )
