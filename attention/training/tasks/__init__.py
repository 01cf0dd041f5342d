"""The tasks of the tab *Learn*, in the order of the page. The next one is one more line here."""

from attention.training.task import Task
from attention.training.tasks.deciding_word import DecidingWord
from attention.training.tasks.loud_second import LoudSecond
from attention.training.tasks.numbers import Numbers
from attention.training.tasks.without_recurrence import WithoutRecurrence

TASKS: dict[str, Task] = {
    task.name: task
    for task in (
        LoudSecond(),
        Numbers(),
        DecidingWord(),
        WithoutRecurrence(),
    )
}
