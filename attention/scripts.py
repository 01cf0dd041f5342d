"""The scripts and styles of the page, as texts: one after the other they are one function's body.

There is no build step and there are no modules, so the same text runs in the page, in a page in one
file and in the tests.
"""

from __future__ import annotations

from attention.texts import ASSETS

# The table and its lesson, which need no server. The first ones know nothing of a page and are
# tested without it; a constant stands before what is computed from it.
PLAY = (
    "attention.js",
    "scene.js",
    "numbers.js",
    "shares.js",
    "page-texts.js",
    "choices.js",
    "learn-choices.js",
    "objective.js",
    "hiding.js",
    "address.js",
    "dom.js",
    "controls.js",
    "gradients.js",
    "formula.js",
    "cells.js",
    "row.js",
    "table.js",
    "grow.js",
    "notices.js",
    "progress.js",
    "predict.js",
    "course.js",
    "lesson-story.js",
    "toolbar.js",
    "strip.js",
    "icons.js",
    "projector.js",
    "header.js",
    "summary.js",
    "page-parts.js",
    "at-rest.js",
    "playground.js",
)
# What is asked of the server; the last one alone knows Gradio.
ASKING = (
    "learn-recording.js",
    "server.js",
    "link.js",
    "share.js",
    "outer-address.js",
    "warmth.js",
    "whole-number.js",
    "chart.js",
    "descent-run.js",
    "descent-controls.js",
    "descent.js",
    "agreement.js",
    "takeaway.js",
    "cards.js",
    "comparison.js",
    "variation-controls.js",
    "variations.js",
    "filled-slider.js",
    "learn-run.js",
    "learn-question.js",
    "learn-trainer.js",
    "learn-scrubber.js",
    "learn-curves.js",
    "learn-models.js",
    "learn-layer.js",
    "learn-heat.js",
    "learn-alignment.js",
    "learn-words.js",
    "learn-sequence.js",
    "learn-sound.js",
    "learn-looks.js",
    "learn-examples.js",
    "learn-sound-input.js",
    "learn-own.js",
    "learn-growth.js",
    "learn-story.js",
    "learn-task.js",
    "learn.js",
    "reading.js",
    "teach-hide.js",
    "teach-embed.js",
    "teach-handout.js",
    "teach-worksheet.js",
    "teach-lesson.js",
    "teach.js",
    "gradio.js",
)
SCRIPTS = PLAY + ASKING
PLAY_STYLES = ("playground.css", "header.css", "course.css", "projector.css")
# A page in one file, which has neither a server nor Gradio.
HANDOUT = (*PLAY, "handout.js")
HANDOUT_STYLES = (*PLAY_STYLES, "handout.css")
STYLES = (
    *PLAY_STYLES,
    "panels.css",
    "chart.css",
    "descent.css",
    "learn.css",
    "reading.css",
    "share.css",
    "teach.css",
)


def joined(*names: str) -> str:
    """The named files of `assets/`, one after the other."""
    return "\n".join((ASSETS / name).read_text("utf-8") for name in names)
