"""What is wrong with a file that is no TOML, for somebody who has never heard of TOML."""

from __future__ import annotations

import re
from typing import Any

from attention.texts import UserError

VALUE = r"=[ \t]*"
COMMA = re.compile(VALUE + r"([+-]?\d+),(\d+)")
CURLY = "“”„«»‘’"
TEXT = re.compile(r'"(?:[^"\\]|\\.)*"' + r"|'[^']*'")
MINUS = re.compile(r"[−–—](\d+(?:\.\d+)?)")
PERCENT = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?) ?%")
MOST_READ = 1_000  # characters of a line: looking for its texts takes their square
# By how `tomllib` begins: what has been forgotten.
RULES = {
    "Unclosed array": "rule_toml_list",
    "Unclosed inline table": "rule_toml_braces",
    "Expected ']": "rule_toml_heading",
    "Expected '='": "rule_toml_equals",
    "Invalid initial character": "rule_toml_name",
    "Invalid statement": "rule_toml_name",
    "Cannot": "rule_toml_twice",
    "Duplicate": "rule_toml_twice",
    "Invalid value": "rule_toml_value",
    "Expected newline": "rule_toml_more",
    "Illegal character '\\n'": "rule_toml_open",
    "Unterminated string": "rule_toml_open",
    "Unescaped": "rule_toml_backslash",
    "Invalid hex": "rule_toml_backslash",
}


def not_toml(problem: str, text: str) -> UserError:
    """The error for what `tomllib` says: "Invalid value (at line 3, column 5)"."""
    line, problem = _where(problem, text)
    here = text.split("\n")[line - 1]
    key, values = _meant(here) or _forgotten(problem)
    return UserError(key, line=line, **values)


def _where(problem: str, text: str) -> tuple[int, str]:
    """The line of the fault; what is missing at the end of a line is missed on the next one."""
    lines = text.split("\n")
    found = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", problem)
    if not found:  # a number too long to be read
        long = re.search(r"[0-9_]{4000}", text)
        return text.count("\n", 0, long.start() if long else None) + 1, problem
    problem = problem[: found.start()]
    line, column = (int(found[1]), int(found[2])) if found[1] else (len(lines), 1)
    if problem.startswith("Unclosed") and not lines[line - 1][: column - 1].strip():
        above = (at for at in range(line - 1, 0, -1) if lines[at - 1].strip().strip("#") != "")
        line = next((at for at in above if not lines[at - 1].lstrip().startswith("#")), line)
    return line, problem


def _meant(here: str) -> tuple[str, dict[str, Any]] | None:
    """What one types who knows other ways to write numbers and texts."""
    here = here[:MOST_READ]
    plain = TEXT.sub('""', here).partition("#")[0]  # the texts in the line may say anything
    is_open = plain.count('"') % 2 == 1
    if quote := next((one for one in (here if is_open else plain) if one in CURLY), None):
        return "rule_toml_quotes", {"straight": '"…"', "came": quote}
    if is_open:
        return None
    if comma := COMMA.search(plain):
        came = f"{comma[1]},{comma[2]}"
        return "rule_toml_comma", {"instead": came.replace(",", "."), "came": came}
    if minus := MINUS.search(plain):
        return "rule_toml_minus", {"instead": f"-{minus[1]}", "came": minus[0]}
    if percent := PERCENT.search(plain):
        share = f"{float(percent[1]) / 100:.6g}"
        return "rule_toml_percent", {"instead": share, "came": percent[0]}
    return None


def _forgotten(problem: str) -> tuple[str, dict[str, Any]]:
    key = next((rule for begin, rule in RULES.items() if problem.startswith(begin)), None)
    return (key, {}) if key else ("rule_toml", {"problem": problem})
