"""Trainings wait for their turn, run in processes of their own, and can be ended at any moment."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial

import pytest

from attention.fairness import Visitor
from attention.texts import UserError
from attention.training.job_queue import JobQueue
from attention.training.task import Options, Task

# Speaks like the real worker, without TensorFlow. The seed says what becomes of it.
WORKER = """
import json, sys, time
def say(word, what): print(json.dumps([word, what]), flush=True)
say("ready", None)
line = sys.stdin.readline()
if not line: sys.exit()
options = json.loads(line)["options"]
say("models", {"parameters": {"small": 3}, "graphs": {"small": []}})
say("batch", {"model": "small", "epoch": 0.5, "loss": None})
if options["seed"] == 1: raise SystemExit("it broke")
if options["seed"] == 2: print("no JSON", flush=True)
for epoch in range(options["epochs"]):
    say("epoch", {"model": "small", "epoch": epoch, "loss": 0.5, "score": 0.5, "seconds": 0.1,
                  "weights": [], "layer": {}})
    time.sleep(0 if options["epochs"] < 5 else 0.05)
say("over", "done")
if options["seed"] == 3: time.sleep(60)
"""
QUICK, ENDLESS = Options(epochs=2), Options(epochs=100)
BREAKS, BABBLES, LINGERS = Options(seed=1), Options(seed=2), Options(seed=3, epochs=2)


class Small(Task):
    name, models, seconds, Options = "small", ("small",), 60, Options

    def train_on(self, options):
        raise AssertionError("the queue trains nothing itself")

    examples = reader = train_on


@pytest.fixture
def open_queue():
    queues = []

    def make(**kwargs) -> JobQueue:
        queues.append(JobQueue(command=(sys.executable, "-S", "-c", WORKER), **kwargs))
        return queues[-1]

    yield make
    for jobs in queues:
        jobs.close()


def eventually(true: Callable[[], object], seconds: float = 10.0) -> float:
    """How long it took to come true."""
    begin = time.monotonic()
    while not true():
        assert time.monotonic() - begin < seconds, "it did not come true"
        time.sleep(0.01)
    return time.monotonic() - begin


def over(jobs: JobQueue, ticket: str) -> str | None:
    return jobs.follow(ticket)["recording"]["over"]


def trains(jobs: JobQueue, ticket: str) -> bool:
    return len(jobs.follow(ticket)["recording"]["epochs"]) > 0


def test_a_training_tells_its_epochs_from_where_one_has_read(open_queue):
    jobs = open_queue()
    ticket = jobs.enter(Small(), QUICK)
    eventually(lambda: over(jobs, ticket) == "done")
    told = jobs.follow(ticket, since=1)["recording"]
    assert told["parameters"] == {"small": 3}
    assert [epoch["epoch"] for epoch in told["epochs"]] == [1]
    assert jobs.follow(ticket)["batch"] == {"model": "small", "epoch": 0.5, "loss": None}


def test_two_train_at_a_time_and_the_rest_see_their_place(open_queue):
    jobs = open_queue()
    tickets = [jobs.enter(Small(), ENDLESS) for _ in range(4)]
    eventually(lambda: all(trains(jobs, ticket) for ticket in tickets[:2]))
    assert [jobs.follow(ticket)["place"] for ticket in tickets] == [0, 0, 1, 2]
    jobs.stop(tickets[2])
    assert jobs.follow(tickets[3])["place"] == 1, "who gives up makes room"
    jobs.stop(tickets[0])
    eventually(lambda: trains(jobs, tickets[3]))


def test_stopping_takes_less_than_a_second_and_ends_the_process(open_queue):
    jobs = open_queue()
    ticket = jobs.enter(Small(), ENDLESS)
    eventually(lambda: trains(jobs, ticket))
    process = jobs.training(ticket).process
    jobs.stop(ticket)
    assert over(jobs, ticket) == "stopped"
    assert eventually(lambda: not process.is_alive) < 1
    epochs = jobs.follow(ticket)["recording"]["epochs"]
    time.sleep(0.2)
    assert jobs.follow(ticket)["recording"]["epochs"] == epochs, "nothing more is learnt"


def test_who_does_not_ask_any_more_has_left(open_queue):
    jobs = open_queue(patience=0.2, long_patience=0.2, at_once=1)
    running, waiting = jobs.enter(Small(), ENDLESS), jobs.enter(Small(), ENDLESS)
    both = [jobs.training(running), jobs.training(waiting)]
    eventually(lambda: [one.recording.over for one in both] == ["left", "left"])
    eventually(lambda: both[0].process is None)


def test_a_training_that_takes_too_long_is_ended(open_queue):
    jobs = open_queue(grace=-59.5)
    ticket = jobs.enter(Small(), ENDLESS)
    eventually(lambda: over(jobs, ticket) == "time")


@pytest.mark.parametrize("options", [BREAKS, BABBLES], ids=["broken", "babbling"])
def test_a_training_that_fails_says_so_and_lets_the_next_one_in(open_queue, options, caplog):
    jobs = open_queue(at_once=1)
    failing, next_one = jobs.enter(Small(), options), jobs.enter(Small(), QUICK)
    eventually(lambda: over(jobs, failing) == "failed")
    eventually(lambda: over(jobs, next_one) == "done")


def test_where_there_is_no_room_for_a_process_it_is_said(open_queue, caplog):
    jobs = open_queue()
    jobs._command = ("no such program",)
    ticket = jobs.enter(Small(), QUICK)
    assert over(jobs, ticket) == "failed"
    assert "can be started" in caplog.text


def test_a_process_that_died_while_it_waited_is_replaced(open_queue):
    jobs = open_queue()
    jobs.warm()
    jobs._spare.close()
    ticket = jobs.enter(Small(), QUICK)
    eventually(lambda: over(jobs, ticket) == "done")


def test_a_full_queue_refuses_politely(open_queue):
    jobs = open_queue(at_once=1, waiting=1)
    jobs.enter(Small(), ENDLESS)
    jobs.enter(Small(), ENDLESS)
    with pytest.raises(UserError, match="at most 1 trainings can wait, and 1 already do"):
        jobs.enter(Small(), ENDLESS)


def is_over(jobs: JobQueue, ticket: str) -> bool:
    """Its process too has ended."""
    return over(jobs, ticket) == "done" and jobs.training(ticket).process is None


def visitors(count: int, address: str = "school") -> list[Visitor]:
    return [Visitor(address, f"pupil {n}") for n in range(count)]


def test_one_visitor_has_one_that_runs_and_one_that_waits(open_queue):
    jobs, me, other = open_queue(), *visitors(2)
    running, waiting = [jobs.enter(Small(), ENDLESS, me) for _ in range(2)]
    with pytest.raises(UserError) as refused:
        jobs.enter(Small(), ENDLESS, me)
    assert refused.value.text["key"] == "refused_own_queue"
    # There is room for one more, but not for this visitor's.
    assert [jobs.follow(ticket)["place"] for ticket in (running, waiting)] == [0, 1]
    assert jobs.follow(jobs.enter(Small(), ENDLESS, other))["place"] == 0
    jobs.stop(running)
    eventually(lambda: jobs.follow(waiting)["place"] == 0)


def test_one_client_with_many_sessions_leaves_the_next_turn_to_the_next_visitor(open_queue):
    jobs = open_queue(at_once=1, at_address=5)
    first, *_ = [jobs.enter(Small(), ENDLESS, visitor) for visitor in visitors(6, "greedy")]
    with pytest.raises(UserError) as refused:
        jobs.enter(Small(), ENDLESS, Visitor("greedy", "one more"))
    assert refused.value.text == {"key": "refused_address_queue", "values": {"most": 5, "came": 5}}
    guest = jobs.enter(Small(), ENDLESS, Visitor("elsewhere", "guest"))
    assert jobs.follow(guest)["place"] == 1
    jobs.stop(first)
    eventually(lambda: jobs.follow(guest)["place"] == 0)


def test_a_class_behind_one_address_has_a_place_each(open_queue):
    jobs = open_queue()
    tickets = [jobs.enter(Small(), ENDLESS, visitor) for visitor in visitors(40)]
    assert sorted(jobs.follow(ticket)["place"] for ticket in tickets) == [0, 0, *range(1, 39)]


def test_who_starts_and_stops_all_the_time_pushes_out_nobody_elses_results(open_queue):
    jobs = open_queue(kept=2)
    mine = jobs.enter(Small(), QUICK, Visitor("mine", "x"))
    eventually(partial(is_over, jobs, mine))
    for n in range(4):
        greedy = Visitor("greedy", str(n))
        eventually(partial(is_over, jobs, jobs.enter(Small(), QUICK, greedy)))
    jobs.enter(Small(), QUICK, Visitor("greedy", "last"))
    assert over(jobs, mine) == "done"


def test_a_process_that_was_warmed_serves_the_next_training(open_queue):
    jobs = open_queue(at_once=1)
    jobs.warm()
    warmed = jobs._spare
    assert jobs.training(jobs.enter(Small(), ENDLESS)).process is warmed
    jobs.warm()
    assert jobs._spare is None, "there is no room for one that could run"


def test_a_process_that_nobody_wants_does_not_stay(open_queue):
    jobs = open_queue(rest=0.1)
    jobs.warm()
    process = jobs._spare
    eventually(lambda: not process.is_alive)


def test_only_so_many_that_are_over_are_kept(open_queue):
    jobs = open_queue(kept=1)
    tickets = []
    for _ in range(3):
        tickets.append(jobs.enter(Small(), QUICK))
        eventually(lambda: jobs.training(tickets[-1]).process is None)
    with pytest.raises(UserError, match="no longer known here; train again"):
        jobs.follow(tickets[0])
    assert over(jobs, tickets[2]) == "done"


def test_closing_ends_everything(open_queue):
    jobs = open_queue(at_once=1)
    tickets = [jobs.enter(Small(), ENDLESS) for _ in range(2)]
    process = jobs.training(tickets[0]).process
    jobs.close()
    assert [over(jobs, ticket) for ticket in tickets] == ["stopped", "stopped"]
    eventually(lambda: not process.is_alive)
    eventually(lambda: jobs.training(tickets[0]).process is None)
    assert jobs._spare is None
