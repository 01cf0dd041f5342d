"""Which rule was broken, where, and what came: pydantic's errors in the words of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from attention.texts import Place, UserError, say, short

MOST_READ = 20_000  # a lesson's file of 64 KiB cannot have more

# By its text, what pydantic calls a rule, and what of the error's context the text needs.
RULES: dict[str, tuple[str, dict[str, str]]] = {
    "rule_missing": ("missing", {}),
    "rule_unknown": ("extra_forbidden", {}),
    "rule_number": ("float_type float_parsing", {}),
    "rule_finite": ("finite_number", {}),
    "rule_whole": ("int_type int_parsing int_parsing_size int_from_float", {}),
    "rule_at_least": ("greater_than_equal", {"bound": "ge"}),
    "rule_at_most": ("less_than_equal", {"bound": "le"}),
    "rule_below": ("less_than", {"bound": "lt"}),
    "rule_text": ("string_type string_unicode", {}),
    "rule_long": ("string_too_long", {"most": "max_length"}),
    "rule_short": ("string_too_short", {"least": "min_length"}),
    "rule_list_long": ("too_long", {"most": "max_length", "came": "actual_length"}),
    "rule_list_short": ("too_short", {"least": "min_length", "came": "actual_length"}),
    "rule_choice": ("literal_error", {"allowed": "expected"}),
    "rule_list": ("list_type tuple_type", {}),
    "rule_table": ("dict_type model_type model_attributes_type", {}),
    "rule_switch": ("bool_type bool_parsing", {}),
}
MESSAGES = {kind: (key, needed) for key, (kinds, needed) in RULES.items() for kind in kinds.split()}


def explain(error: ValidationError, most: int = 5) -> str:
    """Say for each broken field its place, the rule and what came, a line each, at most so many."""
    return "\n".join(map(say, faults(error, most=most)))


def faults(
    error: ValidationError, lines: Mapping[Place, int] | None = None, most: int = 5
) -> list[dict[str, Any]]:
    """The same as texts of the page, for `say`.

    Args:
        error: what pydantic found.
        lines: the line of each field, where the fields were read from a file.
        most: how many are named; the others are counted. Of more than `MOST_READ` none is: no
            page sends them, and to read each takes longer than to find it.
    """
    if error.error_count() > MOST_READ:
        return [_more(error.error_count())]
    found = sorted(error.errors(include_url=False), key=lambda one: _line(one, lines))
    first = [_fault(one, lines) for one in found[:most]]
    return first + [_more(len(found) - most)] * (len(found) > most)


def _more(count: int) -> dict[str, Any]:
    return {"key": "rule_more", "values": {"count": count}}


@contextmanager
def remap_error_location(moved: Mapping[str | int, Place], *elsewhere: str) -> Iterator[None]:
    """Locate the errors of a model where its fields stand in the model around it.

    Args:
        moved: where each of these fields stands.
        elsewhere: where the other ones stand.

    Raises:
        ValidationError: the same faults, located there. UserError: the same.
    """
    try:
        yield
    except ValidationError as error:
        found: list[Any] = error.errors(include_url=False)
        for one in found:
            first, *rest = _place(one) or ("",)
            one["loc"] = (*moved.get(first, (*elsewhere, *[first] * bool(first))), *rest)
            if isinstance(cause := one.get("ctx", {}).get("error"), UserError):
                cause.at = ()
        raise ValidationError.from_exception_data(error.title, found) from None
    except UserError as error:
        error.at = (*elsewhere, *error.at)
        raise


def check_all(title: str, *checks: Callable[[], object]) -> None:
    """Run each check, so that one fault hides no other.

    Raises:
        ValidationError: all that they found.
    """
    found: list[Any] = []
    for check in checks:
        try:
            check()
        except ValidationError as error:
            found += error.errors(include_url=False)
        except UserError as error:
            found.append({"type": "value_error", "loc": (), "input": None, "ctx": {"error": error}})
    if found:
        raise ValidationError.from_exception_data(title, found)


def _fault(found: ErrorDetails, lines: Mapping[Place, int] | None) -> dict[str, Any]:
    place = _place(found)
    values: dict[str, Any] = {
        "place": ".".join(map(short, place))
        or {"key": "rule_request" if lines is None else "rule_lesson"},
        "rule": _rule(found),
    }
    if lines is None:
        return {"key": "rule_at", "values": values}
    return {"key": "rule_at_line", "values": values | {"line": _line(found, lines)}}


def _rule(found: ErrorDetails) -> dict[str, Any]:
    cause = found.get("ctx", {}).get("error")
    if isinstance(cause, UserError):
        return cause.rule
    if found["type"] not in MESSAGES:
        return {"key": "rule_other", "values": {"problem": short(found["msg"])}}
    key, needed = MESSAGES[found["type"]]
    values = {name: _limit(found["ctx"][known]) for name, known in needed.items()}
    return {"key": key, "values": {"came": _written(found["input"])} | values}


def _limit(limit: Any) -> Any:
    """A number as one types it; of "'a', 'b' or 'c'", the last one apart, for other languages."""
    if not isinstance(limit, str):
        return f"{limit:.15g}"
    first, either, last = limit.rpartition(" or ")
    return {"key": "rule_or", "values": {"first": first, "last": last}} if either else last


def _written(came: Any) -> str:
    try:
        return short(repr(came))
    except (ValueError, RecursionError):  # a number of thousands of digits; lists without end
        return type(came).__name__


def _place(found: ErrorDetails) -> Place:
    cause = found.get("ctx", {}).get("error")
    here = tuple(step for step in found["loc"] if not _is_form(step))
    return here + (cause.at if isinstance(cause, UserError) else ())


def _line(found: ErrorDetails, lines: Mapping[Place, int] | None) -> int:
    return line_of(_place(found), lines or {})


def line_of(place: Place, lines: Mapping[Place, int]) -> int:
    """Of the field, or of what it should stand in; a whole file begins in line 1."""
    enclosing = (place[:end] for end in range(len(place), 0, -1))
    return next((lines[one] for one in enclosing if one in lines), 1)


def _is_form(step: str | int) -> bool:
    """Where a field may have one of two forms, pydantic adds the form's name to the place."""
    return isinstance(step, str) and step.endswith("]") and "[" in step
