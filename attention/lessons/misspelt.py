"""A field with a wrong name: which one was meant, and not also that this one is missing."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from attention.lessons.challenge import Challenge, Goal, Keep
from attention.lessons.lesson import Lesson, Ranges
from attention.lessons.prediction import Choice, Prediction
from attention.lessons.toml_lines import lines_of
from attention.objective import Objective
from attention.scene import Model, Scene

Faults = list[dict[str, Any]]  # as `attention.errors.faults` tells them
# Which fields a table may have, by its own name.
TABLES: dict[str, type[Model]] = {
    "": Lesson,
    "scene": Scene,
    "ranges": Ranges,
    "predict": Prediction,
    "choices": Choice,
    "challenge": Challenge,
    "goals": Goal,
    "keep": Keep,
    "training": Objective,
}
ALIKE = 0.75  # from 0 to 1


def with_names(found: Faults, text: str) -> Faults:
    """The faults, each unknown name with the one that was meant, which then is not missing."""
    written = {".".join(map(str, place)) for place in lines_of(text)}
    named = [(_meant(fault, written), fault) for fault in found]
    meant = {place for place, _ in named if place}
    return [
        _hinted(fault, place) if place else fault
        for place, fault in named
        if place or not (_rule(fault) == "rule_missing" and _place(fault) in meant)
    ]


def _meant(fault: dict[str, Any], written: set[str]) -> str:
    """The place of the field whose name is like that of an unknown one, if there is any."""
    if _rule(fault) != "rule_unknown":
        return ""
    table, _, name = _place(fault).rpartition(".")
    known = next((one for one in reversed(table.split(".")) if not one.isdecimal()), "")
    if known not in TABLES:
        return ""
    start = f"{table}." if table else ""
    left = [one for one in TABLES[known].model_fields if f"{start}{one}" not in written]
    alike = get_close_matches(name.lower(), left, 1, ALIKE)
    return f"{start}{alike[0]}" if alike else ""


def _hinted(fault: dict[str, Any], place: str) -> dict[str, Any]:
    hint = {"key": "rule_meant", "values": {"name": place.rpartition(".")[2]}}
    rule = {"key": "rule_hinted", "values": {"rule": fault["values"]["rule"], "hint": hint}}
    return fault | {"values": fault["values"] | {"rule": rule}}


def _rule(fault: dict[str, Any]) -> str:
    return fault["values"].get("rule", {}).get("key", "")


def _place(fault: dict[str, Any]) -> str:
    place = fault["values"].get("place", "")
    return place if isinstance(place, str) else ""
