"""What the page asks the server for: requests are checked, and errors come back as words."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from pydantic import ValidationError

from attention.scene import Refused, explain
from attention.texts import Told
from attention.warming import Progress


def answering(function: Callable[[Any], dict[str, Any]]) -> Callable[[Any], dict[str, Any]]:
    """A function for the page's script: what is refused becomes `{"error": words}`.

    Where the page has words for it in every language, they are `{"key": …, "values": …}`.

    Errors of any other sort are the server's own and go to its log; the page then says that the
    server gave no answer.
    """

    @wraps(function)
    def answer(request: Any) -> dict[str, Any]:
        try:
            return function(request)
        except ValidationError as error:
            return {"error": explain(error)}
        except Told as error:
            return {"error": {"key": error.key, "values": error.values}}
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
