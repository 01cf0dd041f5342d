"""What takes long waits in its own line, in fair turns, and nobody waits for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from threading import Event
from threading import enumerate as enumerate_threads
from typing import Any

import crowd
import pytest

from attention.fairness import Visitor, present
from attention.texts import UserError
from attention.ui.slow_work import SlowWork, checking, in_line


class Line:
    """A line with one thread that is held, and what is done there in which order."""

    def __init__(self, **limits: Any) -> None:
        self.work, self.done = SlowWork(threads=1, **limits), list[str]()
        self.release = Event()

    def hold(self) -> asyncio.Task:
        return self.ask("holder", lambda: self.release.wait(10))

    def ask(self, name: str, work: Callable[[], Any] | None = None) -> asyncio.Task:
        """By a visitor whose address is the first letter of its name."""

        async def asking() -> Any:
            present.set(Visitor(name[0], name))
            return await self.work.do(work or (lambda: self.done.append(name)))

        return asyncio.ensure_future(asking())


def key_of(error: pytest.ExceptionInfo[UserError]) -> str:
    return error.value.text["key"]


def test_a_visitor_is_next_however_much_another_has_asked_for():
    async def scenario(line: Line) -> None:
        tasks = [line.hold(), *(line.ask(f"a{n}") for n in range(20))]
        await asyncio.sleep(0)
        tasks.append(line.ask("b"))
        await asyncio.sleep(0)
        line.release.set()
        await asyncio.gather(*tasks)

    line = Line()
    crowd.run(scenario(line))
    assert line.done.index("b") <= 1
    assert [name for name in line.done if name != "b"] == [f"a{n}" for n in range(20)]


def test_one_address_has_its_own_limit_and_others_still_find_a_place():
    async def scenario(line: Line) -> None:
        tasks = [line.hold(), line.ask("a1"), line.ask("a2")]
        await asyncio.sleep(0)
        with pytest.raises(UserError) as refused:
            await line.ask("a3")
        assert key_of(refused) == "refused_busy"
        tasks.append(line.ask("b"))
        await asyncio.sleep(0)
        line.release.set()
        await asyncio.gather(*tasks)

    line = Line(at_address=2)
    crowd.run(scenario(line))
    assert sorted(line.done) == ["a1", "a2", "b"]


def test_whoever_waits_too_long_is_told_and_leaves_the_line():
    async def scenario(line: Line) -> None:
        holding = line.hold()
        await asyncio.sleep(0)
        with pytest.raises(UserError) as refused:
            await line.ask("a")
        assert refused.value.text == {"key": "refused_slow", "values": {"most": 0}}
        line.release.set()
        with pytest.raises(UserError):  # it was held longer than anybody waits
            await holding
        await line.ask("b")

    line = Line(patience=0.2)
    crowd.run(scenario(line))
    assert line.done == ["b"]


def test_who_waits_holds_no_thread():
    async def scenario(line: Line) -> int:
        before = set(enumerate_threads())
        tasks = [line.hold(), *(line.ask(f"{n}") for n in range(9))]
        await asyncio.sleep(0)
        threads = set(enumerate_threads()) - before
        line.release.set()
        await asyncio.gather(*tasks)
        return sum(thread.name.startswith("slow-work") for thread in threads)

    assert crowd.run(scenario(Line())) == 1


def test_an_error_of_the_work_reaches_who_asked_and_the_line_goes_on():
    def fail() -> None:
        raise ZeroDivisionError

    async def scenario(line: Line) -> None:
        with pytest.raises(ZeroDivisionError):
            await line.ask("a", fail)
        await line.ask("b")

    line = Line()
    crowd.run(scenario(line))
    assert line.done == ["b"]


def test_the_page_hears_of_a_full_line_in_its_own_words():
    full = in_line(SlowWork(waiting=0), lambda request: {"done": request})
    answer = crowd.run(full({}))  # type: ignore[arg-type]
    assert answer == {"error": {"key": "refused_busy", "values": {}}}


def test_a_class_behind_one_address_may_all_ask_at_the_same_moment_whether_keras_agrees():
    async def scenario() -> list[dict[str, Any]]:
        present.set(Visitor("a school"))
        return await asyncio.gather(*(asked({"number": n}) for n in range(300)))

    asked = in_line(checking, lambda request: request)
    answers = crowd.run(scenario())
    assert [answer["number"] for answer in answers] == list(range(300))
