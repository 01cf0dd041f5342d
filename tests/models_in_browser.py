"""Trained models in the browser: how they read an input, and what they answer."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page
from twins import ask


def read_in_browser(page: Page, reader: dict[str, Any], own: list[Any]) -> list[dict[str, Any]]:
    """By assets/page/core/models/reading.js: the example of each input, or its `problem`."""
    one = """(own) => {
        try { return readOwn(given.reader, own); }
        catch (error) { if (error.problem) return { problem: error.problem }; throw error; }
    }"""
    asked = {"reader": reader, "own": own}
    return ask(page, f"given.own.map({one})", asked, "core/models/reading.js")


def models_in_browser(page: Page, cases: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """By core/models/graph.js: the output and the attention weights of each input of each case.

    A case has a model's `graph`, its packed `weights`, `inputs`, each a list of lists, and
    `changes`.
    """
    one = """({ graph, weights, inputs, changes = {} }) => {
        const held = unpackWeights(weights);
        return inputs.map((x) => {
            const { output, attention } = runGraph(graph, held, x.map(tensorOf), changes);
            return { output: [...output.data], attention: attention.map(({ data }) => [...data]) };
        });
    }"""
    return ask(page, f"given.map({one})", cases, "core/models/answering.js")


def answers_in_browser(page: Page, cases: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """By core/models/answering.js: what each model says of each example.

    A case has a `task` as the page knows it, its `answers`, a model's `graph`, its packed
    `weights`, `examples` and `changes`.
    """
    one = """({ task, answers, graph, weights, examples, changes }) =>
        examples.map((one) => answerExample(task, answers, graph, weights, one, changes))"""
    return ask(page, f"given.map({one})", cases, "core/models/answering.js")
