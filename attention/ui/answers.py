"""What the page asks the server for: requests are checked, and errors come back as words."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import wraps
from typing import Annotated, Any

from pydantic import AfterValidator, ValidationError

from attention.scene import Refused, explain, short
from attention.texts import languages


def one_of(allowed: Callable[[], Collection[str]]) -> AfterValidator:
    """The rule that a text is one of a list; the error says which there are."""

    def check(value: str) -> str:
        if value not in allowed():
            raise ValueError(f"must be one of {', '.join(allowed())}; got {short(repr(value))}")
        return value

    return AfterValidator(check)


Language = Annotated[str, one_of(languages)]


def answering(function: Callable[[Any], dict[str, Any]]) -> Callable[[Any], dict[str, Any]]:
    """A function for the page's script: what is refused becomes `{"error": words}`.

    Errors of any other sort are the server's own and go to its log; the page then says that the
    server gave no answer.
    """

    @wraps(function)
    def answer(request: Any) -> dict[str, Any]:
        try:
            return function(request)
        except ValidationError as error:
            return {"error": explain(error)}
        except Refused as error:
            return {"error": str(error)}

    return answer
