"""What the page asks the server for: requests are checked, and errors come back as words."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from pydantic import ValidationError

from attention.rules import faults
from attention.texts import Refused, Told
from attention.warming import Progress


def answering(function: Callable[[Any], dict[str, Any]]) -> Callable[[Any], dict[str, Any]]:
    """A function for the page's script: what is refused becomes `{"error": …}`.

    That is a text of the page, `{"key": …, "values": …}` (`attention.texts.say` says it), or where
    there is none in its languages, a string.

    Errors of any other sort are the server's own and go to its log; the page then says that the
    server gave no answer.
    """

    @wraps(function)
    def answer(request: Any) -> dict[str, Any]:
        try:
            return function(request)
        except ValidationError as error:
            broken = {"error": faults(error)}
            return {"error": {"key": "server_error", "values": broken}}
        except Told as error:
            return {"error": error.told}
        except Refused as error:
            return {"error": str(error)}

    return answer


def warming(progress: Progress) -> dict[str, Any] | None:
    """What the page is told while TensorFlow warms up; it then asks again. None: it is ready.

    Raises:
        Refused: TensorFlow cannot be used; the message says why.
    """
    if progress.error:
        raise Refused(progress.error)
    if progress.ready:
        return None
    return {"warming": {"share": progress.share, "seconds": progress.seconds}}
