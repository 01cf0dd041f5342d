"""What a person meant where a lesson's file says something else: a decimal comma."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Faults = list[dict[str, Any]]  # as `attention.errors.faults` tells them
# In a list "0,5" are two numbers. Read as one, most of all where nothing else begins with a 0.
IN_LIST = (re.compile(r"(?<![\d.])(0),(\d+)"), re.compile(r"(?<![\d.,])(\d+),(\d+)(?![.\d])"))


def with_hints(found: Faults, text: str, faults_of: Callable[[str], Faults]) -> Faults:
    """The faults, each with a hint where it goes once the commas of its line are points.

    Args:
        found: in a lesson's file.
        text: of the file.
        faults_of: finds the faults of a text.
    """
    lines = text.split("\n")
    faulty = {fault["values"]["line"] for fault in found if "line" in fault["values"]}
    for pattern in IN_LIST:
        commas = {line: pattern.search(lines[line - 1]) for line in faulty}
        if not any(commas.values()):
            continue
        pointed = [
            pattern.sub(r"\1.\2", line) if number in faulty else line
            for number, line in enumerate(lines, start=1)
        ]
        left = {_place(fault) for fault in faults_of("\n".join(pointed))}
        found = [
            _hinted(fault, comma)
            if (comma := commas.get(fault["values"].get("line"))) and _place(fault) not in left
            else fault
            for fault in found
        ]
    return found


def _place(fault: dict[str, Any]) -> tuple[Any, Any]:
    return fault["values"].get("line"), fault["values"].get("place")


def _hinted(fault: dict[str, Any], comma: re.Match[str]) -> dict[str, Any]:
    if fault["values"]["rule"]["key"] == "rule_hinted":
        return fault
    came = f"{comma[1]},{comma[2]}"
    hint = {"key": "rule_comma", "values": {"instead": came.replace(",", "."), "came": came}}
    rule = {"key": "rule_hinted", "values": {"rule": fault["values"]["rule"], "hint": hint}}
    return fault | {"values": fault["values"] | {"rule": rule}}
