"""What a class asks of the server: `POST class/<act>`, JSON both ways.

These are routes of their own beside Gradio's, which keeps something for each call: three hundred
phones ask every two seconds.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import cached_property
from typing import Any, TypeVar

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from attention.classroom.classroom import Classroom
from attention.classroom.store import StoreUnavailable, open_store
from attention.classroom.summary import summary_csv
from attention.errors import faults
from attention.texts import UserError
from attention.ui.endpoints import file
from attention.ui.slow_work import checking, drawing

log = logging.getLogger(__name__)

T = TypeVar("T")

THREADS = 8
CSV, PNG = "text/csv;charset=utf-8", "image/png"
# By the text of a refusal; every other one is 400.
STATUS = {
    "class_teacher": 403,
    "class_unknown": 404,
    "class_closed": 409,
    "class_rounds": 409,
    "class_wait": 429,
    "refused_busy": 429,
    "class_full": 429,
    "class_rooms": 503,
    "class_store": 503,
}


class ClassApi:
    """The routes of all classes.

    Args:
        open_classroom: called when the first class asks.
    """

    def __init__(self, open_classroom: Callable[[], Classroom] | None = None) -> None:
        self._open_classroom = open_classroom or (lambda: Classroom(open_store()))
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="class")

    @cached_property
    def _classroom(self) -> Classroom:
        return self._open_classroom()

    @property
    def routes(self) -> list[Route]:
        """What answers them."""
        return [Route("/class/{act}", self._serve, methods=["POST"])]

    async def _serve(self, request: Request) -> Response:
        try:
            asked = await request.json()
        except ValueError:
            return PlainTextResponse("A request must be JSON.", 400)
        return await self.answer(request.path_params["act"], asked)

    async def answer(self, act: str, asked: Any) -> Response:
        """What is answered to one request.

        Args:
            act: its name, the end of the path.
            asked: what came as JSON.
        """
        acts = {
            **{act: self._quick for act in ("open", "join", "look", "answer", "steer", "close")},
            "lesson": self._checked,
            "summary": self._summary,
        }
        if act not in acts:
            return PlainTextResponse("Not found", 404)
        try:
            return JSONResponse(await acts[act](act, asked))
        except ValidationError as error:
            refused = {"key": "server_error", "values": {"error": faults(error)}}
            return JSONResponse({"error": refused}, 422)
        except UserError as error:
            return JSONResponse({"error": error.text}, STATUS.get(error.key, 400))
        except StoreUnavailable as error:
            log.error("the classes cannot be read: %s", error)
            return JSONResponse({"error": {"key": "class_store", "values": {}}}, 503)

    async def _quick(self, act: str, body: Any) -> dict[str, Any]:
        """What only looks something up; a lesson's file that comes along is checked in line."""
        if isinstance(body, dict) and body.get("source") is not None:
            return await self._checked(act, body)
        return await self._in_thread(lambda: getattr(self._classroom, act)(body))

    async def _checked(self, act: str, body: Any) -> dict[str, Any]:
        return await checking.do(lambda: getattr(self._classroom, act)(body))

    async def _summary(self, act: str, body: Any) -> dict[str, Any]:
        """The two files of what was asked."""
        asked, joined, lang = await self._in_thread(lambda: self._classroom.asked(body))

        def drawn() -> dict[str, Any]:
            from attention.classroom.picture import summary_picture  # Matplotlib comes with it

            return {
                "files": [
                    file("attention-class.csv", CSV, summary_csv(asked, joined, lang)),
                    file("attention-class.png", PNG, summary_picture(asked, joined, lang)),
                ]
            }

        return await drawing.do(drawn)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        context = copy_context()
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, lambda: context.run(work))
