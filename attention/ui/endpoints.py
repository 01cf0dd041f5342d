"""What the page asks the server for: requests are checked, and errors come back as words."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import wraps
from typing import Any

from pydantic import ValidationError

from attention.errors import faults
from attention.texts import UserError
from attention.warming import Progress


def json_endpoint(function: Callable[[Any], dict[str, Any]]) -> Callable[[Any], dict[str, Any]]:
    """A function for the page's script: what cannot be done becomes `{"error": …}`.

    That is a text of the page, `{"key": …, "values": …}`; `attention.texts.say` says it.

    Errors of any other sort are the server's own and go to its log; the page then says that the
    server gave no answer.
    """

    @wraps(function)
    def answer(request: Any) -> dict[str, Any]:
        try:
            return function(request)
        except ValidationError as error:
            return _server_error(faults(error))
        except UserError as error:
            return {"error": error.text}

    return answer


def until_ready(progress: Progress) -> dict[str, Any] | None:
    """The answer while TensorFlow warms up, or if it cannot be used; None: it is ready."""
    if progress.error:
        return _server_error(progress.error)
    if progress.ready:
        return None
    return {"warming": {"seconds": progress.seconds}}


def file(name: str, media_type: str, content: bytes) -> dict[str, str]:
    """A file for the page's script to save: its `name` and `type`, its `content` in base64."""
    return {"name": name, "type": media_type, "content": base64.b64encode(content).decode()}


def _server_error(error: Any) -> dict[str, Any]:
    return {"error": {"key": "server_error", "values": {"error": error}}}
